import type { Component } from '../preprocess/components.ts'
import type { WordKind } from './classify-word.ts'

/** A word of a line with its ink, or ink that no word covers. */
export type Unit = {
  readonly kind: WordKind
  readonly text: string
  readonly confidence: number
  readonly left: number
  readonly right: number
  readonly pieces: readonly Component[]
}

export type LineRun = { readonly kind: 'prose' | 'math'; readonly units: readonly Unit[] }

const opensOperand = /^[=+<>±×·÷≤≥≠≈∈→|/^_*]/
const awaitsOperand = /[=+<>±×·÷≤≥≠≈∈→|/^_*(-]$/

/** A unit and what stands beside it; `before` and `after`: near, and mathematics. */
type UnitPlace = {
  readonly unit: Unit
  readonly index: number
  readonly previous: Unit | undefined
  readonly next: Unit | undefined
  readonly before: boolean
  readonly after: boolean
  readonly round: number
}

const endsClause = ({ previous }: UnitPlace) => /[.,;:!?]$/.test(previous?.text ?? '')
const isAwaited = ({ before, after, previous, next }: UnitPlace) =>
  (before && awaitsOperand.test(previous?.text ?? '')) || (after && opensOperand.test(next?.text ?? ''))

/** Whether a word of this kind is mathematics where it stands. */
const judges: Partial<Record<WordKind, (place: UnitPlace) => boolean>> = {
  number: (place) =>
    (place.before && !endsClause(place)) ||
    (place.after && !/[.,;:]$/.test(place.unit.text)) ||
    isPartOfPair(place.unit, place.index),
  article: (place) => isAwaited(place) || isVariable(place.unit, place.previous, place.next),
  function: ({ before, after, next, round }) => before || after || (round > 0 && next?.kind === 'number'),
  dots: (place) => place.before && !endsClause(place),
  operator: ({ before, after, previous, next }) =>
    before || after || (next?.kind === 'number' && previous?.kind === 'number'),
  weak: (place) =>
    (place.before && place.after) ||
    isAwaited(place) ||
    ((place.before || place.after) && /^(?:[A-Z]{2,4}|[a-z]?(?:d[a-z])+)[.,;]?$/.test(place.unit.text)) ||
    (place.unit.confidence < 0.5 && place.unit.text.length < 5),
  // `Δt =` looks like `At =`.
  prose: ({ unit, after, next }) => unit.text.length <= 2 && after && /^[=<>≤≥≠≈∈]/.test(next?.text ?? ''),
}

/** Splits a line into words and formulas. What could be either goes with what it stands beside. */
export function findRuns(units: readonly Unit[], glyphHeight: number): LineRun[] {
  const isMath = units.map((unit, index) => unit.kind === 'math' || isOfSequence(units, index))
  const isNear = (one: Unit | undefined, other: Unit | undefined) =>
    one !== undefined && other !== undefined && other.left - one.right < 1.9 * glyphHeight
  // Twice: what became mathematics may pull the next one in.
  for (let round = 0; round < 3; round += 1) {
    units.forEach((unit, index) => {
      if (isMath[index]) return
      const [previous, next] = [units[index - 1], units[index + 1]]
      const before = isMath[index - 1] === true && isNear(previous, unit)
      const after = isMath[index + 1] === true && isNear(unit, next)
      const isSo = judges[unit.kind]?.({ unit, index, previous, next, before, after, round })
      if (isSo !== undefined) isMath[index] = isSo
    })
  }
  return group(units, isMath)
}

/** `1, 4, 9, …`: numbers with commas in front of dots, and the dots. */
function isOfSequence(units: readonly Unit[], index: number): boolean {
  const unit = units[index]
  if (unit?.kind === 'dots') {
    const before = units[index - 1]
    return before?.kind === 'number' && before.text.endsWith(',')
  }
  if (unit?.kind !== 'number') return false
  if (/,(?:\.{2,}|…)$/.test(unit.text)) return true
  return unit.text.endsWith(',') && isOfSequence(units, index + 1)
}

function group(units: readonly Unit[], isMath: readonly boolean[]): LineRun[] {
  const runs: { kind: LineRun['kind']; units: Unit[] }[] = []
  units.forEach((unit, index) => {
    const kind = isMath[index] === true ? 'math' : 'prose'
    const last = runs.at(-1)
    if (last?.kind === kind) last.units.push(unit)
    else runs.push({ kind, units: [unit] })
  })
  return runs
}

/** Words that never follow the article: what stands before them is a variable. */
const notAfterArticle = new Set(
  'and are as at be by denotes does exists for from has holds if in is of on or so such than that the then to when where which with'.split(
    ' ',
  ),
)

/** Whether a lone `a`, `A` or `I` is the name of something. */
function isVariable(unit: Unit, previous: Unit | undefined, next: Unit | undefined): boolean {
  if (/[.,;:]$/.test(unit.text)) return true
  if (next && notAfterArticle.has(next.text.toLowerCase())) return unit.text !== 'I'
  const beginsSentence = previous === undefined || /[.:!?]$/.test(previous.text)
  return unit.text === 'A' && !beginsSentence
}

/** `(7,` and `1)` are parts of something larger, unless they number the line. */
function isPartOfPair({ text }: Unit, index: number): boolean {
  return index > 0 && (/^[([{][^)\]}]*$/.test(text) || /^[^([{]*[)\]}][.,;]?$/.test(text))
}

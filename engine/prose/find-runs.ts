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

export type Run = { readonly kind: 'prose' | 'math'; readonly units: readonly Unit[] }

const opensOperand = /^[=+<>±×·÷≤≥≠≈∈→|/^_*]/
const awaitsOperand = /[=+<>±×·÷≤≥≠≈∈→|/^_*(-]$/

/** Splits a line into words and formulas. What could be either goes with what it stands beside. */
export function findRuns(units: readonly Unit[], glyphHeight: number): Run[] {
  const isMath = units.map((unit, index) => unit.kind === 'math' || isOfSequence(units, index))
  const at = (index: number) => units[index]
  const isNear = (one: Unit | undefined, other: Unit | undefined) =>
    one !== undefined && other !== undefined && other.left - one.right < 1.9 * glyphHeight
  // Twice: what became mathematics may pull the next one in.
  for (let round = 0; round < 3; round += 1) {
    units.forEach((unit, index) => {
      if (isMath[index]) return
      const before = isMath[index - 1] === true && isNear(at(index - 1), unit)
      const after = isMath[index + 1] === true && isNear(unit, at(index + 1))
      const endsClause = /[.,;:!?]$/.test(at(index - 1)?.text ?? '')
      const beforeOpen = before && awaitsOperand.test(at(index - 1)?.text ?? '')
      const afterOpens = after && opensOperand.test(at(index + 1)?.text ?? '')
      switch (unit.kind) {
        case 'number':
          isMath[index] =
            (before && !endsClause) || (after && !/[.,;:]$/.test(unit.text)) || isPartOfPair(unit, index)
          break
        case 'article':
          isMath[index] = beforeOpen || afterOpens || isVariable(unit, at(index - 1), at(index + 1))
          break
        case 'function':
          isMath[index] = before || after || (round > 0 && at(index + 1)?.kind === 'number')
          break
        case 'dots':
          isMath[index] = before && !endsClause
          break
        case 'operator':
          isMath[index] =
            before || after || (at(index + 1)?.kind === 'number' && at(index - 1)?.kind === 'number')
          break
        case 'weak':
          isMath[index] =
            (before && after) ||
            beforeOpen ||
            afterOpens ||
            ((before || after) && /^(?:[A-Z]{2,4}|[a-z]?(?:d[a-z])+)[.,;]?$/.test(unit.text)) ||
            (unit.confidence < 0.5 && unit.text.length < 5)
          break
        case 'prose':
          // `Δt =` looks like `At =`.
          isMath[index] = unit.text.length <= 2 && after && /^[=<>≤≥≠≈∈]/.test(at(index + 1)?.text ?? '')
          break
        default:
      }
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

function group(units: readonly Unit[], isMath: readonly boolean[]): Run[] {
  const runs: { kind: Run['kind']; units: Unit[] }[] = []
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

import type { Unit } from './find-runs.ts'

/** What only formulas have: a relation, an operator between signs, a digit with a letter, brackets around letters. */
const evidence = /[=<>≤≥≠≈±×·÷^∈→]|\d|[a-z]\(|\+/i

/**
 * Stretches of a line that look like formulas where the words around them cannot be read: what stands close together is judged
 * together, and without a relation, an operator or a digit it counts as words.
 */
export function keepFormulas(
  units: readonly Unit[],
  glyphHeight: number,
): { readonly runs: readonly (readonly Unit[])[]; readonly hasWords: boolean } {
  const isMath = units.map(({ text, kind, confidence }) => {
    const letters = text.replace(/[^\p{L}]/gu, '').length
    if (text === '') return true
    if (evidence.test(text)) return letters <= 4 || /[=<>]/.test(text)
    return kind === 'operator' || (letters <= 2 && confidence > 0.5 && text.length <= 3)
  })
  const runs: Unit[][] = []
  units.forEach((unit, at) => {
    if (isMath[at] !== true) return
    const last = runs.at(-1)
    const previous = units[at - 1]
    if (last && previous && isMath[at - 1] === true && unit.left - previous.right < 2 * glyphHeight)
      last.push(unit)
    else runs.push([unit])
  })
  return {
    runs: runs
      .map((run) => complete(trim(run), units, glyphHeight))
      .filter(
        (run) =>
          run.map(({ text }) => text).join('').length > 1 && run.some(({ text }) => evidence.test(text)),
      ),
    hasWords: isMath.includes(false),
  }
}

const opens = /^[=<>≤≥≠≈+·×÷∈→]/
const awaits = /[=<>≤≥≠≈+·×÷∈→-]$/

/** Without short words at the ends that no operator binds. */
function trim(run: readonly Unit[]): readonly Unit[] {
  let [from, to] = [0, run.length]
  const text = (at: number) => run[at]?.text ?? ''
  while (to - from > 1 && isFree(text(to - 1)) && !awaits.test(text(to - 2))) to -= 1
  while (to - from > 1 && isFree(text(from)) && !opens.test(text(from + 1))) from += 1
  return run.slice(from, to)
}

const isFree = (text: string) => text !== '' && !evidence.test(text)

/** What an operator at an end asks for may have been read as a word. */
function complete(run: readonly Unit[], units: readonly Unit[], glyphHeight: number): readonly Unit[] {
  const [first, last] = [run[0], run.at(-1)]
  if (!first || !last) return run
  const before = units[units.indexOf(first) - 1]
  const after = units[units.indexOf(last) + 1]
  const isNear = (one: Unit, other: Unit) => other.left - one.right < 1.5 * glyphHeight
  return [
    ...(before && opens.test(first.text) && isNear(before, first) ? [before] : []),
    ...run,
    ...(after && awaits.test(last.text) && isNear(last, after) ? [after] : []),
  ]
}

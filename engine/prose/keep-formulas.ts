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
    runs: runs.filter((run) => run.some(({ text }) => evidence.test(text))),
    hasWords: isMath.includes(false),
  }
}

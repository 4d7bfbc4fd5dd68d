import type { LatexToken } from './tokens.ts'

const marks = new Set(['.', ',', ';'])

/**
 * Which tokens stay when full stops, commas and semicolons at the ends of lines, cells and of the whole formula go: they belong
 * to the sentence around it, and the service leaves them out. All stay where nothing else is written.
 */
export function findWithoutEndMarks(tokens: readonly LatexToken[]): number[] {
  const kept: number[] = []
  let isEnd = true
  for (let at = tokens.length - 1; at >= 0; at -= 1) {
    const token = tokens[at] ?? ''
    if (isEnd && marks.has(token)) continue
    kept.unshift(at)
    isEnd = token === '&' || token === '\\\\' || token.startsWith('\\end{')
  }
  return kept.length === 0 ? tokens.map((_, at) => at) : kept
}

export function dropEndMarks(tokens: readonly LatexToken[]): LatexToken[] {
  return findWithoutEndMarks(tokens).map((at) => tokens[at] ?? '')
}

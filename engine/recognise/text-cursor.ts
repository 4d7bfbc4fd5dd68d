import type { LatexToken } from '../../shared/latex/tokens.ts'

/**
 * Where a formula ends before a text cursor: a single bar at an end, with nothing on it and no other bar that it could belong to, is what
 * screenshots show of an editor. Returns the first and the last place that stay, the last one not included.
 */
export function findWithoutCursor(tokens: readonly LatexToken[]): readonly [number, number] {
  const all = [0, tokens.length] as const
  const bars = tokens.filter((token) => token === '|').length
  if (bars !== 1 || tokens.length < 2 || tokens.some((token) => /^\\(?:left|right|mid)/.test(token)))
    return all
  if (tokens.at(-1) === '|') return [0, tokens.length - 1]
  return tokens[0] === '|' && tokens[1] !== '_' && tokens[1] !== '^' ? [1, tokens.length] : all
}

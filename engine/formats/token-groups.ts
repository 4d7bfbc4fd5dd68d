import type { LatexToken } from '../../shared/latex/tokens.ts'

const opens = (token: LatexToken): boolean => token === '{' || token.startsWith('\\begin{')
const closes = (token: LatexToken): boolean => token === '}' || token.startsWith('\\end{')

/** The place of the brace or `\end` that closes what opens at `from`, or the last place where it is missing. */
export function findClosing(tokens: readonly LatexToken[], from: number): number {
  let depth = 0
  for (let at = from; at < tokens.length; at += 1) {
    const token = tokens[at] ?? ''
    if (opens(token)) depth += 1
    else if (closes(token)) depth -= 1
    if (depth === 0) return at
  }
  return tokens.length - 1
}

/** Splits at marks that stand outside of every group; the marks themselves are dropped. */
export function splitOutside(tokens: readonly LatexToken[], mark: LatexToken): LatexToken[][] {
  const parts: LatexToken[][] = [[]]
  let depth = 0
  for (const token of tokens) {
    if (opens(token)) depth += 1
    else if (closes(token)) depth -= 1
    if (depth === 0 && token === mark) parts.push([])
    else parts.at(-1)?.push(token)
  }
  return parts
}

export type ArrayParts = {
  /** Where `\begin{array}` stands and where `\end{array}` does. */
  readonly from: number
  readonly to: number
  readonly columns: readonly LatexToken[]
  readonly rows: readonly LatexToken[][]
}

/** Reads the array whose `\begin{array}` stands at `from`. */
export function readArray(tokens: readonly LatexToken[], from: number): ArrayParts {
  const to = findClosing(tokens, from)
  const columnsEnd = tokens[from + 1] === '{' ? findClosing(tokens, from + 1) : from
  return {
    from,
    to,
    columns: tokens.slice(from + 2, columnsEnd),
    rows: splitOutside(tokens.slice(columnsEnd + 1, to), '\\\\'),
  }
}

/** The array that the whole formula consists of, without delimiters around it; undefined for everything else. */
export function findWholeArray(tokens: readonly LatexToken[]): ArrayParts | undefined {
  const isFramed = tokens[0] === '\\left.' && tokens.at(-1) === '\\right.'
  const inner = isFramed ? tokens.slice(1, -1) : tokens
  if (inner[0] !== '\\begin{array}') return undefined
  const parts = readArray(inner, 0)
  return parts.to === inner.length - 1 ? parts : undefined
}

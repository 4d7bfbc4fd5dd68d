import type { LatexToken } from '../../shared/latex/tokens.ts'
import { findClosing, findWholeArray, splitOutside } from './token-groups.ts'

/** A stretch of one line: words, mathematics, or a table that has the line to itself. */
export type Segment =
  | { readonly kind: 'prose'; readonly text: string }
  | {
      readonly kind: 'math'
      readonly tokens: readonly LatexToken[]
      /** Said by what the page looks like; without it the form of the formula decides. */
      readonly isDisplay?: boolean
    }
  | {
      readonly kind: 'table'
      /** As LaTeX has them: `c|c`. */
      readonly columns: string
      /** Rules above the row, and its cells; below the last rule there are none. */
      readonly rows: readonly { readonly rules: number; readonly cells: readonly (readonly Segment[])[] }[]
    }

/**
 * A reading as lines of words and mathematics. Words are the `\text { … }` outside of every group; inside of one (cases with "if")
 * they belong to the mathematics. Lines stacked in one plain array count as lines of text when any of them has words.
 */
export function splitLines(tokens: readonly LatexToken[]): Segment[][] {
  const array = findWholeArray(tokens)
  const isText = array?.columns.join('') === 'l' && array.rows.some((row) => hasOuterWords(row))
  return (isText ? array.rows : [tokens]).map((line) => splitSegments(line))
}

/** Whether the whole reading is one piece of mathematics. */
export function isOneEquation(lines: readonly (readonly Segment[])[]): boolean {
  return lines.length === 1 && lines[0]?.length === 1 && lines[0][0]?.kind === 'math'
}

function hasOuterWords(row: readonly LatexToken[]): boolean {
  return splitSegments(row).some(({ kind }) => kind === 'prose')
}

/** One line as words and mathematics. */
export function splitSegments(line: readonly LatexToken[]): Segment[] {
  const tokens = splitOutside(line, '&').flat()
  const segments: Segment[] = []
  let math: LatexToken[] = []
  const closeMath = (): void => {
    if (math.length > 0) segments.push({ kind: 'math', tokens: math })
    math = []
  }
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] ?? ''
    const opensGroup = token === '{' || token.startsWith('\\begin{')
    const end =
      opensGroup || (token === '\\text' && tokens[at + 1] === '{')
        ? findClosing(tokens, opensGroup ? at : at + 1)
        : at
    if (token === '\\text') {
      closeMath()
      const text = unescapeWords(tokens.slice(at + 2, end).join(''))
      if (text !== '') segments.push({ kind: 'prose', text })
    } else math.push(...tokens.slice(at, end + 1))
    at = end
  }
  closeMath()
  return segments
}

/** `\%` and `\&` are escapes of LaTeX; plain text has the sign itself. */
function unescapeWords(text: string): string {
  return text.replace(/\\([%&#_$])/g, '$1').trim()
}

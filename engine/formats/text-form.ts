import type { LatexToken } from '../../shared/latex/tokens.ts'
import { addLeftRight, joinTokens } from '../../shared/latex/write.ts'
import { writeCompact } from './compact.ts'
import { splitLines, type Segment } from './segments.ts'
import { findWholeArray } from './token-groups.ts'

export type Delimiters = readonly [string, string]

export type TextStyle = {
  readonly inline: Delimiters
  readonly display: Delimiters
  readonly rmSpaces: boolean
  /** Write lone numbers as mathematics too. */
  readonly hasMathNumbers: boolean
  /** Prefer display style where either would do. */
  readonly prefersDisplay: boolean
  /** Lines of a paragraph joined by blanks. */
  readonly isOneLine: boolean
}

export const PLAIN_TEXT_STYLE: TextStyle = {
  inline: ['\\(', '\\)'],
  display: ['\\[', '\\]'],
  rmSpaces: true,
  hasMathNumbers: false,
  prefersDisplay: false,
  isOneLine: false,
}

/** Words as they are and mathematics in delimiters: `Find \( x^{2} \)`, `\( x^{2}+y^{2}=9 \)`. */
export function writeText(tokens: readonly LatexToken[], style: TextStyle): string {
  return writeLines(splitLines(tokens), style)
}

/** The same for lines that were told apart already. */
export function writeLines(lines: readonly (readonly Segment[])[], style: TextStyle): string {
  return lines.map((line) => writeLine(line, style)).join(style.isOneLine ? ' ' : '\n')
}

/** Mathematics as text has it: compact unless told otherwise, with `\left` and `\right`. */
export function writeMath(tokens: readonly LatexToken[], rmSpaces: boolean): string {
  const styled = addLeftRight(tokens)
  return rmSpaces ? writeCompact(styled) : joinTokens(styled)
}

export function writeLine(line: readonly Segment[], style: TextStyle): string {
  const isAlone = line.length === 1
  const parts = line.map((segment) =>
    segment.kind === 'prose' ? segment.text : writeMathSegment(segment, isAlone, style),
  )
  // No blank between mathematics and the mark that ends its clause.
  return parts.reduce(
    (text, part) => (text === '' || /^[,.;:!?]/.test(part) ? text + part : `${text} ${part}`),
    '',
  )
}

export function writeMathSegment(
  { tokens, isDisplay }: Extract<Segment, { kind: 'math' }>,
  isAlone: boolean,
  style: TextStyle,
): string {
  const math = writeMath(tokens, style.rmSpaces)
  if (!style.hasMathNumbers && /^\d+(?:[.,]\d+)*$/.test(math)) return math
  const isBlock =
    isAlone &&
    (isDisplay === true ||
      style.prefersDisplay ||
      tokens.includes('\\tag') ||
      findWholeArray(tokens) !== undefined)
  const [begin, end] = isBlock ? style.display : style.inline
  // `\(` is followed by a blank, `$` must not be.
  const pad = begin.startsWith('\\') ? ' ' : ''
  return `${begin}${pad}${math}${pad}${end}`
}

import type { LatexToken } from '../../shared/latex/tokens.ts'
import { addLeftRight, joinTokens } from '../../shared/latex/write.ts'
import type { Delimiters } from '../../shared/option-values.ts'
import { writeCompact } from './compact.ts'
import { splitLines, type Segment } from './segments.ts'
import { spellBold } from './spell-bold.ts'
import { findWholeArray } from './token-groups.ts'

export type TextStyle = {
  readonly inline: Readonly<Delimiters>
  readonly display: Readonly<Delimiters>
  readonly rmSpaces: boolean
  /** Write lone numbers as mathematics too. */
  readonly hasMathNumbers: boolean
  /** Write numbers with a unit as mathematics too. */
  readonly hasMathFonts: boolean
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
  hasMathFonts: true,
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
  const styled = spellBold(addLeftRight(tokens))
  return rmSpaces ? writeCompact(styled) : joinTokens(styled)
}

export function writeLine(line: readonly Segment[], style: TextStyle): string {
  const isAlone = line.length === 1
  const parts = line.map((segment) => writeSegment(segment, isAlone, style))
  // No blank between mathematics and the mark that ends its clause.
  return parts.reduce(
    (text, part) => (text === '' || /^[,.;:!?]/.test(part) ? text + part : `${text} ${part}`),
    '',
  )
}

function writeSegment(segment: Segment, isAlone: boolean, style: TextStyle): string {
  if (segment.kind === 'prose') return segment.text
  return segment.kind === 'table' ? writeTable(segment, style) : writeMathSegment(segment, isAlone, style)
}

/** `\begin{tabular}` with the rows on lines of their own, as Mathpix Markdown has it. */
function writeTable({ columns, rows }: Extract<Segment, { kind: 'table' }>, style: TextStyle): string {
  const lines = rows.map(({ rules, cells }) => {
    const row = cells.map((cell) => writeLine(cell, style)).join(' & ')
    return '\\hline '.repeat(rules) + (cells.length > 0 ? `${row} \\\\` : '')
  })
  return [`\\begin{tabular}{${columns}}`, ...lines.map((line) => line.trim()), '\\end{tabular}'].join('\n')
}

export function writeMathSegment(
  { tokens, isDisplay }: Extract<Segment, { kind: 'math' }>,
  isAlone: boolean,
  style: TextStyle,
): string {
  const math = writeMath(tokens, style.rmSpaces)
  if (!style.hasMathNumbers && /^\d+(?:[.,]\d+)*$/.test(math)) return math
  const quantity = style.hasMathFonts ? undefined : spellQuantity(tokens)
  if (quantity !== undefined) return quantity
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

/** `2 \, \mathrm { m s }` as the words it is, `2 ms`; anything with more to it is mathematics. */
function spellQuantity(tokens: readonly LatexToken[]): string | undefined {
  const [, number, unit] = /^(\d[\d.,]*)(?:\\,|~)*\\mathrm\{([A-Za-z/]+)\}$/.exec(tokens.join('')) ?? []
  return number === undefined || unit === undefined ? undefined : `${number} ${unit}`
}

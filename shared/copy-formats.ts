import { makePortable } from './latex/portable.ts'
import type { CopyFormat } from './settings.ts'
import { splitMath, type MathSegment } from './split-math.ts'

/** What each format is called on screen; the examples are the formats themselves. */
export const COPY_FORMAT_NAMES: Readonly<Record<CopyFormat, string>> = {
  latex: 'LaTeX',
  dollar: '$…$',
  bracket: '\\[…\\]',
}

/**
 * One formula as clipboard text, in LaTeX that compiles where it is pasted. Prose that already carries its math in delimiters is never
 * wrapped a second time. A display formula goes on lines of its own only when it has several lines itself.
 */
export function formatLatex(latex: string, format: CopyFormat): string {
  const trimmed = latex.trim()
  const segments = splitMath(trimmed)
  if (segments.some(({ kind }) => kind !== 'prose')) return segments.map(toText).join('')
  if (format === 'latex') return makePortable(trimmed, 'display')
  if (format === 'dollar') return `$${makePortable(trimmed, 'inline').replace(/\s*\n\s*/g, ' ')}$`
  const display = makePortable(trimmed, 'display')
  return display.includes('\n') ? `\\[\n${display}\n\\]` : `\\[${display}\\]`
}

/** A piece of prose with math in it, its delimiters as they were. */
function toText({ kind, value, source }: MathSegment): string {
  if (kind === 'prose') return source
  const at = source.indexOf(value)
  return source.slice(0, at) + makePortable(value, kind) + source.slice(at + value.length)
}

/** Several formulas in the order given, one after the other on lines of their own. Empty ones are left out. */
export function formatAll(formulas: readonly string[], format: CopyFormat): string {
  return formulas
    .filter((latex) => latex.trim() !== '')
    .map((latex) => formatLatex(latex, format))
    .join('\n')
}

import type { CopyFormat } from './settings.ts'
import { hasDelimitedMath } from './split-math.ts'

/** What each format is called on screen; the examples are the formats themselves. */
export const COPY_FORMAT_NAMES: Readonly<Record<CopyFormat, string>> = {
  latex: 'LaTeX',
  dollar: '$…$',
  bracket: '\\[…\\]',
}

/**
 * One formula as clipboard text. Prose that already carries its math in delimiters is never wrapped a second time.
 * A display formula goes on lines of its own only when it has several lines itself.
 */
export function formatLatex(latex: string, format: CopyFormat): string {
  const trimmed = latex.trim()
  if (format === 'latex' || hasDelimitedMath(trimmed)) return trimmed
  if (format === 'dollar') return `$${trimmed.replace(/\s*\n\s*/g, ' ')}$`
  return trimmed.includes('\n') ? `\\[\n${trimmed}\n\\]` : `\\[${trimmed}\\]`
}

/** Several formulas in the order given, one after the other on lines of their own. Empty ones are left out. */
export function formatAll(formulas: readonly string[], format: CopyFormat): string {
  return formulas
    .filter((latex) => latex.trim() !== '')
    .map((latex) => formatLatex(latex, format))
    .join('\n')
}

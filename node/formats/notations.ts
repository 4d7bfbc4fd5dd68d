import { makePortable } from '../../shared/latex/portable.ts'
import { writeAsciimath } from './asciimath.ts'
import type { FormulaWriter } from './formula-writer.ts'
import type { MathNode } from './math-tree.ts'
import { escapeXml, writeMathml } from './mathml.ts'
import { readFormula } from './read-formula.ts'
import { writeTypst } from './typst.ts'
import { writeUnicodeText } from './unicode-text.ts'

/** Formats that are no LaTeX. Their writers throw a `FormulaError` for a formula that cannot be read. */

const display = (latex: string): MathNode => readFormula(latex, true)
const isDisplay = (kind: 'inline' | 'display'): boolean => kind === 'display'

/** Prose as paragraphs of HTML, which end where a line is empty. */
const toParagraphs = (html: string): string =>
  html
    .trim()
    .split(/\n\s*\n/)
    .map((paragraph) => `<p>${paragraph.replace(/\n/g, '<br>')}</p>`)
    .join('\n')

const html: FormulaWriter = {
  alone: (latex) => writeMathml(display(latex), true),
  inside: ({ latex, kind }) => writeMathml(readFormula(latex, isDisplay(kind)), isDisplay(kind)),
  prose: escapeXml,
  passage: toParagraphs,
}

const onOneLine = (latex: string): string => makePortable(latex, 'inline').replace(/\s*\n\s*/g, ' ')

export const NOTATION_WRITERS = {
  // Prose is no MathML: what is around the formulas is HTML.
  mathml: html,
  html,
  typst: {
    alone: (latex) => `$ ${writeTypst(display(latex))} $`,
    inside: ({ latex, kind }) => {
      const written = writeTypst(readFormula(latex, isDisplay(kind)))
      return isDisplay(kind) ? `$ ${written} $` : `$${written}$`
    },
    prose: (text) => text.replace(/[\\#$*_`<>@=[\]~/+-]/g, '\\$&'),
  },
  asciimath: {
    alone: (latex) => writeAsciimath(display(latex)),
    inside: ({ latex, kind }) => `\`${writeAsciimath(readFormula(latex, isDisplay(kind)))}\``,
    prose: (text) => text,
  },
  unicode: {
    alone: (latex) => writeUnicodeText(display(latex)),
    inside: ({ latex, kind }) => writeUnicodeText(readFormula(latex, isDisplay(kind))),
    prose: (text) => text,
  },
  markdown: {
    alone: (latex) => `$$\n${makePortable(latex, 'inline')}\n$$`,
    inside: ({ latex, kind, source }) => {
      if (kind === 'inline') return `$${onOneLine(latex)}$`
      return source.startsWith('\n') ? source : `\n$$\n${makePortable(latex, 'inline')}\n$$\n`
    },
    prose: (text) => text,
    passage: (text) => text.replace(/\n{3,}/g, '\n\n').trim(),
  },
} as const satisfies Readonly<Record<string, FormulaWriter>>

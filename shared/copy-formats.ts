import { makePortable } from './latex/portable.ts'
import { splitMath, type MathSegment } from './split-math.ts'
import { writeJson } from './write-json.ts'

/**
 * What takes the text, and so how the format is checked (engine/formats/consumers.test.ts): a display of one's own in a TeX document, a
 * paragraph of one, a reader of JSON.
 */
export type Consumer = 'TeX display' | 'TeX paragraph' | 'JSON'

type Format<Source> = {
  /** What it is called on screen; the examples are the formats themselves. */
  readonly name: string
  readonly write: (source: Source) => string
  readonly check: Consumer
}

/** One formula, in LaTeX that compiles where it is pasted; in the order of the menu. */
export const COPY_FORMATS = {
  latex: { name: 'LaTeX', write: (latex) => makePortable(latex, 'display'), check: 'TeX display' },
  dollar: {
    name: '$…$',
    write: (latex) => `$${makePortable(latex, 'inline').replace(/\s*\n\s*/g, ' ')}$`,
    check: 'TeX paragraph',
  },
  bracket: { name: '\\[…\\]', write: writeDisplay, check: 'TeX paragraph' },
} as const satisfies Readonly<Record<string, Format<string>>>

export type CopyFormat = keyof typeof COPY_FORMATS

/** What an engine said of one image, or what became of it. */
export const RESULT_FORMATS = {
  json: { name: 'JSON', write: (result) => writeJson(result), check: 'JSON' },
  json_line: { name: 'JSON lines', write: (result) => JSON.stringify(result), check: 'JSON' },
} as const satisfies Readonly<Record<string, Format<unknown>>>

/** On lines of its own only when it has several lines itself. */
function writeDisplay(latex: string): string {
  const display = makePortable(latex, 'display')
  return display.includes('\n') ? `\\[\n${display}\n\\]` : `\\[${display}\\]`
}

/** One formula as clipboard text. Prose that already carries its math in delimiters is never wrapped a second time. */
export function formatLatex(latex: string, format: CopyFormat): string {
  const trimmed = latex.trim()
  const segments = splitMath(trimmed)
  if (segments.some(({ kind }) => kind !== 'prose')) return segments.map(toText).join('')
  return COPY_FORMATS[format].write(trimmed)
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

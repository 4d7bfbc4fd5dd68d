import type { OcrResult } from '../../shared/mathpix.ts'
import type { FormatOption, LATEX_FORMATS } from '../../shared/option-values.ts'
import type { Read } from '../reading.ts'
import type { EngineOptions } from '../validate-options.ts'
import {
  applyAsked,
  writeList,
  writeNormal,
  writeSimplified,
  writeStyled,
  type Transforms,
} from './latex-forms.ts'
import { convertMath } from './mathpix-markdown.ts'
import { listLines } from './page-lines.ts'
import { PLAIN_TEXT_STYLE, writeLines, writeMath, type TextStyle } from './text-form.ts'

/**
 * The format members of the latex behaviour: those asked for, or `latex` and `latex_list` where none were. `wolfram` is known
 * but never given: there is nothing here that could vouch for it.
 */
export function createLatexFormats(reading: Read, options: EngineOptions): OcrResult {
  const { formats = [] } = options
  const transformsOf = (format: string): Transforms => new Set(options.format_options?.[format]?.transforms)
  if (formats.length === 0) {
    const list = writeList(reading.tokens, transformsOf('latex_list'))
    const latex = writeSimplified(reading.tokens, transformsOf('latex'))
    return { error: '', latex, latex_list: list.length > 1 ? list : [] }
  }
  const result: OcrResult = {}
  for (const format of formats) {
    const asked = { transforms: transformsOf(format), option: options.format_options?.[format] }
    const value = writers.get(format)?.(reading, asked)
    if (value !== undefined) result[format] = value
  }
  return result
}

/** `n_best` asks for the other readings; the members of a candidate are not documented, these are ours. */
export function createCandidates(reading: Read, { n_best }: EngineOptions): OcrResult {
  if (n_best === undefined) return {}
  const candidates = reading.candidates.slice(0, n_best).map(({ tokens, confidence }) => ({
    latex_styled: writeStyled(tokens, new Set()),
    latex_confidence: confidence,
  }))
  return { candidates }
}

type Asked = { readonly transforms: Transforms; readonly option: FormatOption | undefined }
type Write = (reading: Read, asked: Asked) => string | string[] | undefined

const WRITERS: Readonly<Record<(typeof LATEX_FORMATS)[number], Write>> = {
  text: (reading, asked) => writeWords(reading, asked, false),
  text_display: (reading, asked) => writeWords(reading, asked, true),
  latex_normal: ({ tokens }, { transforms }) => writeNormal(tokens, transforms),
  latex_styled: ({ tokens }, { transforms }) => writeStyled(tokens, transforms),
  latex_simplified: ({ tokens }, { transforms }) => writeSimplified(tokens, transforms),
  latex_list: ({ tokens }, { transforms }) => writeList(tokens, transforms),
  mathml: (reading, asked) => writeConverted(reading, asked, 'mathml'),
  asciimath: (reading, asked) => writeConverted(reading, asked, 'asciimath'),
  wolfram: () => undefined,
}
const writers: ReadonlyMap<string, Write> = new Map(Object.entries(WRITERS))

function writeWords(reading: Read, { transforms, option }: Asked, prefersDisplay: boolean): string {
  const lines = listLines(reading, (tokens) => applyAsked(tokens, transforms), true)
  return writeLines(lines, createTextStyle(transforms, option, prefersDisplay))
}

function writeConverted({ tokens }: Read, { transforms }: Asked, notation: 'mathml' | 'asciimath') {
  return convertMath(writeMath(applyAsked(tokens, transforms), true), notation)
}

function createTextStyle(
  transforms: Transforms,
  option: FormatOption | undefined,
  prefersDisplay: boolean,
): TextStyle {
  return {
    ...PLAIN_TEXT_STYLE,
    inline: option?.math_delims ?? PLAIN_TEXT_STYLE.inline,
    display: option?.displaymath_delims ?? PLAIN_TEXT_STYLE.display,
    rmSpaces: transforms.has('rm_spaces'),
    isOneLine: transforms.has('rm_newlines'),
    hasMathNumbers: true,
    prefersDisplay,
  }
}

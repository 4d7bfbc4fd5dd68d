import type { OcrResult } from '../../shared/mathpix.ts'
import type { FormatOption } from '../../shared/option-values.ts'
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
    const value = writeFormat(format, reading, transformsOf(format), options.format_options?.[format])
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

function writeFormat(
  format: string,
  reading: Read,
  transforms: Transforms,
  option: FormatOption | undefined,
): string | string[] | undefined {
  const { tokens } = reading
  switch (format) {
    case 'latex_normal':
      return writeNormal(tokens, transforms)
    case 'latex_styled':
      return writeStyled(tokens, transforms)
    case 'latex_simplified':
      return writeSimplified(tokens, transforms)
    case 'latex_list':
      return writeList(tokens, transforms)
    case 'text':
    case 'text_display':
      return writeLines(
        listLines(reading, (one) => applyAsked(one, transforms), true),
        createTextStyle(transforms, option, format === 'text_display'),
      )
    case 'mathml':
    case 'asciimath':
      return convertMath(writeMath(applyAsked(tokens, transforms), true), format)
    default:
      return undefined
  }
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

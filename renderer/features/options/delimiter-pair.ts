import type { OcrOptions } from '../../../shared/parameters.ts'
import type { OptionName, OptionPatch } from './apply-patch.ts'

export type Pair = readonly [open: string, close: string]
export type Which = 'inline' | 'display'

/** The member of the options that holds the pair. */
export function memberOf(options: OcrOptions, which: Which): OptionName {
  if (options.ocr_behavior !== 'text') return 'format_options'
  return which === 'inline' ? 'math_inline_delimiters' : 'math_display_delimiters'
}

export function readPair(options: OcrOptions, which: Which): Pair | undefined {
  if (options.ocr_behavior === 'text') {
    return which === 'inline' ? options.math_inline_delimiters : options.math_display_delimiters
  }
  const ofFormat = options.format_options?.['text']
  return which === 'inline' ? ofFormat?.math_delims : ofFormat?.displaymath_delims
}

/** The change that sets a pair, or takes it away. Nested objects are written whole: the protocol promises no deep merge. */
export function writePair(options: OcrOptions, which: Which, pair: Pair | undefined): OptionPatch {
  const value: [string, string] | undefined = pair && [pair[0], pair[1]]
  if (options.ocr_behavior === 'text') {
    return which === 'inline' ? { math_inline_delimiters: value } : { math_display_delimiters: value }
  }
  const member = which === 'inline' ? 'math_delims' : 'displaymath_delims'
  const ofFormats = new Map(Object.entries(options.format_options ?? {}))
  for (const format of ['text', 'text_display']) {
    const others = Object.entries(ofFormats.get(format) ?? {}).filter(([name]) => name !== member)
    const next = Object.fromEntries(value ? [...others, [member, value]] : others)
    if (Object.keys(next).length > 0) ofFormats.set(format, next)
    else ofFormats.delete(format)
  }
  return { format_options: ofFormats.size > 0 ? Object.fromEntries(ofFormats) : undefined }
}

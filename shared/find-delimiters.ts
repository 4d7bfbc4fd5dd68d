import { effectiveOptions } from './merge-options.ts'
import type { OcrOptions } from './parameters.ts'
import type { CustomDelimiters } from './split-math.ts'

/** The delimiters that an image's options ask for: those of text behaviour, or of the `text` format in latex behaviour. */
export function findDelimiters(batchOptions: OcrOptions, overrides: OcrOptions): CustomDelimiters {
  const options = effectiveOptions(batchOptions, overrides)
  const ofFormat = options.format_options?.['text']
  return {
    inline: options.math_inline_delimiters ?? ofFormat?.math_delims,
    display: options.math_display_delimiters ?? ofFormat?.displaymath_delims,
  }
}

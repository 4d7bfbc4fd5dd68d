import { z } from 'zod'
import { recordOf } from './record-of.ts'

/** What options of v3 are made of, in Mathpix's own words. */

export const OcrBehavior = z.enum(['latex', 'text'])
export type OcrBehavior = z.infer<typeof OcrBehavior>

/** Formats of latex behaviour that are LaTeX, whose spaces `rm_spaces` tidies. */
export const SPACED_FORMATS = [
  'text',
  'text_display',
  'latex_normal',
  'latex_styled',
  'latex_simplified',
  'latex_list',
] as const
export const LATEX_FORMATS = [...SPACED_FORMATS, 'mathml', 'asciimath', 'wolfram'] as const
export const TEXT_FORMATS = ['text', 'data', 'html', 'latex_styled'] as const
/** The formats of each behaviour; the names differ between the two. */
export const FORMATS = { latex: LATEX_FORMATS, text: TEXT_FORMATS } as const satisfies Record<
  OcrBehavior,
  readonly string[]
>
/** What is asked for as long as nothing else is chosen, the one that is never missing first. */
export const FIRST_FORMATS = {
  latex: ['latex_styled', 'text'],
  text: ['text', 'latex_styled'],
} as const satisfies Record<OcrBehavior, readonly string[]>
export const TRANSFORMS = [
  'rm_spaces',
  'rm_newlines',
  'rm_fonts',
  'rm_style_syms',
  'rm_text',
  'long_frac',
] as const
export const DATA_OPTIONS = [
  'include_asciimath',
  'include_latex',
  'include_mathml',
  'include_svg',
  'include_tsv',
  'include_table_html',
] as const

/** A rectangle in pixels of the stored image (EXIF orientation is never applied). */
export const Region = z.object({
  top_left_x: z.number(),
  top_left_y: z.number(),
  width: z.number(),
  height: z.number(),
})
export type Region = z.infer<typeof Region>

export const Delimiters = z.tuple([z.string(), z.string()])
export type Delimiters = z.infer<typeof Delimiters>

export const FormatOption = z.looseObject({
  transforms: z.array(z.string()).optional(),
  math_delims: Delimiters.optional(),
  displaymath_delims: Delimiters.optional(),
})
export type FormatOption = z.infer<typeof FormatOption>

export const Callback = z.looseObject({
  post: z.string(),
  reply: recordOf(z.unknown()).optional(),
  body: recordOf(z.unknown()).optional(),
  headers: recordOf(z.string()).optional(),
})
export type Callback = z.infer<typeof Callback>

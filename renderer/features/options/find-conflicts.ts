import type { ItemImage } from '../../../shared/batch.ts'
import { LATEX_FORMATS, TEXT_FORMATS, type OcrBehavior, type OcrOptions } from '../../../shared/mathpix.ts'

/** Why options cannot be sent as they are: the member to change, and the reason in words. */
export type Conflict = { readonly member: string; readonly reason: string }

/** The formats of each behaviour; the names differ between the two. */
export const FORMATS: Readonly<Record<OcrBehavior, readonly string[]>> = {
  latex: LATEX_FORMATS,
  text: TEXT_FORMATS,
}

/**
 * Options that contradict each other or the protocol, for one image's effective options. Refusing them here saves a request that
 * would come back as an error for every image.
 */
export function findConflicts(options: OcrOptions, image?: Pick<ItemImage, 'width' | 'height'>): Conflict[] {
  const conflicts: Conflict[] = []
  const refuse = (member: string, reason: string) => conflicts.push({ member, reason })
  const behaviour = options.ocr_behavior ?? 'latex'
  const formats = options.formats ?? []

  if (formats.length === 0) refuse('formats', 'Choose at least one format.')
  const foreign = formats.filter((format) => !FORMATS[behaviour].includes(format))
  if (foreign.length > 0) refuse('formats', `Not available in this behaviour: ${foreign.join(', ')}.`)
  if (behaviour === 'text' && formats.includes('data') && !hasSome(options.data_options)) {
    refuse('data_options', 'The format data needs at least one kind of content here.')
  }
  if (options.include_line_data && options.include_word_data) {
    refuse('include_word_data', 'Line data and word data cannot be had together.')
  }
  const { beam_size, n_best } = options
  if (n_best !== undefined && !(beam_size !== undefined && n_best <= beam_size)) {
    refuse('n_best', '“n_best” needs a “beam_size” that is at least as large.')
  }
  if (options['include_inchi'] === true && options['include_smiles'] !== true) {
    refuse('include_inchi', '“include_inchi” needs “include_smiles”.')
  }
  if (options['enable_document_layout'] === true && options.include_word_data) {
    refuse('enable_document_layout', '“enable_document_layout” and word data cannot be had together.')
  }
  for (const member of ['confidence_threshold', 'confidence_rate_threshold'] as const) {
    const value = options[member]
    if (value !== undefined && !(value >= 0 && value <= 1)) refuse(member, 'Has to be between 0 and 1.')
  }
  for (const member of ['math_inline_delimiters', 'math_display_delimiters'] as const) {
    if (options[member]?.some((text) => text.trim() === '')) refuse(member, 'Both delimiters are needed.')
  }
  const region = options.region && checkRegion(options.region, image)
  if (region) refuse('region', region)
  return conflicts
}

function hasSome(flags: OcrOptions['data_options']): boolean {
  return Object.values(flags ?? {}).some(Boolean)
}

function checkRegion(
  { top_left_x, top_left_y, width, height }: NonNullable<OcrOptions['region']>,
  image: Pick<ItemImage, 'width' | 'height'> | undefined,
): string | undefined {
  if (![top_left_x, top_left_y, width, height].every(Number.isInteger))
    return 'All four are whole numbers of pixels.'
  if (top_left_x < 0 || top_left_y < 0) return 'The region begins outside the image.'
  if (width < 1 || height < 1) return 'Width and height have to be at least 1.'
  if (image && (top_left_x + width > image.width || top_left_y + height > image.height)) {
    return `The region ends outside the image, which is ${image.width} × ${image.height} pixels.`
  }
  return undefined
}

import type { ItemImage } from '../../../shared/batch.ts'
import { FORMATS } from '../../../shared/option-values.ts'
import { findBrokenRules } from '../../../shared/option-rules.ts'
import { parameterEntries, type OcrOptions } from '../../../shared/parameters.ts'

/** Why options cannot be sent as they are: the member to change, and the reason in words. */
export type Conflict = { readonly member: string; readonly reason: string }

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
  const known: readonly string[] = FORMATS[behaviour]
  const foreign = formats.filter((format) => !known.includes(format))
  if (foreign.length > 0) refuse('formats', `Not available in this behaviour: ${foreign.join(', ')}.`)
  if (behaviour === 'text' && formats.includes('data') && !hasSome(options.data_options)) {
    refuse('data_options', 'The format data needs at least one kind of content here.')
  }
  for (const { name, rule } of findBrokenRules(options)) refuse(name, rule.words)
  for (const [name, { field, schema, wants }] of parameterEntries) {
    const value = options[name]
    if (field?.kind === 'number' && value !== undefined && !schema.safeParse(value).success)
      refuse(name, `Has to be ${wants}.`)
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

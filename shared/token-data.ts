import { z } from 'zod'
import type { OcrResult } from './mathpix.ts'

/**
 * `token_data` of a result of the embedded engine, an extension of ours: in each list one entry for each token that puts ink on paper, in
 * the order of writing; of a page also one for each word. `confidence` has two decimals. `position` has left, top, width and height in
 * whole pixels of the image that `image_width` and `image_height` measure, or null where the place is not known.
 */
export const TokenData = z.object({
  latex: z.array(z.string()),
  confidence: z.array(z.number()),
  position: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()]).nullable()),
})
export type TokenData = z.infer<typeof TokenData>

export type ResultToken = {
  readonly latex: string
  readonly confidence: number
  readonly position: TokenData['position'][number]
}

/** Below this confidence nearly every second token of the pictures that were measured is wrong. */
export const DOUBT_BELOW = 0.7

/** The tokens of a result; none where it tells of none, or in another shape than ours. */
export function listTokens(result: OcrResult | undefined): readonly ResultToken[] {
  const { data } = TokenData.safeParse(result?.['token_data'])
  if (!data) return []
  return data.latex.map((latex, at) => ({
    latex,
    confidence: data.confidence[at] ?? 1,
    position: data.position[at] ?? null,
  }))
}

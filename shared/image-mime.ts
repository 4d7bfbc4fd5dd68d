import { z } from 'zod'

/** How the app keeps and sends an image. */
export const ImageMime = z.enum(['image/png', 'image/jpeg'])
export type ImageMime = z.infer<typeof ImageMime>

/** The ending of such a file's name, without the dot. */
export function endingOf(mime: ImageMime): 'png' | 'jpg' {
  return mime === 'image/png' ? 'png' : 'jpg'
}

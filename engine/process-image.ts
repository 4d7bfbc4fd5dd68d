import { ImageError } from '../node/images/image-error.ts'
import type { OcrResult } from '../shared/mathpix.ts'
import { engineError, toEnvelope, type Outcome } from './errors.ts'
import { createResult } from './formats/create-result.ts'
import { keepBlueInk } from './preprocess/blue-ink.ts'
import type { Reading, ReadOptions } from './reading.ts'
import type { Pixels } from '../node/images/pixels.ts'
import { ENGINE_VERSION } from './request-id.ts'
import type { EngineOptions } from './validate-options.ts'

/** The picture that is read, and how many the file holds where there are more; only the first is read. */
export type DecodedImage = Pixels & { readonly pages?: number }

/** The two halves of recognition. `decodeImage` rejects with an {@link ImageError} when the bytes are no image that is read. */
export type ImageReader = {
  decodeImage(bytes: Uint8Array): Promise<DecodedImage>
  readImage(pixels: Pixels, options: ReadOptions): Promise<Reading>
}

/** The way of one image inside a worker: bytes → pixels → reading → requested formats. Rejects only where there is a bug. */
export async function processImage(
  bytes: Uint8Array,
  options: EngineOptions,
  reader: ImageReader,
): Promise<OcrResult> {
  const decoded = await decode(bytes, reader)
  if (!decoded.ok) return toEnvelope(decoded.error)
  const pixels = decoded.value
  const { region } = options
  if (region && !isInside(region, pixels)) {
    const message = 'Region must not exceed image dimensions'
    return toEnvelope(engineError('opts_value_out_of_range', { name: 'region', value: region }, message))
  }
  const seen = options['enable_blue_hsv_filter'] === true ? keepBlueInk(pixels) : pixels
  const wantsWords = options.ocr_behavior === 'text' || options.ocr?.includes('text') === true
  const reading = await reader.readImage(seen, { ...options, wantsWords })
  const { pages = 1 } = pixels
  return {
    version: ENGINE_VERSION,
    ...createResult(reading, options),
    ...(pages > 1 ? { num_pages: pages } : {}),
  }
}

async function decode(bytes: Uint8Array, reader: ImageReader): Promise<Outcome<DecodedImage>> {
  try {
    const pixels = await reader.decodeImage(bytes)
    if (pixels.width > 0 && pixels.height > 0) return { ok: true, value: pixels }
    return { ok: false, error: engineError('image_decode_error') }
  } catch (error) {
    const id =
      error instanceof ImageError && error.reason === 'too_large' ? 'image_max_size' : 'image_decode_error'
    return { ok: false, error: engineError(id, {}, error instanceof Error ? error.message : undefined) }
  }
}

function isInside(region: NonNullable<EngineOptions['region']>, pixels: Pixels): boolean {
  return (
    region.top_left_x + region.width <= pixels.width && region.top_left_y + region.height <= pixels.height
  )
}

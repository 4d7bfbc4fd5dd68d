import type { OcrResult } from '../shared/mathpix.ts'
import { engineError, toEnvelope } from './errors.ts'
import { createResult } from './formats/create-result.ts'
import type { Pixels, Reading, ReadOptions } from './reading.ts'
import { ENGINE_VERSION } from './request-id.ts'
import type { EngineOptions } from './validate-options.ts'

/** The two halves of recognition. `decodeImage` rejects when the bytes are no image that it knows. */
export type ImageReader = {
  decodeImage(bytes: Uint8Array): Promise<Pixels>
  readImage(pixels: Pixels, options: ReadOptions): Promise<Reading>
}

/** Far above any photograph; one byte a pixel and channel must fit into memory several times. */
export const MAX_PIXELS = 120_000_000

/** The way of one image inside a worker: bytes → pixels → reading → requested formats. Rejects only where there is a bug. */
export async function processImage(
  bytes: Uint8Array,
  options: EngineOptions,
  reader: ImageReader,
): Promise<OcrResult> {
  const pixels = await decode(bytes, reader)
  if (!pixels) return toEnvelope(engineError('image_decode_error'))
  const size = { image_width: pixels.width, image_height: pixels.height }
  if (pixels.width * pixels.height > MAX_PIXELS)
    return { ...toEnvelope(engineError('image_max_size')), ...size }
  const { region } = options
  if (region && !isInside(region, pixels)) {
    const message = 'Region must not exceed image dimensions'
    return toEnvelope(engineError('opts_value_out_of_range', { name: 'region', value: region }, message))
  }
  const reading = await reader.readImage(pixels, createReadOptions(options))
  return { version: ENGINE_VERSION, ...createResult(reading, options) }
}

async function decode(bytes: Uint8Array, reader: ImageReader): Promise<Pixels | undefined> {
  try {
    const pixels = await reader.decodeImage(bytes)
    return pixels.width > 0 && pixels.height > 0 ? pixels : undefined
  } catch {
    return undefined
  }
}

function isInside(region: NonNullable<EngineOptions['region']>, pixels: Pixels): boolean {
  return (
    region.top_left_x + region.width <= pixels.width && region.top_left_y + region.height <= pixels.height
  )
}

function createReadOptions({ region, skip_recrop, beam_size, n_best }: EngineOptions): ReadOptions {
  return {
    ...(region === undefined ? {} : { region }),
    ...(skip_recrop === undefined ? {} : { skip_recrop }),
    ...(beam_size === undefined ? {} : { beam_size }),
    ...(n_best === undefined ? {} : { n_best }),
  }
}

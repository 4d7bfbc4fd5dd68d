import { Transformer } from '@napi-rs/image'
import { ImageError, tooManyPixels, unreadable } from './image-error.ts'
import { MAX_WHOLE_PIXELS } from './image-limits.ts'
import type { StoredPixels } from './pixels.ts'

/** A BMP; its decoder is native, written in a memory-safe language, and works outside of JavaScript's thread. */
export async function decodeBmp(bytes: Uint8Array): Promise<StoredPixels> {
  try {
    const transformer = new Transformer(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    const { width, height } = await transformer.metadata()
    if (width * height > MAX_WHOLE_PIXELS) throw tooManyPixels(width, height)
    const data = await transformer.rawPixels()
    const bands = data.length / (width * height)
    if (bands !== 1 && bands !== 3 && bands !== 4) throw unreadable()
    return { data, width, height, bands, orientation: 1 }
  } catch (error) {
    throw error instanceof ImageError ? error : unreadable(error)
  }
}

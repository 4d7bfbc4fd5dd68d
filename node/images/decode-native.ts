import { Transformer } from '@napi-rs/image'
import { ImageError, tooManyPixels, unreadable } from './image-error.ts'
import { MAX_WHOLE_PIXELS } from './image-limits.ts'
import type { StoredPixels } from './pixels.ts'

/**
 * A plain PNG or JPEG with so many bands, by a decoder that is native, quick and written in a memory-safe language, and works outside of JavaScript's
 * thread. Undefined where it answers otherwise, or not at all: the library that knows all kinds then says what is wrong.
 */
export async function decodePlain(bytes: Uint8Array, bands: number): Promise<StoredPixels | undefined> {
  try {
    const stored = await decodeNative(bytes)
    return stored.bands === bands ? stored : undefined
  } catch {
    return undefined
  }
}

/** A BMP, or another picture that the native decoder knows. */
export async function decodeNative(bytes: Uint8Array): Promise<StoredPixels> {
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

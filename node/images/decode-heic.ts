import { ImageError, tooManyPixels, unreadable } from './image-error.ts'
import { MAX_WHOLE_PIXELS } from './image-limits.ts'
import type { StoredPixels } from './pixels.ts'

/** Megabytes of WebAssembly, for those who need it. */
export const loadHeic = () => import('libheif-js/wasm-bundle.js')

/** The main photograph of a HEIC file, upright: how it lies is a part of the format, and the decoder obeys it. */
export async function decodeHeic(bytes: Uint8Array): Promise<StoredPixels> {
  const { default: libheif } = await loadHeic()
  const images = new libheif.HeifDecoder().decode(bytes)
  try {
    const image = images.find((candidate) => candidate.is_primary()) ?? images[0]
    if (!image) throw unreadable()
    const [width, height] = [image.get_width(), image.get_height()]
    if (width * height > MAX_WHOLE_PIXELS) throw tooManyPixels(width, height)
    const data = new Uint8ClampedArray(width * height * 4)
    const filled = await new Promise((resolve) => image.display({ data, width, height }, resolve))
    if (!filled) throw unreadable()
    return { data: new Uint8Array(data.buffer), width, height, bands: 4, orientation: 1 }
  } catch (error) {
    throw error instanceof ImageError ? error : unreadable(error)
  } finally {
    for (const image of images) image.free()
  }
}

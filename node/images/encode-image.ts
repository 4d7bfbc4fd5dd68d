import type Vips from 'wasm-vips'
import type { ImageMime } from '../../shared/image-mime.ts'
import type { Pixels } from './pixels.ts'
import { withVips } from './vips.ts'

export type EncodedImage = {
  readonly bytes: Buffer
  readonly width: number
  readonly height: number
  readonly mime: ImageMime
}

export type EncodeOptions = {
  /** Photographs as JPEG, all else as PNG as long as that is small enough. */
  readonly isPhoto: boolean
  readonly maxBytes: number
}

const PHOTO_QUALITY = 92
/** For what is too large as PNG. */
const REDUCED_QUALITY = 90
const STEP = 0.75

/** Encodes within `maxBytes`: as PNG or JPEG, then as JPEG of less quality, then smaller by steps. */
export function encodeImage(pixels: Pixels, { isPhoto, maxBytes }: EncodeOptions): Promise<EncodedImage> {
  return withImage(pixels, (image) => {
    const { width, height } = pixels
    const bytes = Buffer.from(isPhoto ? image.jpegsaveBuffer({ Q: PHOTO_QUALITY }) : image.pngsaveBuffer())
    if (bytes.length <= maxBytes) return { bytes, width, height, mime: isPhoto ? 'image/jpeg' : 'image/png' }
    for (let scale = 1; ; scale *= STEP) {
      const smaller = scale === 1 ? image.copy() : image.resize(scale)
      const jpeg = Buffer.from(smaller.jpegsaveBuffer({ Q: REDUCED_QUALITY }))
      const size = { width: smaller.width, height: smaller.height }
      smaller.delete()
      if (jpeg.length <= maxBytes) return { bytes: jpeg, ...size, mime: 'image/jpeg' }
    }
  })
}

/** A PNG that fits into `width` × `height`, never larger than the picture. */
export function encodeThumbnail(pixels: Pixels, width: number, height: number): Promise<Buffer> {
  return withImage(pixels, (image) => {
    const small = image.thumbnailImage(width, { height, size: 'down' })
    try {
      return Buffer.from(small.pngsaveBuffer())
    } finally {
      small.delete()
    }
  })
}

function withImage<T>(pixels: Pixels, use: (image: Vips.Image) => T): Promise<T> {
  const { data, width, height, channels } = pixels
  return withVips('plain', (vips) => {
    const raw = vips.Image.newFromMemory(data, width, height, channels, vips.BandFormat.uchar)
    const image = raw.copy({ interpretation: channels === 1 ? 'b-w' : 'srgb' })
    try {
      return use(image)
    } finally {
      image.delete()
      raw.delete()
    }
  })
}

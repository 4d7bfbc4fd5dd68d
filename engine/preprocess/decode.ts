import { Transformer } from '@napi-rs/image'
import { GifReader } from 'omggif'
import * as utif from 'utif2'
import type { Pixels } from './pixels.ts'
import { detectKind, readDeclaredSize, type ImageKind } from './image-size.ts'

/** More pixels than any camera gives; decoded, they would take half a gigabyte. */
export const maximumPixels = 100_000_000

const refusals: Partial<Record<ImageKind, string>> = {
  svg: 'SVG is a drawing, not a picture: export it as PNG.',
  pdf: 'This is a PDF document: export its pages as PNG.',
  heic: 'HEIC is not supported: save the photograph as JPEG.',
}

/**
 * Bytes of PNG, JPEG (also CMYK), WebP, BMP, AVIF, GIF (first frame) or TIFF (first page) as pixels on white. EXIF orientation is
 * not applied: a service that is given an image reads it as it is stored.
 * @throws Error with a sentence for the user when the bytes are none of these, damaged, or larger than {@link maximumPixels}.
 */
export async function decodeImage(bytes: Uint8Array): Promise<Pixels> {
  const kind = detectKind(bytes)
  if (!kind)
    throw new Error(bytes.length === 0 ? 'The file is empty.' : 'This is not an image in a known format.')
  const refusal = refusals[kind]
  if (refusal) throw new Error(refusal)
  const declared = readDeclaredSize(bytes, kind)
  if (declared) checkSize(declared)
  try {
    if (kind === 'tiff') return decodeTiff(bytes)
    if (kind === 'gif') return decodeGif(bytes)
    return await decodeRaw(bytes)
  } catch (error) {
    if (error instanceof SizeError) throw error
    throw new Error(`The ${kind.toUpperCase()} image cannot be decoded.`, { cause: error })
  }
}

class SizeError extends Error {}

function checkSize({ width, height }: { width: number; height: number }): void {
  if (width * height > maximumPixels) {
    throw new SizeError(
      `The image has ${String(Math.round((width * height) / 1e6))} megapixels; at most 100 are read.`,
    )
  }
}

async function decodeRaw(bytes: Uint8Array): Promise<Pixels> {
  const transformer = new Transformer(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  const { width, height } = await transformer.metadata()
  checkSize({ width, height })
  const raw = await transformer.rawPixels()
  return pickChannels(raw, width, height)
}

/** The decoder's layout shows in its length: 1 to 4 bytes a pixel, or 16-bit samples, or 32-bit floats. */
function pickChannels(raw: Uint8Array, width: number, height: number): Pixels {
  const stride = raw.length / (width * height)
  if (stride === 1 || stride === 3 || stride === 4)
    return flattenAlpha({ data: raw, width, height, channels: stride })
  if (stride === 2) {
    // Grey with opacity, or 16-bit grey: told apart by what opacity mostly is.
    return { data: spreadPairs(raw), width, height, channels: 1 }
  }
  if (stride === 6 || stride === 8) {
    // 16-bit samples, low byte first: the high byte is the picture.
    const data = raw.filter((_, at) => at % 2 === 1)
    return flattenAlpha({ data, width, height, channels: stride === 6 ? 3 : 4 })
  }
  throw new Error(`Unknown pixel layout of ${String(stride)} bytes`)
}

function spreadPairs(raw: Uint8Array): Uint8Array {
  const grey = new Uint8Array(raw.length / 2)
  let opaque = 0
  for (let at = 1; at < raw.length; at += 2) if (raw[at] === 255) opaque += 1
  const hasOpacity = opaque > 0.02 * grey.length
  for (let at = 0; at < grey.length; at += 1) {
    const low = raw[at * 2] ?? 0
    const high = raw[at * 2 + 1] ?? 0
    grey[at] = hasOpacity ? Math.round((low * high + 255 * (255 - high)) / 255) : high
  }
  return grey
}

function flattenAlpha(pixels: Pixels): Pixels {
  if (pixels.channels !== 4) return pixels
  const { data, width, height } = pixels
  const flat = new Uint8Array(width * height * 3)
  for (let at = 0, to = 0; at < data.length; at += 4, to += 3) {
    const opacity = (data[at + 3] ?? 255) / 255
    const white = 255 * (1 - opacity)
    flat[to] = (data[at] ?? 0) * opacity + white
    flat[to + 1] = (data[at + 1] ?? 0) * opacity + white
    flat[to + 2] = (data[at + 2] ?? 0) * opacity + white
  }
  return { data: flat, width, height, channels: 3 }
}

function decodeGif(bytes: Uint8Array): Pixels {
  const reader = new GifReader(Buffer.from(bytes))
  const { width, height } = reader
  checkSize({ width, height })
  const data = new Uint8Array(width * height * 4)
  reader.decodeAndBlitFrameRGBA(0, data)
  return flattenAlpha({ data, width, height, channels: 4 })
}

function decodeTiff(bytes: Uint8Array): Pixels {
  const buffer = bytes.slice().buffer
  const [page] = utif.decode(buffer)
  if (!page) throw new Error('No page')
  const declared = (tag: string) => (page[tag] as number[] | undefined)?.[0] ?? 0
  checkSize({ width: declared('t256'), height: declared('t257') })
  utif.decodeImage(buffer, page)
  const { width, height } = page
  if (!(width > 0 && height > 0)) throw new Error('No pixels')
  return flattenAlpha({ data: utif.toRGBA8(page), width, height, channels: 4 })
}

import { Transformer } from '@napi-rs/image'
import { GifReader } from 'omggif'
import type { AppError } from '../../shared/errors.ts'
import { openTiff } from './decode-tiff.ts'
import { readImageSize, readJpegFrame } from './image-header.ts'
import { MAX_PIXELS, MAX_SENT_BYTES, MAX_SOURCE_BYTES, THUMB_HEIGHT, THUMB_WIDTH } from './intake-limits.ts'
import { imageError, sniffType } from './sniff-type.ts'

/** One upright, opaque picture, ready to be sent and shown. */
export type PreparedImage = {
  readonly width: number
  readonly height: number
  readonly mime: 'image/png' | 'image/jpeg'
  readonly bytes: Buffer
  readonly thumb: Buffer
}

export type PreparedPage =
  | { readonly page: number; readonly pages: number; readonly image: PreparedImage }
  | { readonly page: number; readonly pages: number; readonly error: AppError }

/**
 * Makes of one file's bytes one upright picture per page: EXIF orientation baked in, transparency on white,
 * first frame of a GIF, each page of a TIFF. A PNG or JPEG that is all that already is kept byte for byte.
 * Bad input is a page with an error, never an exception.
 */
export async function* preparePages(
  bytes: Buffer,
  name: string,
): AsyncGenerator<PreparedPage, void, undefined> {
  const failed = (error: AppError): PreparedPage => ({ page: 1, pages: 1, error })
  const sniffed = await sniffType(bytes, name)
  if ('error' in sniffed) {
    yield failed(sniffed.error)
    return
  }
  const { mime } = sniffed
  const size = readImageSize(bytes, mime)
  if (bytes.length > MAX_SOURCE_BYTES || (size && size.width * size.height > MAX_PIXELS)) {
    yield failed(tooLarge(name))
    return
  }
  if (mime === 'image/tiff') {
    yield* prepareTiff(bytes, name)
    return
  }
  try {
    yield { page: 1, pages: 1, image: await prepareSingle(bytes, mime) }
  } catch (error) {
    yield failed(error instanceof TooManyPixels ? tooLarge(name) : unreadable(name))
  }
}

async function* prepareTiff(bytes: Buffer, name: string): AsyncGenerator<PreparedPage, void, undefined> {
  let tiff: ReturnType<typeof openTiff> | undefined
  try {
    tiff = openTiff(bytes)
  } catch {
    tiff = undefined
  }
  const pages = tiff?.pages ?? 0
  for (let page = 1; page <= pages; page += 1) {
    const read = tiff?.readPage(page - 1)
    try {
      if (read === 'too_large') yield { page, pages, error: tooLarge(name) }
      else if (read)
        yield { page, pages, image: await finish(await fromRgba(read.rgba, read.width, read.height)) }
      // What one reader of TIFF does not know (CMYK for instance) the other may, but for the first page only.
      else if (page === 1) yield { page, pages, image: await prepareSingle(bytes, 'image/tiff') }
      else yield { page, pages, error: unreadable(name) }
    } catch {
      yield { page, pages, error: unreadable(name) }
    }
  }
  if (pages > 0) return
  try {
    yield { page: 1, pages: 1, image: await prepareSingle(bytes, 'image/tiff') }
  } catch {
    yield { page: 1, pages: 1, error: unreadable(name) }
  }
}

class TooManyPixels extends Error {}

async function prepareSingle(bytes: Buffer, mime: string): Promise<PreparedImage> {
  if (mime === 'image/gif') {
    const reader = new GifReader(bytes)
    const { width, height } = reader
    if (width * height > MAX_PIXELS) throw new TooManyPixels()
    const rgba = new Uint8Array(width * height * 4)
    reader.decodeAndBlitFrameRGBA(0, rgba)
    return finish(await fromRgba(rgba, width, height))
  }
  const metadata = await new Transformer(bytes).metadata(true)
  const { width, height } = metadata
  const colorType: number = metadata.colorType
  if (width * height > MAX_PIXELS) throw new TooManyPixels()
  const isTurned = (metadata.orientation ?? 1) > 1
  const hasAlpha = HAS_ALPHA.has(colorType)
  const isOpaque = !hasAlpha || (await isFullyOpaque(bytes, colorType))
  const isPlainJpeg = mime === 'image/jpeg' && readJpegFrame(bytes)?.components !== 4
  const isPlainPng = mime === 'image/png'
  if (!isTurned && isOpaque && bytes.length <= MAX_SENT_BYTES && (isPlainJpeg || isPlainPng)) {
    return withThumb({ bytes, mime: isPlainPng ? 'image/png' : 'image/jpeg', width, height })
  }
  if (!isOpaque) {
    const isPlain = colorType === RGBA8 && !isTurned
    const flat = isPlain
      ? fromRgba(await new Transformer(bytes).rawPixels(), width, height)
      : putOnWhite(bytes)
    return finish(await flat)
  }
  const upright = new Transformer(bytes).rotate()
  const isPhoto = mime === 'image/jpeg' || width * height > PHOTO_PIXELS
  return finish(isPhoto ? await upright.jpeg(92) : await upright.png())
}

/** Larger pictures that are no PNG are photographs: as PNG they would weigh tens of megabytes. */
const PHOTO_PIXELS = 4_000_000

/** `JsColorType` of @napi-rs/image with an alpha channel; its enums exist as types only. */
const LA8 = 1
const RGBA8 = 3
const HAS_ALPHA: ReadonlySet<number> = new Set([LA8, RGBA8, 5, 7, 9])

async function isFullyOpaque(bytes: Buffer, colorType: number): Promise<boolean> {
  const stride = colorType === RGBA8 ? 4 : colorType === LA8 ? 2 : 0
  if (stride === 0) return false
  const pixels = await new Transformer(bytes).rawPixels()
  for (let at = stride - 1; at < pixels.length; at += stride) if (pixels[at] !== 255) return false
  return true
}

/**
 * WebP knows 8-bit RGBA only: through it every kind of alpha channel becomes that one, upright and without
 * loss.
 */
async function putOnWhite(bytes: Buffer): Promise<Buffer> {
  const plain = new Transformer(await new Transformer(bytes).rotate().webpLossless())
  const { width, height, ...metadata } = await plain.metadata()
  const colorType: number = metadata.colorType
  if (colorType !== RGBA8) return plain.png()
  return fromRgba(await plain.rawPixels(), width, height)
}

function fromRgba(rgba: Uint8Array, width: number, height: number): Promise<Buffer> {
  for (let at = 0; at < rgba.length; at += 4) {
    const alpha = rgba[at + 3] ?? 255
    if (alpha === 255) continue
    for (let channel = at; channel < at + 3; channel += 1) {
      rgba[channel] = Math.round(((rgba[channel] ?? 0) * alpha) / 255 + 255 - alpha)
    }
    rgba[at + 3] = 255
  }
  return Transformer.fromRgbaPixels(rgba, width, height).png()
}

/** Brings encoded bytes under the limit of what may be sent: as JPEG, then smaller by steps. */
async function finish(encoded: Buffer): Promise<PreparedImage> {
  let bytes = encoded
  let { width, height, format } = await new Transformer(bytes).metadata()
  if (bytes.length > MAX_SENT_BYTES) {
    bytes = await new Transformer(bytes).jpeg(90)
    format = 'jpeg'
  }
  while (bytes.length > MAX_SENT_BYTES) {
    width = Math.ceil(width * 0.75)
    height = Math.ceil(height * 0.75)
    bytes = await new Transformer(bytes).fastResize({ width, height }).jpeg(90)
  }
  return withThumb({ bytes, width, height, mime: format === 'jpeg' ? 'image/jpeg' : 'image/png' })
}

async function withThumb(image: Omit<PreparedImage, 'thumb'>): Promise<PreparedImage> {
  const scale = Math.min(1, THUMB_WIDTH / image.width, THUMB_HEIGHT / image.height)
  const width = Math.max(1, Math.round(image.width * scale))
  const height = Math.max(1, Math.round(image.height * scale))
  const source = new Transformer(image.bytes)
  return { ...image, thumb: await (scale < 1 ? source.fastResize({ width, height }) : source).png() }
}

function tooLarge(name: string): AppError {
  return imageError(
    'too_large',
    `“${name}” is too large: at most ${MAX_PIXELS / 1_000_000} megapixels can be read.`,
  )
}

function unreadable(name: string): AppError {
  return imageError('unreadable', `“${name}” is damaged or not a complete image.`)
}

import { LIMITS } from '../../shared/protocol-limits.ts'
import { decodeWatched, unwatched, type DecodeWatch } from '../../node/images/decode-watch.ts'
import { readJpegFrame } from '../../node/images/declared-size.ts'
import { encodeImage, encodeThumbnail, type EncodedImage } from '../../node/images/encode-image.ts'
import { ImageError } from '../../node/images/image-error.ts'
import { openImage, type OpenImage, type OpenPage } from '../../node/images/open-image.ts'
import type { DecodedPage } from '../../node/images/pixels.ts'
import type { AppError } from '../../shared/errors.ts'
import { imageError } from './image-error.ts'
import { MAX_SOURCE_BYTES, THUMB_HEIGHT, THUMB_WIDTH } from './intake-limits.ts'

/** One upright, opaque picture, ready to be sent and shown. */
export type PreparedImage = EncodedImage & { readonly thumb: Buffer }

export type PreparedPage =
  | { readonly page: number; readonly pages: number; readonly image: PreparedImage }
  | { readonly page: number; readonly pages: number; readonly error: AppError }

/**
 * Makes of one file's bytes one upright picture per page, from page `first` on: orientation baked in, transparency on a ground where the ink is
 * seen, first frame of a GIF, each page of a TIFF. A PNG or JPEG that is all that already is kept byte for byte.
 * Bad input is a page with an error, never an exception.
 */
export async function* preparePages(
  bytes: Buffer,
  name: string,
  watch: DecodeWatch = unwatched,
  first = 1,
): AsyncGenerator<PreparedPage, void, undefined> {
  const image = open(bytes, name)
  if ('error' in image) {
    yield { page: 1, pages: 1, error: image.error }
    return
  }
  const pages = image.pages.length
  for (const [index, source] of image.pages.entries()) {
    const page = index + 1
    if (page < first) continue
    try {
      yield { page, pages, image: await prepare(bytes, image, source, watch) }
    } catch (error) {
      yield { page, pages, error: describe(error, name) }
    }
  }
}

/** How many pictures `preparePages` will give. */
export function countPages(bytes: Buffer): number {
  const image = open(bytes, '')
  return 'error' in image ? 1 : image.pages.length
}

function open(bytes: Buffer, name: string): OpenImage | { readonly error: AppError } {
  if (bytes.length > MAX_SOURCE_BYTES)
    return { error: imageError('too_large', `“${name}” is larger than 200 MB.`) }
  try {
    return openImage(bytes)
  } catch (error) {
    return { error: describe(error, name) }
  }
}

function describe(error: unknown, name: string): AppError {
  if (error instanceof ImageError) return imageError(error.reason, `“${name}” ${error.predicate}`)
  return imageError('unreadable', `“${name}” could not be read.`)
}

async function prepare(
  bytes: Buffer,
  image: OpenImage,
  source: OpenPage,
  watch: DecodeWatch,
): Promise<PreparedImage> {
  const decoded = await decodeWatched(image, source, watch)
  const { pixels } = decoded
  const encoded =
    keepStored(bytes, image, decoded) ??
    (await encodeImage(pixels, { isPhoto: isPhoto(image, decoded), maxBytes: LIMITS.image.sent }))
  return { ...encoded, thumb: await encodeThumbnail(pixels, THUMB_WIDTH, THUMB_HEIGHT) }
}

/** The bytes as they came, where every reader of PNG and JPEG sees in them what is seen here. */
function keepStored(
  bytes: Buffer,
  { kind }: OpenImage,
  { isAsStored, pixels: { width, height } }: DecodedPage,
): EncodedImage | undefined {
  if (!isAsStored || bytes.length > LIMITS.image.sent) return undefined
  if (kind === 'png') return { bytes, mime: 'image/png', width, height }
  const isPlainJpeg = kind === 'jpeg' && readJpegFrame(bytes)?.components !== 4
  return isPlainJpeg ? { bytes, mime: 'image/jpeg', width, height } : undefined
}

/** Larger pictures of kinds that are made by cameras would weigh tens of megabytes as PNG. */
const PHOTO_PIXELS = 4_000_000
const LOSSY_KINDS: ReadonlySet<string> = new Set(['webp', 'avif', 'heic'])

function isPhoto({ kind }: OpenImage, { pixels: { width, height } }: DecodedPage): boolean {
  return kind === 'jpeg' || (LOSSY_KINDS.has(kind) && width * height > PHOTO_PIXELS)
}

import { ImageError } from './image-error.ts'
import type { ImageKind } from './image-kind.ts'
import type { OpenImage, OpenPage } from './open-image.ts'
import type { DecodedPage } from './pixels.ts'

/** What decoding one page may take. */
export type DecodeDemand = {
  /** How much of the pixels in flight it counts for. */
  readonly pixels: number
  /** Time in ms that it may take once it has begun. */
  readonly limitMs: number
}

/** Whoever watches over a decode from outside of its thread: lets it begin, and ends the thread when it overruns. */
export type DecodeWatch = {
  /** Resolves when there is room for the pixels; the time begins to run. */
  begin(demand: DecodeDemand): Promise<void>
  /** The time stops; the pixels stay in flight until the job lets go of them. */
  end(): void
}

/** For code that decodes its own pictures. */
export const unwatched: DecodeWatch = { begin: () => Promise.resolve(), end: () => undefined }

const BASE_MS = 2000
const MS_PER_MEGABYTE = 4000
const MS_PER_MEGAPIXEL = 150
const MOST_MS = 60_000
/** What deflate makes of an empty page in black and white: a file declares more only to keep a decoder busy. */
const MOST_PIXELS_PER_BYTE = 8000
/** Drawings have no pixels before they are drawn; the others are asked for theirs. */
const UNKNOWN_PIXELS = 8_000_000
/** Their libraries hold every pixel several times over. */
const WEIGHTS: Partial<Record<ImageKind, number>> = { heic: 2, bmp: 2, avif: 2 }

/** By the size of the file: a few hundred bytes have two seconds, however many pixels they declare. */
export function measureDemand(
  byteLength: number,
  kind: ImageKind,
  declared: OpenPage['declared'],
): DecodeDemand {
  const pixels = declared ? declared.width * declared.height : UNKNOWN_PIXELS
  const honest = Math.min(pixels, byteLength * MOST_PIXELS_PER_BYTE)
  const limitMs =
    BASE_MS + (MS_PER_MEGABYTE * byteLength) / 1_000_000 + (MS_PER_MEGAPIXEL * honest) / 1_000_000
  return {
    pixels: pixels * (WEIGHTS[kind] ?? 1),
    limitMs: Math.round(Math.min(MOST_MS, limitMs)),
  }
}

/**
 * Decodes a page under watch. Loading a decoder does not count: it is no fault of the picture.
 * @throws ImageError
 */
export async function decodeWatched(
  image: OpenImage,
  page: OpenPage,
  watch: DecodeWatch,
): Promise<DecodedPage> {
  page.check()
  await image.loadDecoder()
  await watch.begin(measureDemand(image.byteLength, image.kind, page.declared))
  try {
    return await page.decode()
  } finally {
    watch.end()
  }
}

/** For the watcher: what becomes of a page whose time is up. */
export function overran(limitMs: number): ImageError {
  return new ImageError('unreadable', `takes longer than ${String(Math.round(limitMs / 1000))} s to decode.`)
}

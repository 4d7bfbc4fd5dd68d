import { losslessCompressPng, Transformer, type PngRowFilter } from '@napi-rs/image'
import type { EncodedImage } from '../../node/images/encode-image.ts'

/**
 * A copy for a way that takes only so many bytes must stay as readable as the original. It is never scaled below these, pixels or
 * share: a page of 40 lines on 1,600 pixels has letters of some 14 pixels' x-height, and a long strip keeps its height.
 */
const MIN_LONG_SIDE = 1600
const MIN_SHORT_SIDE = 1000
const MIN_SCALE = 0.4
/** JPEG below this shows in thin strokes. */
const MIN_QUALITY = 85
const GOOD_QUALITY = 92

/**
 * The best copy of an upright PNG or JPEG within `maxBytes`: the same pixels as a grey or palette PNG where the picture has few colours,
 * else as JPEG, else smaller (only with `mayScale`). Undefined when none is readable enough.
 */
export async function shrinkImage(
  source: Buffer,
  maxBytes: number,
  mayScale: boolean,
): Promise<EncodedImage | undefined> {
  const { width, height, format } = await new Transformer(source).metadata()
  const lossless = format === 'png' ? await asSmallPng(source, maxBytes) : undefined
  if (lossless) return { bytes: lossless, width, height, mime: 'image/png' }
  const jpeg = await new Transformer(source).jpeg(MIN_QUALITY)
  if (jpeg.length <= maxBytes) {
    const better = await new Transformer(source).jpeg(GOOD_QUALITY)
    return { bytes: better.length <= maxBytes ? better : jpeg, width, height, mime: 'image/jpeg' }
  }
  return mayScale ? scaleDown(source, { width, height }, maxBytes, jpeg.length) : undefined
}

type Size = { readonly width: number; readonly height: number }

/** The smallest share of width and height at which a picture counts as readable; 1 when it must not be scaled. */
export function smallestScale({ width, height }: Size): number {
  const long = Math.max(width, height)
  const short = Math.min(width, height)
  return Math.min(1, Math.max(MIN_SCALE, MIN_LONG_SIDE / long, MIN_SHORT_SIDE / short))
}

async function scaleDown(
  source: Buffer,
  size: Size,
  maxBytes: number,
  fullBytes: number,
): Promise<EncodedImage | undefined> {
  const smallest = smallestScale(size)
  // A smaller picture has more bytes a pixel, so the guess is kept a little low.
  let scale = Math.max(smallest, 0.95 * Math.sqrt(maxBytes / fullBytes))
  while (scale < 1) {
    const width = Math.round(size.width * scale)
    const height = Math.round(size.height * scale)
    const bytes = await new Transformer(source).fastResize({ width, height }).jpeg(MIN_QUALITY)
    if (bytes.length <= maxBytes) return { bytes, width, height, mime: 'image/jpeg' }
    if (scale === smallest) return undefined
    scale = Math.max(smallest, scale * 0.9)
  }
  return undefined
}

/** Trying costs seconds: only where grey or a palette promises much, and the goal is near. */
async function asSmallPng(source: Buffer, maxBytes: number): Promise<Buffer | undefined> {
  if (source.length > 4 * maxBytes || !(await hasFewColours(source))) return undefined
  const grey = await losslessCompressPng(source, {
    strip: true,
    filter: FILTERS as unknown as PngRowFilter[],
  })
  return grey.length <= maxBytes ? grey : undefined
}

/** None and Paeth; the enums of @napi-rs/image exist as types only. */
const FILTERS: readonly number[] = [0, 4]
const PALETTE = 256

/** Shades of grey only, or no more colours than a palette holds. */
async function hasFewColours(png: Buffer): Promise<boolean> {
  const transformer = new Transformer(png)
  const { colorType, width, height } = await transformer.metadata()
  const channels = CHANNELS.get(colorType)
  if (channels === undefined) return false
  if (channels < 3) return true
  const pixels = await transformer.rawPixels()
  const colours = new Set<number>()
  let isGrey = true
  for (let at = 0; at < width * height * channels; at += channels) {
    const [red = 0, green = 0, blue = 0] = [pixels[at], pixels[at + 1], pixels[at + 2]]
    isGrey &&= red === green && green === blue
    if (colours.size <= PALETTE) colours.add((red << 16) | (green << 8) | blue)
    if (!isGrey && colours.size > PALETTE) return false
  }
  return true
}

/** By `JsColorType`: grey, grey with alpha, RGB, RGB with alpha, eight bits each. */
const CHANNELS: ReadonlyMap<number, number> = new Map([
  [0, 1],
  [1, 2],
  [2, 3],
  [3, 4],
])

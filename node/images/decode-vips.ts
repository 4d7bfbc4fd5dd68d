import type Vips from 'wasm-vips'
import { ImageError, tooManyPixels, unreadable } from './image-error.ts'
import type { ImageKind } from './image-kind.ts'
import { MAX_DECODED_BYTES, MAX_PIXELS } from './image-limits.ts'
import type { Orientation, StoredPixels } from './pixels.ts'
import { describeSamples } from './tiff-directory.ts'
import { withVips, type VipsLibrary } from './vips.ts'

export type VipsKind = Exclude<ImageKind, 'bmp' | 'heic' | 'svg'>

/** The page of a TIFF, and whether a sample beyond the colours is something else than opacity. */
export type VipsPage = { readonly index: number; readonly isExtraUnknown: boolean }

const FIRST: VipsPage = { index: 0, isExtraUnknown: false }

/**
 * One page of a picture. Whatever the samples are (1 to 16 bits, palette, CMYK, Lab), the answer is eight bits of grey or sRGB, with alpha where
 * the file has it. Of an animation the first frame.
 * @throws ImageError when there are too many pixels, the data is damaged, or the samples are of a kind that is not read.
 */
export function decodeWithVips(bytes: Uint8Array, kind: VipsKind, page = FIRST): Promise<StoredPixels> {
  return withVips(kind === 'avif' ? 'avif' : 'plain', (vips) => {
    const bin: Vips.Image[] = []
    const keep = (image: Vips.Image) => {
      bin.push(image)
      return image
    }
    try {
      return read(() => keep(open(bytes, kind, page, vips)), page, vips, keep)
    } catch (error) {
      // The library throws things of its own.
      throw error instanceof ImageError ? error : unreadable(error)
    } finally {
      for (const image of bin) image.delete()
    }
  })
}

/** `reopen` starts at the first row again: a picture is read once from its top to its foot. */
function read(
  reopen: () => Vips.Image,
  page: VipsPage,
  vips: VipsLibrary,
  keep: (image: Vips.Image) => Vips.Image,
): StoredPixels {
  const source = reopen()
  const { width, height } = source
  refuseStrange(source)
  const isGrey = source.bands < 3
  const lift = LIFTED.has(source.interpretation) ? measureLift(reopen(), keep) : 0
  const full = lift === 0 ? source : keep(source.lshift(lift))
  const colour = isGrey ? keep(full.colourspace('b-w')) : toColours(full, keep)
  const hasAlpha = colour.hasAlpha() && !page.isExtraUnknown
  const bands = isGrey ? (hasAlpha ? 2 : 1) : hasAlpha ? 4 : 3
  if (width * height > MAX_PIXELS || width * height * bands > MAX_DECODED_BYTES)
    throw tooManyPixels(width, height)
  if (colour.format !== 'uchar') {
    throw new ImageError(
      'unsupported',
      'has samples of a kind that is not read (neither 1 to 16 bits nor CMYK).',
    )
  }
  const plain = colour.bands === bands ? colour : keep(colour.extractBand(0, { n: bands }))
  const data = new Uint8Array(width * height * bands)
  writeOut(plain, data, vips)
  const orientation = source.getTypeof('orientation') === 0 ? 1 : source.getInt('orientation')
  return {
    data,
    width,
    height,
    bands,
    orientation: isOrientation(orientation) ? orientation : 1,
    isBrightened: lift > 0,
  }
}

/** The library takes what is beside the colours of a picture in Lab for signed as they are, and so what is opaque for transparent. */
function toColours(image: Vips.Image, keep: (image: Vips.Image) => Vips.Image): Vips.Image {
  if (image.interpretation !== 'labs' || !image.hasAlpha()) return keep(image.colourspace('srgb'))
  const colours = keep(keep(image.extractBand(0, { n: 3 })).colourspace('srgb'))
  const opacity = keep(keep(image.extractBand(3)).cast('int')).and(0xffff)
  return keep(colours.bandjoin(keep(keep(keep(opacity).rshift(8)).cast('uchar'))))
}

const LIFTED: ReadonlySet<string> = new Set(['grey16', 'rgb16'])
/** Samples of fewer bits than these are not written as 16. */
const FEWEST_BITS = 8

/** Bits that no sample uses: scanners and microscopes write 10, 12 or 14 of 16, and the file seldom says so. */
function measureLift(source: Vips.Image, keep: (image: Vips.Image) => Vips.Image): number {
  const colours = source.hasAlpha() ? keep(source.extractBand(0, { n: source.bands - 1 })) : source
  const used = Math.max(FEWEST_BITS, Math.ceil(Math.log2(colours.max() + 1)))
  return 16 - used
}

/** Samples that are neither whole numbers of 8 or 16 bits nor a colour in Lab: what is black and white in them nobody tells. */
const STRANGE_FORMATS: ReadonlyMap<string, readonly [string, number]> = new Map([
  ['char', ['signed whole numbers', 8]],
  ['short', ['signed whole numbers', 16]],
  ['uint', ['whole numbers', 32]],
  ['int', ['signed whole numbers', 32]],
  ['float', ['floating-point numbers', 32]],
  ['double', ['floating-point numbers', 64]],
])

/** The 64-bit kind of TIFF, whose directory is not read here, is refused for the same reasons as the usual one. */
function refuseStrange({ format, interpretation }: Vips.Image): void {
  const strange = STRANGE_FORMATS.get(format)
  if (strange && !interpretation.startsWith('lab'))
    throw new ImageError('unsupported', describeSamples(...strange))
}

/** Row by row as they are decoded, so that no picture stands in the library's memory as a whole. */
function writeOut(image: Vips.Image, into: Uint8Array, vips: VipsLibrary): void {
  const target = new vips.TargetCustom()
  // The library keeps the function for ever, which must not keep the pixels.
  let rest: Uint8Array | undefined = into
  target.onWrite = (rows) => {
    rest?.set(rows)
    rest = rest?.subarray(rows.length)
    return rows.length
  }
  try {
    image.rawsaveTarget(target)
  } finally {
    target.delete()
    rest = undefined
  }
}

/** Half a picture would be read as a whole one. */
const OPTIONS = { access: 'sequential', fail_on: 'error' } as const

function open(bytes: Uint8Array, kind: VipsKind, page: VipsPage, vips: VipsLibrary): Vips.Image {
  switch (kind) {
    case 'png':
      return vips.Image.pngloadBuffer(bytes, OPTIONS)
    case 'jpeg':
      return vips.Image.jpegloadBuffer(bytes, OPTIONS)
    case 'webp':
      return vips.Image.webploadBuffer(bytes, OPTIONS)
    case 'gif':
      return vips.Image.gifloadBuffer(bytes, OPTIONS)
    case 'tiff':
      return vips.Image.tiffloadBuffer(bytes, { ...OPTIONS, page: page.index })
    case 'avif':
      return vips.Image.heifloadBuffer(bytes, OPTIONS)
  }
}

function isOrientation(value: number): value is Orientation {
  return Number.isInteger(value) && value >= 1 && value <= 8
}

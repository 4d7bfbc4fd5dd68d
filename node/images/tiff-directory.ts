import { MAX_PAGES } from './image-limits.ts'

/** A page of a TIFF by its directory; `index` counts all directories of the file. */
export type TiffPage = {
  readonly index: number
  readonly width: number
  readonly height: number
  /** The number of the way its pixels are packed; absent where it does not say. */
  readonly compression: number | undefined
  /** Bits of a sample; absent where it does not say, which means one. */
  readonly bits: number | undefined
  /** The number of what samples are: 1 whole numbers, 2 signed ones, 3 with a floating point. */
  readonly format: number | undefined
  /** The number of what colours are told in. */
  readonly photometric: number | undefined
}

const SUBFILE = 254
const WIDTH = 256
const HEIGHT = 257
const BITS = 258
const COMPRESSION = 259
const PHOTOMETRIC = 262
const FORMAT = 339
const ASKED: ReadonlySet<number> = new Set([SUBFILE, WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC, FORMAT])
const SHORT = 3
/** More entries than any writer makes in one directory. */
const MAX_ENTRIES = 4096

/**
 * The pages of a TIFF, in file order, without the reduced copies that cameras and scanners put beside a page. Directories may follow each other
 * in a ring: each place is read once, and no more than a book of them. Empty for broken ones and for the 64-bit kind.
 */
export function readTiffPages(bytes: Uint8Array): TiffPage[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const pages: TiffPage[] = []
  const seen = new Set<number>()
  try {
    const isLittle = view.getUint8(0) === 0x49
    if (view.getUint16(2, isLittle) !== 42) return []
    let at = view.getUint32(4, isLittle)
    for (let index = 0; at !== 0 && !seen.has(at) && seen.size < 2 * MAX_PAGES; index += 1) {
      seen.add(at)
      const count = view.getUint16(at, isLittle)
      if (count > MAX_ENTRIES) break
      const tags = readTags(view, at + 2, count, isLittle)
      const [width = 0, height = 0] = [tags.get(WIDTH), tags.get(HEIGHT)]
      const isReduced = ((tags.get(SUBFILE) ?? 0) & 1) === 1
      if (width > 0 && height > 0 && !isReduced)
        pages.push({
          index,
          width,
          height,
          compression: tags.get(COMPRESSION),
          bits: tags.get(BITS),
          format: tags.get(FORMAT),
          photometric: tags.get(PHOTOMETRIC),
        })
      at = view.getUint32(at + 2 + 12 * count, isLittle)
    }
  } catch {
    // The file ends inside of a directory: what was read before it counts.
  }
  return pages.slice(0, MAX_PAGES)
}

/** The first values of the few tags that are asked for. */
function readTags(view: DataView, from: number, count: number, isLittle: boolean): Map<number, number> {
  const tags = new Map<number, number>()
  for (let at = from; at < from + 12 * count; at += 12) {
    const tag = view.getUint16(at, isLittle)
    if (!ASKED.has(tag)) continue
    const isShort = view.getUint16(at + 2, isLittle) === SHORT
    const isElsewhere = isShort && view.getUint32(at + 4, isLittle) > 2
    const place = isElsewhere ? view.getUint32(at + 8, isLittle) : at + 8
    tags.set(tag, isShort ? view.getUint16(place, isLittle) : view.getUint32(place, isLittle))
  }
  return tags
}

/** Ways to pack pixels that no decoder here undoes, by their numbers. */
const UNREAD: ReadonlyMap<number, string> = new Map([
  [33003, 'JPEG 2000'],
  [33005, 'JPEG 2000'],
  [34661, 'JBIG'],
  [34712, 'JPEG 2000'],
  [34887, 'LERC'],
  [34892, 'lossy JPEG of a raw photograph'],
  [34925, 'LZMA'],
  [50000, 'Zstandard'],
  [52546, 'JPEG XL'],
])

/** Colours that not every picture in them can be read, by their numbers. */
const RARE_COLOURS: ReadonlyMap<number, string> = new Map([
  [8, 'CIELab'],
  [10, 'ITU Lab'],
])

/** What samples are that are no whole numbers from 0 on, by their numbers. */
const STRANGE_SAMPLES: ReadonlyMap<number, string> = new Map([
  [2, 'signed whole numbers'],
  [3, 'floating-point numbers'],
  [5, 'complex numbers'],
  [6, 'complex numbers'],
])
const READ_BITS: ReadonlySet<number> = new Set([1, 2, 4, 8, 16])

/**
 * Why a page is not read that is not damaged, to go on after its file's name. `whenFailed` is worth saying only after decoding failed,
 * `always` is something that decoders would show wrongly: what is black and white in it the file does not tell.
 */
export function describeUnread({
  compression,
  bits = 1,
  format = 1,
  photometric = 1,
}: Pick<TiffPage, 'compression' | 'bits' | 'format' | 'photometric'>): {
  readonly always?: string
  readonly whenFailed?: string
} {
  const samples = STRANGE_SAMPLES.get(format)
  if (samples !== undefined || !READ_BITS.has(bits))
    return { always: describeSamples(samples ?? 'whole numbers', bits) }
  const name = compression === undefined ? undefined : UNREAD.get(compression)
  const colours = RARE_COLOURS.get(photometric)
  if (name === undefined && colours !== undefined)
    return { whenFailed: `is a TIFF in ${colours} that is not read here. Save it in RGB and add that.` }
  return name === undefined
    ? {}
    : { whenFailed: `is a TIFF packed with ${name}, which is not read here. Save it as PNG and add that.` }
}

/** @param samples what they are, in the plural */
export function describeSamples(samples: string, bits: number): string {
  return `is a TIFF whose samples are ${samples} of ${String(bits)} bits, which are not read here. Save it with 8 or 16 bits a channel and add that.`
}

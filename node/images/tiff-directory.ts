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
  /** What the first sample beyond the colours is: 0 anything, 1 and 2 opacity. */
  readonly extra: number | undefined
}

const SUBFILE = 254
const WIDTH = 256
const HEIGHT = 257
const BITS = 258
const COMPRESSION = 259
const PHOTOMETRIC = 262
const EXTRA = 338
const FORMAT = 339
const ASKED: ReadonlySet<number> = new Set([
  SUBFILE,
  WIDTH,
  HEIGHT,
  BITS,
  COMPRESSION,
  PHOTOMETRIC,
  EXTRA,
  FORMAT,
])
const SHORT = 3
/** More entries than any writer makes in one directory. */
const MAX_ENTRIES = 4096

/** Where the numbers of a directory stand: the usual kind counts in four bytes, BigTIFF in eight. */
type TiffLayout = {
  readonly isLittle: boolean
  readonly isBig: boolean
}

/**
 * The pages of a TIFF, in file order, without the reduced copies that cameras and scanners put beside a page. Directories may follow each other
 * in a ring: each place is read once, and no more than a book of them. Empty for broken ones.
 */
export function readTiffPages(bytes: Uint8Array): TiffPage[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const pages: TiffPage[] = []
  const seen = new Set<number>()
  try {
    const isLittle = view.getUint8(0) === 0x49
    const layout = { isLittle, isBig: view.getUint16(2, isLittle) === 43 }
    let at = readPlace(view, layout.isBig ? 8 : 4, layout)
    for (let index = 0; at !== 0 && !seen.has(at) && seen.size < 2 * MAX_PAGES; index += 1) {
      seen.add(at)
      const count = layout.isBig ? readPlace(view, at, layout) : view.getUint16(at, isLittle)
      if (count > MAX_ENTRIES) break
      const from = at + (layout.isBig ? 8 : 2)
      const tags = readTags(view, from, count, layout)
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
          extra: tags.get(EXTRA),
        })
      at = readPlace(view, from + entryBytes(layout) * count, layout)
    }
  } catch {
    // The file ends inside of a directory: what was read before it counts.
  }
  return pages.slice(0, MAX_PAGES)
}

const entryBytes = ({ isBig }: TiffLayout) => (isBig ? 20 : 12)

/** A place or a count; no file is so long that a number could not hold it. */
const readPlace = (view: DataView, at: number, { isLittle, isBig }: TiffLayout) =>
  isBig ? Number(view.getBigUint64(at, isLittle)) : view.getUint32(at, isLittle)

/** The first values of the few tags that are asked for. */
function readTags(view: DataView, from: number, count: number, layout: TiffLayout): Map<number, number> {
  const { isLittle, isBig } = layout
  const tags = new Map<number, number>()
  for (let entry = 0; entry < count; entry += 1) {
    const at = from + entryBytes(layout) * entry
    const tag = view.getUint16(at, isLittle)
    if (!ASKED.has(tag)) continue
    const isShort = view.getUint16(at + 2, isLittle) === SHORT
    const value = at + (isBig ? 12 : 8)
    const isElsewhere = isShort && readPlace(view, at + 4, layout) > (isBig ? 4 : 2)
    const place = isElsewhere ? readPlace(view, value, layout) : value
    tags.set(tag, isShort ? view.getUint16(place, isLittle) : view.getUint32(place, isLittle))
  }
  return tags
}

/** Ways to pack pixels that are undone: none, fax, LZW, JPEG, deflate and PackBits. */
const READ_PACKINGS: ReadonlySet<number> = new Set([1, 2, 3, 4, 5, 7, 8, 32773, 32946])

/** The names of others. */
const UNREAD: ReadonlyMap<number, string> = new Map([
  [6, 'JPEG of the old kind'],
  [33003, 'JPEG 2000'],
  [33005, 'JPEG 2000'],
  [34661, 'JBIG'],
  [34712, 'JPEG 2000'],
  [34887, 'LERC'],
  [34892, 'lossy JPEG of a raw photograph'],
  [34925, 'LZMA'],
  [50000, 'Zstandard'],
  [50001, 'WebP'],
  [50002, 'JPEG XL'],
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
  compression = 1,
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
  const name = READ_PACKINGS.has(compression) ? undefined : namePacking(compression)
  const colours = RARE_COLOURS.get(photometric)
  if (name === undefined && colours !== undefined)
    return { whenFailed: `is a TIFF in ${colours} that is not read here. Save it in RGB and add that.` }
  return name === undefined
    ? {}
    : { whenFailed: `is a TIFF packed with ${name}, which is not read here. Save it as PNG and add that.` }
}

const namePacking = (compression: number) => UNREAD.get(compression) ?? `method ${String(compression)}`

/** @param samples what they are, in the plural */
export function describeSamples(samples: string, bits: number): string {
  return `is a TIFF whose samples are ${samples} of ${String(bits)} bits, which are not read here. Save it with 8 or 16 bits a channel and add that.`
}

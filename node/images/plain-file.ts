/** More than any screen and most cameras give; decoded, four bands of it take 64 MB. */
const MOST_PIXELS = 16_000_000

/**
 * How many bands the pixels of a plain file have: PNG of eight bits, neither interlaced nor with an orientation or a transparent colour; JPEG of one or
 * three components without EXIF or Adobe's marker. Both whole to their last mark, and not too large. Undefined for every other file, which takes the
 * library that knows all kinds.
 */
export function plainBands(bytes: Uint8Array, kind: string): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (kind === 'png') return plainPng(view)
  return kind === 'jpeg' ? plainJpeg(view) : undefined
}

const PNG_BANDS: ReadonlyMap<number, number> = new Map([
  [0, 1],
  [2, 3],
  [6, 4],
])
const IHDR = 0x49484452
const IEND = 0x49454e44
/** Colour tables, transparent colours, orientation and animation. */
const SPECIAL_CHUNKS: ReadonlySet<number> = new Set([0x504c5445, 0x74524e53, 0x65584966, 0x6163544c])

function plainPng(view: DataView): number | undefined {
  if (view.byteLength < 57 || view.getUint32(12) !== IHDR) return undefined
  const isSmall = view.getUint32(16) * view.getUint32(20) <= MOST_PIXELS
  const [depth, colours, interlace] = [view.getUint8(24), view.getUint8(25), view.getUint8(28)]
  if (!isSmall || depth !== 8 || interlace !== 0) return undefined
  for (let at = 8; at + 12 <= view.byteLength; at += 12 + view.getUint32(at)) {
    const type = view.getUint32(at + 4)
    if (SPECIAL_CHUNKS.has(type)) return undefined
    if (type === IEND) return PNG_BANDS.get(colours)
  }
  return undefined
}

/** Frames of Huffman-coded sequential and progressive pictures of eight bits. */
const FRAMES: ReadonlySet<number> = new Set([0xc0, 0xc1, 0xc2])
const [EXIF, ADOBE, SCAN] = [0xe1, 0xee, 0xda]

function plainJpeg(view: DataView): number | undefined {
  const { byteLength } = view
  if (byteLength < 4 || view.getUint16(byteLength - 2) !== 0xffd9) return undefined
  let bands: number | undefined
  for (let at = 2; at + 9 < byteLength && view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint8(at + 1)
    if (marker === EXIF || marker === ADOBE) return undefined
    if (marker === SCAN) return bands
    if (!FRAMES.has(marker)) continue
    const isSmall = view.getUint16(at + 5) * view.getUint16(at + 7) <= MOST_PIXELS
    const components = view.getUint8(at + 9)
    if (!isSmall || view.getUint8(at + 4) !== 8 || (components !== 1 && components !== 3)) return undefined
    bands = components
  }
  return undefined
}

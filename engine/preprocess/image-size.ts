/** The kinds of picture that bytes can hold; `svg`, `pdf` and `heic` are known only to be refused by name. */
export type ImageKind = 'png' | 'jpeg' | 'webp' | 'bmp' | 'avif' | 'gif' | 'tiff' | 'svg' | 'pdf' | 'heic'

/** Tells the kind by the first bytes; names and declared types are not trusted. */
export function detectKind(bytes: Uint8Array): ImageKind | undefined {
  const text = (from: number, length: number) => String.fromCharCode(...bytes.subarray(from, from + length))
  if (bytes[0] === 0x89 && text(1, 3) === 'PNG') return 'png'
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return 'jpeg'
  if (text(0, 4) === 'RIFF' && text(8, 4) === 'WEBP') return 'webp'
  if (text(0, 3) === 'GIF') return 'gif'
  if (text(0, 2) === 'BM') return 'bmp'
  if (text(0, 4) === 'II*\0' || text(0, 4) === 'MM\0*') return 'tiff'
  if (text(4, 4) === 'ftyp') return detectFamily(text(8, 24))
  if (text(0, 5) === '%PDF-') return 'pdf'
  const start = text(0, 400).trimStart().toLowerCase()
  return start.startsWith('<svg') || (start.startsWith('<?xml') && start.includes('<svg')) ? 'svg' : undefined
}

function detectFamily(brands: string): ImageKind | undefined {
  if (brands.includes('avif') || brands.includes('avis')) return 'avif'
  return /heic|heix|hevc|mif1|msf1/.test(brands) ? 'heic' : undefined
}

/**
 * Width and height as the header declares them, without decoding; `undefined` where that takes more than a glance (TIFF, AVIF).
 * A few bytes can declare a picture of gigabytes, so this is asked first.
 */
export function readDeclaredSize(
  bytes: Uint8Array,
  kind: ImageKind,
): { width: number; height: number } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    switch (kind) {
      case 'png':
        return { width: view.getUint32(16), height: view.getUint32(20) }
      case 'gif':
        return { width: view.getUint16(6, true), height: view.getUint16(8, true) }
      case 'bmp':
        return { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) }
      case 'jpeg':
        return readJpegSize(view)
      case 'webp':
        return readWebpSize(view)
      default:
        return undefined
    }
  } catch {
    // The header is shorter than its kind promises; the decoder will say so.
    return undefined
  }
}

function readJpegSize(view: DataView): { width: number; height: number } | undefined {
  let at = 2
  while (at + 9 < view.byteLength) {
    if (view.getUint8(at) !== 0xff) {
      at += 1
      continue
    }
    const marker = view.getUint8(at + 1)
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    const hasNoLength = marker === 0xff || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)
    at += marker === 0xff ? 1 : hasNoLength ? 2 : 2 + view.getUint16(at + 2)
  }
  return undefined
}

function readWebpSize(view: DataView): { width: number; height: number } | undefined {
  const chunk = view.getUint8(15)
  if (chunk === 0x58) {
    return {
      width: 1 + (view.getUint32(24, true) & 0xffffff),
      height: 1 + (view.getUint32(27, true) & 0xffffff),
    }
  }
  if (chunk === 0x4c) {
    const bits = view.getUint32(21, true)
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) }
  }
  return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
}

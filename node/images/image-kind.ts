/** The kinds of picture that are read, each with the usual endings of its files' names. */
const ENDINGS = {
  png: ['png'],
  jpeg: ['jpg', 'jpeg'],
  webp: ['webp'],
  gif: ['gif'],
  bmp: ['bmp'],
  tiff: ['tif', 'tiff'],
  avif: ['avif'],
  heic: ['heic', 'heif'],
  svg: ['svg'],
} as const
export type ImageKind = keyof typeof ENDINGS

export const imageEndings: readonly string[] = Object.values(ENDINGS).flat()

const latin = (bytes: Uint8Array, from: number, to: number) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', from, to)

/** Tells the kind by the first bytes; names and declared types are not trusted. */
export function detectKind(bytes: Uint8Array): ImageKind | undefined {
  const start = latin(bytes, 0, 4)
  if (start === '\u0089PNG') return 'png'
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return 'jpeg'
  if (start === 'RIFF' && latin(bytes, 8, 12) === 'WEBP') return 'webp'
  if (start.startsWith('GIF')) return 'gif'
  if (start.startsWith('BM')) return 'bmp'
  if (/^(II[*+]\0|MM\0[*+])$/.test(start)) return 'tiff'
  if (latin(bytes, 4, 8) === 'ftyp') return detectFamily(latin(bytes, 8, 32))
  return isSvg(bytes) ? 'svg' : undefined
}

function detectFamily(brands: string): ImageKind | undefined {
  if (/avif|avis/.test(brands)) return 'avif'
  return /heic|heix|heim|heis|hevc|hevx|mif1|msf1/.test(brands) ? 'heic' : undefined
}

/** A declaration, comments and a document type may stand before the root element. */
function isSvg(bytes: Uint8Array): boolean {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf16le' : 'utf8'
  const text = Buffer.from(bytes.subarray(0, 4096))
    .toString(encoding)
    .replace(/^\uFEFF/, '')
    .trimStart()
  return /^(<\?xml|<!--|<!doctype\s+svg|<svg|<[\w-]+:svg)/i.test(text) && /<([\w-]+:)?svg[\s>]/i.test(text)
}

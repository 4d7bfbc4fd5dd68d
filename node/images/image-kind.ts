/** The kinds of picture that are read. */
export type ImageKind = 'png' | 'jpeg' | 'webp' | 'bmp' | 'avif' | 'gif' | 'tiff' | 'svg' | 'heic'

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

const FOREIGN: readonly (readonly [RegExp, string])[] = [
  [/^%pdf-/, 'is a PDF. Save the formula as an image and add that.'],
  [/^<(!doctype html|html)/, 'is a web page, not an image.'],
  [/^(\u00ff\n|\0\0\0\fjxl )/, 'is a JPEG XL image. Save it as PNG and add that.'],
  [/^(\u00ffo\u00ffq|\0\0\0\fjp {2})/, 'is a JPEG 2000 image. Save it as PNG and add that.'],
  [/^8bps/, 'is a Photoshop document. Export it as PNG and add that.'],
]

/** What bytes that hold no picture of ours are, to go on after their name. */
export function describeForeign(bytes: Uint8Array): string {
  const start = latin(bytes, 0, 2048)
    .replace(/^[\s\uFEFF]+(?=<)/, '')
    .toLowerCase()
  return FOREIGN.find(([pattern]) => pattern.test(start))?.[1] ?? 'is not a supported image.'
}

import { fileTypeFromBuffer } from 'file-type'
import type { AppError } from '../../shared/errors.ts'

type ImageError = Extract<AppError, { kind: 'image' }>

const READABLE: ReadonlySet<string> = new Set([
  'image/png',
  'image/apng',
  'image/jpeg',
  'image/webp',
  'image/gif',
  'image/bmp',
  'image/tiff',
  'image/avif',
])

/** The MIME type by the leading bytes, whatever the name says; or why the file is not for us. */
export async function sniffType(
  bytes: Buffer,
  name: string,
): Promise<{ mime: string } | { error: ImageError }> {
  if (bytes.length === 0) return { error: imageError('empty', `“${name}” is empty.`) }
  const type = await fileTypeFromBuffer(bytes)
  if (type && READABLE.has(type.mime)) return { mime: type.mime }
  return { error: imageError('unsupported', `“${name}” ${describeOther(type?.mime, bytes)}`) }
}

export function imageError(reason: ImageError['reason'], message: string): ImageError {
  return { kind: 'image', reason, message }
}

function describeOther(mime: string | undefined, bytes: Buffer): string {
  const start = bytes.subarray(0, 2048).toString('latin1').trimStart().toLowerCase()
  if (start.includes('<svg')) return 'is an SVG drawing. Export it as PNG and add that.'
  if (mime === 'application/pdf') return 'is a PDF. Save the formula as an image and add that.'
  if (mime === 'image/heic' || mime === 'image/heif')
    return 'is a HEIC photo. Convert it to JPEG and add that.'
  if (/^<(!doctype html|html)/.test(start)) return 'is a web page, not an image.'
  if (mime?.startsWith('image/')) return `is an image of a kind that cannot be read here (${mime.slice(6)}).`
  return 'is not a supported image.'
}

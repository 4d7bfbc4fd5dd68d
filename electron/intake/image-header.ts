/**
 * What the first bytes of an image say of itself, read without decoding: an image is refused for its size
 * before memory is spent.
 */

export type ImageSize = {
  readonly width: number
  readonly height: number
}

/** Pixels of a PNG, JPEG, GIF or BMP by its header; undefined for other kinds and broken headers. */
export function readImageSize(bytes: Buffer, mime: string): ImageSize | undefined {
  try {
    if (mime === 'image/png' || mime === 'image/apng')
      return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
    if (mime === 'image/gif') return { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }
    if (mime === 'image/bmp')
      return { width: Math.abs(bytes.readInt32LE(18)), height: Math.abs(bytes.readInt32LE(22)) }
    if (mime === 'image/jpeg') return readJpegFrame(bytes)
  } catch {
    return undefined
  }
  return undefined
}

/** The frame header of a JPEG; four components mean CMYK, which not every reader knows. */
export function readJpegFrame(bytes: Buffer): (ImageSize & { readonly components: number }) | undefined {
  let at = 2
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) return undefined
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) {
      return {
        height: bytes.readUInt16BE(at + 5),
        width: bytes.readUInt16BE(at + 7),
        components: bytes[at + 9] ?? 0,
      }
    }
    const hasNoLength = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)
    at += hasNoLength ? 2 : 2 + bytes.readUInt16BE(at + 2)
  }
  return undefined
}

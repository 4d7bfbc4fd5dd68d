import type { ImageKind } from './image-kind.ts'
import { readTiffPages } from './tiff-directory.ts'

export type ImageSize = { readonly width: number; readonly height: number }

/**
 * Width and height as the header declares them, without decoding; `undefined` where the header is broken or says nothing of pixels (SVG).
 * A few bytes can declare a picture of gigabytes, so this is asked first.
 */
export function readDeclaredSize(bytes: Uint8Array, kind: ImageKind): ImageSize | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    switch (kind) {
      case 'png':
        return { width: view.getUint32(16), height: view.getUint32(20) }
      case 'gif':
        return { width: view.getUint16(6, true), height: view.getUint16(8, true) }
      case 'bmp':
        return readBmpSize(view)
      case 'jpeg':
        return readJpegFrame(bytes)
      case 'webp':
        return readWebpSize(view)
      case 'tiff':
        return readTiffPages(bytes)[0]
      case 'avif':
      case 'heic':
        return readSpatialExtents(bytes)
      case 'svg':
        return undefined
    }
  } catch {
    // The header is shorter than its kind promises; the decoder will say so.
    return undefined
  }
}

/** The head of OS/2, whose sides have two bytes each. */
const OS2_HEAD_BYTES = 12

function readBmpSize(view: DataView): ImageSize {
  if (view.getUint32(14, true) === OS2_HEAD_BYTES)
    return { width: view.getUint16(18, true), height: view.getUint16(20, true) }
  return { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) }
}

/** The frame of JPEG-LS, another way to pack pictures that begins like JPEG. */
const LS = 0xf7

export type JpegFrame = ImageSize & {
  readonly components: number
  /** Bits of a sample. */
  readonly precision: number
  /** The marker's last byte, which says how the picture is packed. */
  readonly packing: number
}

/** The frame header of a JPEG; four components mean CMYK, which not every reader knows. */
export function readJpegFrame(bytes: Uint8Array): JpegFrame | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 2
  while (at + 9 < view.byteLength) {
    if (view.getUint8(at) !== 0xff) {
      at += 1
      continue
    }
    const marker = view.getUint8(at + 1)
    const isFrame =
      (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) || marker === LS
    if (isFrame) {
      return {
        width: view.getUint16(at + 7),
        height: view.getUint16(at + 5),
        components: view.getUint8(at + 9),
        precision: view.getUint8(at + 4),
        packing: marker,
      }
    }
    const hasNoLength = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)
    at += marker === 0xff ? 1 : hasNoLength ? 2 : 2 + view.getUint16(at + 2)
  }
  return undefined
}

function readWebpSize(view: DataView): ImageSize {
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

/** The largest `ispe` property of the first boxes: tiles and thumbnails are smaller than the picture that they belong to. */
function readSpatialExtents(bytes: Uint8Array): ImageSize | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 1 << 20))
  let largest: ImageSize | undefined
  for (let at = head.indexOf('ispe'); at >= 0 && at + 16 <= head.length; at = head.indexOf('ispe', at + 4)) {
    const size = { width: head.readUInt32BE(at + 8), height: head.readUInt32BE(at + 12) }
    if (!largest || size.width * size.height > largest.width * largest.height) largest = size
  }
  return largest
}

import { randomFillSync } from 'node:crypto'
import { crc32, deflateSync } from 'node:zlib'

/** Pixels a side: of such a picture no readable copy fits into a data URI. */
export const TOO_LARGE = 1010
/** Pixels a side: such a picture fits into a data URI only as a JPEG. */
export const LARGE = 900

/** A square picture that does not compress, so nothing tries to; `side` in pixels, each of three random bytes. */
export function noisePng(side: number): Uint8Array<ArrayBuffer> {
  const rowBytes = 1 + side * 3
  const rows = randomFillSync(Buffer.alloc(side * rowBytes))
  for (let filter = 0; filter < rows.length; filter += rowBytes) rows[filter] = 0
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header.set([8, 2, 0, 0, 0], 8)
  return Uint8Array.from(
    Buffer.concat([
      Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'),
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(rows, { level: 0 })),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  )
}

function chunk(type: string, data: Buffer): Buffer {
  const frame = Buffer.alloc(data.length + 12)
  frame.writeUInt32BE(data.length, 0)
  frame.write(type, 4, 'latin1')
  data.copy(frame, 8)
  frame.writeUInt32BE(crc32(frame.subarray(4, data.length + 8)), data.length + 8)
  return frame
}

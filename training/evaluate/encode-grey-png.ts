import { Transformer } from '@napi-rs/image'

/** A page drawn by poppler (binary PGM, 8 bits), cropped to its ink with `margin` pixels around it, as PNG bytes. */
export async function encodeGreyPng(pgm: Buffer, margin: number): Promise<Buffer> {
  const { width, height, data } = readPgm(pgm)
  const isInk = (x: number, y: number) => (data[y * width + x] ?? 255) < 200
  const columns = Array.from({ length: width }, (_, x) => x)
  const rows = Array.from({ length: height }, (_, y) => y)
  const usedRows = rows.filter((y) => columns.some((x) => isInk(x, y)))
  const usedColumns = columns.filter((x) => usedRows.some((y) => isInk(x, y)))
  const left = Math.max(0, (usedColumns[0] ?? 0) - margin)
  const top = Math.max(0, (usedRows[0] ?? 0) - margin)
  const right = Math.min(width, (usedColumns.at(-1) ?? 0) + 1 + margin)
  const bottom = Math.min(height, (usedRows.at(-1) ?? 0) + 1 + margin)
  const rgba = Buffer.alloc((right - left) * (bottom - top) * 4, 255)
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) {
      const at = 4 * ((y - top) * (right - left) + x - left)
      rgba.fill(data[y * width + x] ?? 255, at, at + 3)
    }
  }
  return Transformer.fromRgbaPixels(rgba, right - left, bottom - top).png()
}

function readPgm(pgm: Buffer): { width: number; height: number; data: Buffer } {
  const header = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(pgm.toString('latin1', 0, 64))
  if (!header) throw new Error('Not a binary PGM of 8 bits')
  return { width: Number(header[1]), height: Number(header[2]), data: pgm.subarray(header[0].length) }
}

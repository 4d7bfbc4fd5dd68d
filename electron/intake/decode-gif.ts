/**
 * The first frame of a GIF. Own code because the canvas library, the only one here that reads GIF, ends the
 * whole process on a damaged one. Format: GIF89a specification (W3C). A file that is cut off gives the rows
 * that are there.
 */
export type GifFrame = { readonly width: number; readonly height: number; readonly rgba: Uint8Array }

const IMAGE = 0x2c
const EXTENSION = 0x21
const GRAPHIC_CONTROL = 0xf9
const MAX_CODES = 4096

/** Throws a RangeError on bytes that hold no frame. */
export function decodeFirstFrame(bytes: Buffer): GifFrame {
  const width = bytes.readUInt16LE(6)
  const height = bytes.readUInt16LE(8)
  const flags = bytes.readUInt8(10)
  let at = 13
  let palette: Buffer | undefined
  if (flags & 0x80) {
    const size = 3 * 2 ** ((flags & 7) + 1)
    palette = bytes.subarray(at, at + size)
    at += size
  }
  let transparent = -1
  for (;;) {
    const block = bytes.readUInt8(at)
    if (block === EXTENSION) {
      if (bytes.readUInt8(at + 1) === GRAPHIC_CONTROL && bytes.readUInt8(at + 3) & 1)
        transparent = bytes.readUInt8(at + 6)
      at = skipSubBlocks(bytes, at + 2)
    } else if (block === IMAGE) {
      return readFrame(bytes, at, { width, height, palette, transparent })
    } else {
      throw new RangeError('no image in this GIF')
    }
  }
}

type Screen = {
  readonly width: number
  readonly height: number
  readonly palette: Buffer | undefined
  readonly transparent: number
}

function readFrame(bytes: Buffer, start: number, screen: Screen): GifFrame {
  const left = bytes.readUInt16LE(start + 1)
  const top = bytes.readUInt16LE(start + 3)
  const width = bytes.readUInt16LE(start + 5)
  const height = bytes.readUInt16LE(start + 7)
  const flags = bytes.readUInt8(start + 9)
  let at = start + 10
  let { palette } = screen
  if (flags & 0x80) {
    const size = 3 * 2 ** ((flags & 7) + 1)
    palette = bytes.subarray(at, at + size)
    at += size
  }
  if (!palette) throw new RangeError('no colours in this GIF')
  const indices = decodeLzw(readSubBlocks(bytes, at + 1), bytes.readUInt8(at), width * height)
  const rgba = new Uint8Array(screen.width * screen.height * 4)
  const rows = flags & 0x40 ? interlacedRows(height) : undefined
  indices.forEach((index, position) => {
    const row = Math.floor(position / width)
    const x = left + (position % width)
    const y = top + (rows ? (rows[row] ?? 0) : row)
    if (index === screen.transparent || x >= screen.width || y >= screen.height) return
    const target = (y * screen.width + x) * 4
    for (let channel = 0; channel < 3; channel += 1)
      rgba[target + channel] = palette[index * 3 + channel] ?? 0
    rgba[target + 3] = 255
  })
  return { width: screen.width, height: screen.height, rgba }
}

/**
 * Variable-width codes, at most 12 bits, lowest bit first. Stops at the end code, at the end of the data or
 * at a code that cannot be.
 */
function decodeLzw(data: Buffer, minimum: number, length: number): Uint8Array {
  if (minimum < 1 || minimum > 8) throw new RangeError('bad code size in this GIF')
  const clear = 1 << minimum
  const prefix = new Uint16Array(MAX_CODES)
  const suffix = new Uint8Array(MAX_CODES)
  const first = new Uint8Array(MAX_CODES)
  for (let code = 0; code < clear; code += 1) {
    suffix[code] = code
    first[code] = code
  }
  const output = new Uint8Array(length)
  const stack = new Uint8Array(MAX_CODES)
  let written = 0
  let next = clear + 2
  let width = minimum + 1
  let previous = -1
  let bits = 0
  let bitCount = 0
  for (let at = 0; at < data.length && written < length;) {
    while (bitCount < width && at < data.length) {
      bits |= (data[at] ?? 0) << bitCount
      bitCount += 8
      at += 1
    }
    if (bitCount < width) break
    for (; bitCount >= width && written < length;) {
      const code = bits & ((1 << width) - 1)
      bits >>>= width
      bitCount -= width
      if (code === clear) {
        next = clear + 2
        width = minimum + 1
        previous = -1
        continue
      }
      if (code === clear + 1 || code > next || (previous < 0 && code >= clear)) return output
      let depth = 0
      let walk = code
      if (code === next) {
        stack[depth] = first[previous] ?? 0
        depth += 1
        walk = previous
      }
      for (; walk >= clear + 2; walk = prefix[walk] ?? 0) {
        stack[depth] = suffix[walk] ?? 0
        depth += 1
      }
      const head = suffix[walk] ?? 0
      stack[depth] = head
      for (; depth >= 0 && written < length; depth -= 1, written += 1) output[written] = stack[depth] ?? 0
      if (previous >= 0 && next < MAX_CODES) {
        prefix[next] = previous
        suffix[next] = head
        first[next] = first[previous] ?? 0
        next += 1
        if (next === 1 << width && width < 12) width += 1
      }
      previous = code
    }
  }
  return output
}

function interlacedRows(height: number): number[] {
  const passes = [
    [0, 8],
    [4, 8],
    [2, 4],
    [1, 2],
  ] as const
  return passes.flatMap(([start, step]) => {
    const rows: number[] = []
    for (let row = start; row < height; row += step) rows.push(row)
    return rows
  })
}

function readSubBlocks(bytes: Buffer, start: number): Buffer {
  const parts: Buffer[] = []
  for (let at = start; at < bytes.length;) {
    const size = bytes[at] ?? 0
    if (size === 0) break
    parts.push(bytes.subarray(at + 1, at + 1 + size))
    at += 1 + size
  }
  return Buffer.concat(parts)
}

function skipSubBlocks(bytes: Buffer, start: number): number {
  let at = start
  for (let size = bytes.readUInt8(at); size !== 0; size = bytes.readUInt8(at)) at += 1 + size
  return at + 1
}

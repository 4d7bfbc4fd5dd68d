import type { Pixels } from './pixels.ts'

/** A rectangle of whole pixels; `right` and `bottom` lie behind it. */
export type Block = {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Blocks are looked for on a picture no longer than this; letters of a page are still told from the gaps between lines there. */
const LONG_SIDE = 1400
/** Ink differs from what surrounds it by so much, of 255. */
const LEAST_CONTRAST = 24
/** Side of the surroundings, as a share of the longer side. */
const SURROUNDINGS = 1 / 24
/** What is smaller is a speck; pixels. */
const LEAST_PIXELS = 4
/** Ink that lies closer than this belongs together, in heights of usual pieces: along a line words and terms, below each other the parts of a formula. */
const [ALONG, BELOW] = [3, 1.3]
/** A block is at least so tall or so wide as a usual piece, times this. */
const LEAST_SIDE = 0.8
/** Room that is left around a block, in heights of usual pieces. */
const ROOM = 0.4

/**
 * Proposes where the formulas of a picture are: ink that lies together, from top to bottom and within a row from left to right.
 * Frames around everything are no ink. Empty where nothing stands out.
 */
export function findBlocks(pixels: Pixels): Block[] {
  const sheet = shrinkGrey(pixels)
  const pieces = findPieces(markInk(sheet), sheet.width, sheet.height)
  if (pieces.length === 0) return []
  const unit = measureUnit(pieces)
  const blocks = join(pieces, ALONG * unit, BELOW * unit).filter(
    ({ left, top, right, bottom }) => Math.max(right - left, bottom - top) >= LEAST_SIDE * unit,
  )
  const scale = pixels.width / sheet.width
  return order(blocks).map(({ left, top, right, bottom }) => ({
    left: Math.max(0, Math.floor((left - ROOM * unit) * scale)),
    top: Math.max(0, Math.floor((top - ROOM * unit) * scale)),
    right: Math.min(pixels.width, Math.ceil((right + ROOM * unit) * scale)),
    bottom: Math.min(pixels.height, Math.ceil((bottom + ROOM * unit) * scale)),
  }))
}

/** The height that half of the ink does not exceed: specks, however many, hold little of it. */
function measureUnit(pieces: readonly InkPiece[]): number {
  const sorted = [...pieces].sort((one, other) => one.bottom - one.top - (other.bottom - other.top))
  let left = pieces.reduce((sum, { ink }) => sum + ink, 0) / 2
  const middle = sorted.find(({ ink }) => (left -= ink) <= 0)
  return middle ? Math.max(2, middle.bottom - middle.top) : 2
}

type InkPiece = Block & { readonly ink: number }
type GreySheet = { readonly width: number; readonly height: number; readonly grey: Float32Array }

/** Means of squares of pixels. */
function shrinkGrey({ data, width, height, channels }: Pixels): GreySheet {
  const factor = Math.max(1, Math.ceil(Math.max(width, height) / LONG_SIDE))
  const [columns, rows] = [Math.ceil(width / factor), Math.ceil(height / factor)]
  const sums = new Float32Array(columns * rows)
  const counts = new Uint16Array(columns * rows)
  for (let y = 0, at = 0; y < height; y += 1) {
    const row = Math.floor(y / factor) * columns
    for (let x = 0; x < width; x += 1, at += channels) {
      const cell = row + Math.floor(x / factor)
      const red = data[at] ?? 0
      const luma =
        channels === 1 ? red : 0.299 * red + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0)
      sums[cell] = (sums[cell] ?? 0) + luma
      counts[cell] = (counts[cell] ?? 0) + 1
    }
  }
  return { width: columns, height: rows, grey: sums.map((sum, cell) => sum / (counts[cell] ?? 1)) }
}

/** 1 where a pixel is darker than its surroundings, or lighter where the ink is light. */
function markInk({ width, height, grey }: GreySheet): Uint8Array {
  const sums = new Float64Array((width + 1) * (height + 1))
  for (let y = 0; y < height; y += 1)
    for (let x = 0, row = 0; x < width; x += 1) {
      row += grey[y * width + x] ?? 0
      sums[(y + 1) * (width + 1) + x + 1] = (sums[y * (width + 1) + x + 1] ?? 0) + row
    }
  const reach = Math.max(8, Math.round(Math.max(width, height) * SURROUNDINGS))
  const dark = new Uint8Array(width * height)
  const light = new Uint8Array(width * height)
  let skew = 0
  for (let y = 0; y < height; y += 1) {
    const [top, bottom] = [Math.max(0, y - reach), Math.min(height, y + reach + 1)]
    for (let x = 0; x < width; x += 1) {
      const [left, right] = [Math.max(0, x - reach), Math.min(width, x + reach + 1)]
      const at = (row: number, column: number) => sums[row * (width + 1) + column] ?? 0
      const sum = at(bottom, right) - at(top, right) - at(bottom, left) + at(top, left)
      const difference = (grey[y * width + x] ?? 0) - sum / ((bottom - top) * (right - left))
      skew += difference ** 3
      if (difference < -LEAST_CONTRAST) dark[y * width + x] = 1
      if (difference > LEAST_CONTRAST) light[y * width + x] = 1
    }
  }
  // Ink takes less room than its ground, and so differs more from the mean of both.
  return skew <= 0 ? dark : light
}

/** Boxes of connected ink, without specks and what frames the picture. */
function findPieces(ink: Uint8Array, width: number, height: number): InkPiece[] {
  const pieces: InkPiece[] = []
  const stack: number[] = []
  for (let start = 0; start < ink.length; start += 1) {
    if (ink[start] !== 1) continue
    let [left, top, right, bottom, count] = [width, height, 0, 0, 0]
    stack.push(start)
    ink[start] = 2
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const x = at % width
      const y = (at - x) / width
      left = Math.min(left, x)
      right = Math.max(right, x + 1)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y + 1)
      count += 1
      for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row += 1)
        for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column += 1) {
          const next = row * width + column
          if (ink[next] !== 1) continue
          ink[next] = 2
          stack.push(next)
        }
    }
    const isFrame = right - left > 0.9 * width && bottom - top > 0.9 * height
    if (count >= LEAST_PIXELS && !isFrame) pieces.push({ left, top, right, bottom, ink: count })
  }
  return pieces
}

/** Joins boxes until no two are closer than `along` beside each other and `below` under each other. */
function join(pieces: readonly Block[], along: number, below: number): Block[] {
  let blocks = [...pieces]
  for (let before = Infinity; blocks.length < before;) {
    before = blocks.length
    blocks = joinOnce(blocks, along, below)
  }
  return blocks
}

function joinOnce(pieces: readonly Block[], along: number, below: number): Block[] {
  const sorted = [...pieces].sort((one, other) => one.top - other.top)
  const joined: Block[] = []
  for (const piece of sorted) {
    const at = joined.findIndex((block) => isClose(block, piece, along, below))
    const block = joined[at]
    if (block) joined[at] = unite(block, piece)
    else joined.push(piece)
  }
  return joined
}

/** Beside each other they have to share some height, under each other some width. */
function isClose(one: Block, other: Block, along: number, below: number): boolean {
  const apart = Math.max(one.left, other.left) - Math.min(one.right, other.right)
  const under = Math.max(one.top, other.top) - Math.min(one.bottom, other.bottom)
  return (under < 0 && apart <= along) || (apart <= along / 3 && under <= below)
}

function unite(one: Block, other: Block): Block {
  return {
    left: Math.min(one.left, other.left),
    top: Math.min(one.top, other.top),
    right: Math.max(one.right, other.right),
    bottom: Math.max(one.bottom, other.bottom),
  }
}

/** Rows from top to bottom: a block stands in a row when its middle lies within the row's first one. */
function order(blocks: readonly Block[]): Block[] {
  const rows: Block[][] = []
  for (const block of [...blocks].sort((one, other) => one.top - other.top)) {
    const middle = (block.top + block.bottom) / 2
    const row = rows.find(([first]) => first && first.top <= middle && middle < first.bottom)
    if (row) row.push(block)
    else rows.push([block])
  }
  return rows.flatMap((row) => row.sort((one, other) => one.left - other.left))
}

import type { Canvas } from '../../preprocess/pixels.ts'
import { measureUnit, type SignBox } from './spotted-sign.ts'

/** Cells across the square that is cut around a sign. */
export const cutSide = 32
/** Side of the square: so many times the box's longer side, at least so many median signs; and so many median signs more. */
const [room, least, around] = [1.25, 0.6, 0.15]

/** Signs cut out of a canvas, each brought to one size. */
export type Cuts = {
  /** N × 2 × `cutSide` × `cutSide`: ink, and the share of each cell that is inside the sign's box, 0…1. */
  readonly cuts: Float32Array
  /** N × 2: logarithms of the box's width and height in units of the median sign. */
  readonly sizes: Float32Array
}

/** Sums of the ink above and to the left of each corner of a pixel, (height + 1) × (width + 1), full ink 1. */
type InkSums = { readonly sums: Float64Array; readonly width: number; readonly height: number }
/** Upper left corner and side, in pixels. */
type Square = { readonly x: number; readonly y: number; readonly side: number }

/** Cuts signs out of a canvas, as `name_data.py` does: each cell is the mean of the ink in it. Boxes in pixels. */
export function cutSigns(canvas: Canvas, boxes: readonly SignBox[]): Cuts {
  const unit = measureUnit(boxes)
  const ink = { sums: sumInk(canvas), width: canvas.width, height: canvas.height }
  const area = cutSide * cutSide
  const cuts = new Float32Array(boxes.length * 2 * area)
  boxes.forEach((box, at) => {
    const [left, top, right, bottom] = box
    const longest = Math.max(right - left, bottom - top)
    const side = Math.max(room * longest, least * unit) + around * unit
    const [x, y] = [(left + right - side) / 2, (top + bottom - side) / 2]
    cutInk(cuts.subarray(2 * at * area, (2 * at + 1) * area), ink, { x, y, side })
    const across = shareInside(left, right, x, side)
    const down = shareInside(top, bottom, y, side)
    const inside = cuts.subarray((2 * at + 1) * area, (2 * at + 2) * area)
    for (let cell = 0; cell < area; cell += 1)
      inside[cell] = (down[(cell / cutSide) | 0] ?? 0) * (across[cell % cutSide] ?? 0)
  })
  const sizes = Float32Array.from(
    boxes.flatMap(([left, top, right, bottom]) =>
      [right - left, bottom - top].map((side) => Math.log(Math.max(side, 0.5) / unit)),
    ),
  )
  return { cuts, sizes }
}

function sumInk({ data, width, height }: Canvas): Float64Array {
  const row = width + 1
  const sums = new Float64Array(row * (height + 1))
  for (let y = 0; y < height; y += 1) {
    let line = 0
    for (let x = 0; x < width; x += 1) {
      line += (data[y * width + x] ?? 0) / 255
      sums[(y + 1) * row + x + 1] = (sums[y * row + x + 1] ?? 0) + line
    }
  }
  return sums
}

function cutInk(
  target: Float32Array,
  { sums, width, height }: InkSums,
  { x: left, y: top, side }: Square,
): void {
  const step = side / cutSide
  const row = width + 1
  const xs = splitEdges(left, step, width)
  const ys = splitEdges(top, step, height)
  let before = new Float64Array(cutSide + 1)
  ys.forEach(([y, fy], line) => {
    const upper = y * row
    const now = Float64Array.from(xs, ([x, fx]) => {
      const [one = 0, two = 0] = [sums[upper + x], sums[upper + x + 1]]
      const [three = 0, four = 0] = [sums[upper + row + x], sums[upper + row + x + 1]]
      return (one * (1 - fx) + two * fx) * (1 - fy) + (three * (1 - fx) + four * fx) * fy
    })
    if (line > 0)
      for (let x = 0; x < cutSide; x += 1) {
        const ink = (now[x + 1] ?? 0) - (now[x] ?? 0) - (before[x + 1] ?? 0) + (before[x] ?? 0)
        target[(line - 1) * cutSide + x] = ink / (step * step)
      }
    before = now
  })
}

/** The edges of the cells along one axis: the pixel that each lies in, and how far in. */
function splitEdges(begin: number, step: number, length: number): (readonly [number, number])[] {
  return Array.from({ length: cutSide + 1 }, (_, at) => {
    const edge = Math.min(length, Math.max(0, begin + at * step))
    const pixel = Math.min(length - 1, Math.floor(edge))
    return [pixel, edge - pixel] as const
  })
}

/** The share of each cell along one axis that lies between two places. */
function shareInside(from: number, to: number, begin: number, side: number): number[] {
  const [first, last] = [from, to].map((place) => ((place - begin) / side) * cutSide)
  return Array.from({ length: cutSide }, (_, at) =>
    Math.min(1, Math.max(0, Math.min(last ?? 0, at + 1) - Math.max(first ?? 0, at))),
  )
}

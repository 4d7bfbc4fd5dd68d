import type { Box, Canvas, Plane } from './pixels.ts'
import { findRanked } from './sample.ts'
import type { Selection } from './select-ink.ts'

/** How ink is drawn: the height that a usual glyph gets, and what a canvas has at most, all in pixels. */
export type Sheet = {
  readonly glyphHeight: number
  readonly maximumArea: number
  readonly maximumWidth: number
  readonly maximumHeight: number
}

/** For reading token by token: small enough to be fast, large enough to tell 5 from S. */
const formulaSheet: Sheet = {
  glyphHeight: 16,
  maximumArea: 47_000,
  maximumWidth: 912,
  maximumHeight: 408,
}
/** For spotting signs, which pays for size but once: scripts have to be told apart by themselves. */
export const signSheet: Sheet = {
  glyphHeight: 20,
  maximumArea: 120_000,
  maximumWidth: 1600,
  maximumHeight: 680,
}
export const canvasGlyphHeight = formulaSheet.glyphHeight
const margin = 4
const smallestSide = 32

type Drawable = Pick<Selection, 'box' | 'ink' | 'glyphHeight'>

/** Where on the canvas a point of the ink's plane lies: `x * scaleX + shiftX`, `y * scaleY + shiftY`. */
export type Layout = {
  readonly scaleX: number
  readonly scaleY: number
  readonly shiftX: number
  readonly shiftY: number
}
type Fit = Layout & {
  readonly width: number
  readonly height: number
  readonly innerWidth: number
  readonly innerHeight: number
  readonly left: number
  readonly top: number
}

export type Drawing = Layout & { readonly canvas: Canvas }

/** Where in the ink's plane a box of the canvas lies. */
export function fromCanvas({ left, top, right, bottom }: Box, layout: Layout): Box {
  const { scaleX, scaleY, shiftX, shiftY } = layout
  return {
    left: (left - shiftX) / scaleX,
    top: (top - shiftY) / scaleY,
    right: (right - shiftX) / scaleX,
    bottom: (bottom - shiftY) / scaleY,
  }
}

/** Where {@link drawCanvas} puts the ink. */
export function layOut(selection: Drawable, zoom = 1, sheet = formulaSheet): Fit {
  const { box, glyphHeight } = selection
  const boxWidth = box.right - box.left
  const boxHeight = box.bottom - box.top
  const scale = Math.min(
    (zoom * sheet.glyphHeight) / glyphHeight,
    Math.sqrt(sheet.maximumArea / (boxWidth * boxHeight)),
    (sheet.maximumWidth - 2 * margin) / boxWidth,
    (sheet.maximumHeight - 2 * margin) / boxHeight,
    4,
  )
  const innerWidth = Math.max(1, Math.round(boxWidth * scale))
  const innerHeight = Math.max(1, Math.round(boxHeight * scale))
  const width = Math.max(smallestSide, roundUp(innerWidth + 2 * margin))
  const height = Math.max(smallestSide, roundUp(innerHeight + 2 * margin))
  const left = (width - innerWidth) >> 1
  const top = (height - innerHeight) >> 1
  const scaleX = innerWidth / boxWidth
  const scaleY = innerHeight / boxHeight
  const [shiftX, shiftY] = [left - box.left * scaleX, top - box.top * scaleY]
  return { width, height, innerWidth, innerHeight, left, top, scaleX, scaleY, shiftX, shiftY }
}

/**
 * Draws the selected ink at constant glyph size on a canvas whose sides are multiples of 8.
 * @param zoom 1, or a little more or less for another look at the same ink
 */
export function drawCanvas(selection: Drawable, zoom = 1, sheet = formulaSheet): Drawing {
  const { box, ink } = selection
  const { width, height, innerWidth, innerHeight, left, top, ...layout } = layOut(selection, zoom, sheet)
  const resized = resample(ink, box, innerWidth, innerHeight)
  const gain = measureGain(resized)
  const data = new Uint8Array(width * height)
  for (let y = 0; y < innerHeight; y += 1) {
    for (let x = 0; x < innerWidth; x += 1) {
      const value = (resized[y * innerWidth + x] ?? 0) * gain
      data[(y + top) * width + x + left] = Math.round(255 * Math.min(1, value))
    }
  }
  const { scaleX, scaleY, shiftX, shiftY } = layout
  return { canvas: { data, width, height }, scaleX, scaleY, shiftX, shiftY }
}

function roundUp(value: number): number {
  return Math.ceil(value / 8) * 8
}

/** Thin strokes fade when averaged down: lift the picture until its strong pixels are black. */
function measureGain(values: Float32Array): number {
  const strong = new Float32Array(values.length)
  let count = 0
  const { length } = values
  for (let at = 0; at < length; at += 1) {
    const value = values[at] ?? 0
    if (value > 0.15) strong[count++] = value
  }
  const level = findRanked(strong.subarray(0, count), Math.floor(count * 0.9), 1) ?? 1
  return Math.min(2.5, 1 / Math.max(0.1, level))
}

/** Area average when shrinking, bilinear when growing; separable. */
function resample(plane: Plane, box: Box, width: number, height: number): Float32Array {
  const boxHeight = box.bottom - box.top
  const columns = weigh(box.left, box.right - box.left, width, plane.width)
  const rows = weigh(box.top, boxHeight, height, plane.height)
  const narrow = new Float32Array(width * boxHeight)
  const firstRow = box.top
  for (let y = 0; y < boxHeight; y += 1) {
    const offset = (y + firstRow) * plane.width
    for (let x = 0; x < width; x += 1) {
      const { from, weights } = columns[x] ?? { from: 0, weights: [] }
      let sum = 0
      for (let step = 0; step < weights.length; step += 1) {
        sum += (plane.values[offset + from + step] ?? 0) * (weights[step] ?? 0)
      }
      narrow[y * width + x] = sum
    }
  }
  const output = new Float32Array(width * height)
  for (let y = 0; y < height; y += 1) {
    const { from, weights } = rows[y] ?? { from: 0, weights: [] }
    for (let step = 0; step < weights.length; step += 1) {
      const row = Math.min(boxHeight - 1, Math.max(0, from + step - firstRow))
      const weight = weights[step] ?? 0
      for (let x = 0; x < width; x += 1) {
        const at = y * width + x
        output[at] = (output[at] ?? 0) + (narrow[row * width + x] ?? 0) * weight
      }
    }
  }
  return output
}

type PixelWeights = { from: number; weights: number[] }

/** For each output pixel the input pixels it covers and their shares (a triangle at least one pixel wide). */
function weigh(start: number, length: number, count: number, limit: number): PixelWeights[] {
  const step = length / count
  const reach = Math.max(1, step)
  return Array.from({ length: count }, (_, index) => {
    const centre = start + (index + 0.5) * step - 0.5
    const from = Math.max(0, Math.ceil(centre - reach))
    const to = Math.min(limit - 1, Math.floor(centre + reach))
    const weights: number[] = []
    let total = 0
    for (let at = from; at <= to; at += 1) {
      const distance = Math.abs(at - centre)
      const weight =
        step > 1 ? Math.max(0, Math.min(1, step / 2 + 0.5 - distance)) : Math.max(0, 1 - distance)
      weights.push(weight)
      total += weight
    }
    return { from, weights: weights.map((weight) => weight / (total || 1)) }
  })
}

import type { Box, Canvas, Plane } from './pixels.ts'
import { findRanked } from './sample.ts'
import type { Selection } from './select-ink.ts'

/** Height in pixels that a usual glyph gets on the canvas: small enough to be fast, large enough to tell 5 from S. */
export const canvasGlyphHeight = 16
const margin = 4
const maximumArea = 47_000
const maximumWidth = 912
const maximumHeight = 408
const smallestSide = 32

/** The canvas, and where on it a point of the ink's plane lies: `x * scaleX + shiftX`, `y * scaleY + shiftY`. */
export type Drawing = {
  readonly canvas: Canvas
  readonly scaleX: number
  readonly scaleY: number
  readonly shiftX: number
  readonly shiftY: number
}

/**
 * Draws the selected ink at constant glyph size on a canvas whose sides are multiples of 8.
 * @param zoom 1, or a little more or less for another look at the same ink
 */
export function drawCanvas(selection: Pick<Selection, 'box' | 'ink' | 'glyphHeight'>, zoom = 1): Drawing {
  const { box, ink, glyphHeight } = selection
  const boxWidth = box.right - box.left
  const boxHeight = box.bottom - box.top
  const scale = Math.min(
    (zoom * canvasGlyphHeight) / glyphHeight,
    Math.sqrt(maximumArea / (boxWidth * boxHeight)),
    (maximumWidth - 2 * margin) / boxWidth,
    (maximumHeight - 2 * margin) / boxHeight,
    4,
  )
  const innerWidth = Math.max(1, Math.round(boxWidth * scale))
  const innerHeight = Math.max(1, Math.round(boxHeight * scale))
  const width = Math.max(smallestSide, roundUp(innerWidth + 2 * margin))
  const height = Math.max(smallestSide, roundUp(innerHeight + 2 * margin))
  const resized = resample(ink, box, innerWidth, innerHeight)
  const gain = measureGain(resized)
  const data = new Uint8Array(width * height)
  const left = (width - innerWidth) >> 1
  const top = (height - innerHeight) >> 1
  for (let y = 0; y < innerHeight; y += 1) {
    for (let x = 0; x < innerWidth; x += 1) {
      const value = (resized[y * innerWidth + x] ?? 0) * gain
      data[(y + top) * width + x + left] = Math.round(255 * Math.min(1, value))
    }
  }
  const scaleX = innerWidth / boxWidth
  const scaleY = innerHeight / boxHeight
  return {
    canvas: { data, width, height },
    scaleX,
    scaleY,
    shiftX: left - box.left * scaleX,
    shiftY: top - box.top * scaleY,
  }
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

type Weights = { from: number; weights: number[] }

/** For each output pixel the input pixels it covers and their shares (a triangle at least one pixel wide). */
function weigh(start: number, length: number, count: number, limit: number): Weights[] {
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

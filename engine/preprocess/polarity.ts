import { shrinkPlane } from './grey.ts'
import { findSplit } from './otsu.ts'
import type { Plane } from './pixels.ts'
import { chooseTileSize, interpolateRows, measureTiles } from './tiles.ts'
import { transpose } from './transpose.ts'

/** Enough pixels to tell strokes from paper. */
const glancePixels = 40_000
/** Grey levels by which a stroke stands out at least. */
const leastContrast = 20
/** What a dark ground covers at least of a picture that is little more than its writing. */
const leastDark = 0.55

/**
 * Whether the writing is lighter than what it stands on: which of the strong deviations from the local middle brightness weigh more. Only
 * what is thin counts, for dark that vanishes when the light around it is spread over it, and light the other way round: the edges
 * of shadows and sheets are no writing.
 */
export function isLightOnDark(grey: Plane): boolean {
  const glance = shrinkPlane(
    grey,
    Math.max(1, Math.round(Math.sqrt((grey.width * grey.height) / glancePixels))),
  )
  // Most pictures are settled by this, which costs next to nothing.
  if (measureDark(glance) < leastDark) return false
  const reach = Math.max(4, Math.round(Math.max(glance.width, glance.height) / 24))
  const withoutDark = spread(spread(glance, reach, 1), reach, -1)
  const withoutLight = spread(spread(glance, reach, -1), reach, 1)
  const middle = measureTiles(glance, 2 * chooseTileSize(glance), 0.5)
  const readRow = interpolateRows(middle, glance.width)
  let [dark, light] = [0, 0]
  for (let y = 0; y < glance.height; y += 1) {
    const row = readRow(y)
    for (let x = 0; x < glance.width; x += 1) {
      const at = y * glance.width + x
      const value = glance.values[at] ?? 0
      const difference = value - (row[x] ?? 0)
      const thickness =
        difference > 0 ? value - (withoutLight.values[at] ?? 0) : (withoutDark.values[at] ?? 0) - value
      const weight = Math.min(Math.abs(difference), thickness)
      if (weight <= leastContrast) continue
      if (difference > 0) light += weight * weight
      else dark += weight * weight
    }
  }
  // A tie is decided by what pictures mostly are: dark ink on light paper.
  return light > dark * 1.3
}

/** Each pixel becomes the greatest (`sign` 1) or least (-1) within `reach` pixels across and down. */
function spread(plane: Plane, reach: number, sign: 1 | -1): Plane {
  return transpose(spreadAcross(transpose(spreadAcross(plane, reach, sign)), reach, sign))
}

/** In blocks as long as the window, from both ends: two comparisons a pixel, whatever the reach. */
function spreadAcross({ width, height, values }: Plane, reach: number, sign: 1 | -1): Plane {
  const size = 2 * reach + 1
  const length = width + 2 * reach
  const output = new Float32Array(values.length)
  const line = new Float32Array(length).fill(-Infinity)
  const forward = new Float32Array(length)
  const backward = new Float32Array(length)
  for (let y = 0; y < height; y += 1) {
    const row = y * width
    for (let x = 0; x < width; x += 1) line[x + reach] = sign * (values[row + x] ?? 0)
    let best = -Infinity
    for (let at = 0, left = 0; at < length; at += 1, left -= 1) {
      const value = line[at] ?? 0
      if (left === 0) left = size
      best = left === size || value > best ? value : best
      forward[at] = best
    }
    for (let at = length - 1, left = length % size; at >= 0; at -= 1, left -= 1) {
      const value = line[at] ?? 0
      if (left === 0) left = size
      best = left === size || at === length - 1 || value > best ? value : best
      backward[at] = best
    }
    for (let x = 0; x < width; x += 1) {
      const [one, other] = [backward[x] ?? 0, forward[x + size - 1] ?? 0]
      output[row + x] = sign * (one > other ? one : other)
    }
  }
  return { width, height, values: output }
}

/** Share of the pixels that belong to the darker of two kinds. */
function measureDark({ values }: Plane): number {
  const counts = new Uint32Array(256)
  const { length } = values
  for (let at = 0; at < length; at += 1) {
    const level = Math.min(255, Math.max(0, Math.round(values[at] ?? 0)))
    counts[level] = (counts[level] ?? 0) + 1
  }
  return counts.subarray(0, findSplit(counts)).reduce((sum, count) => sum + count, 0) / values.length
}

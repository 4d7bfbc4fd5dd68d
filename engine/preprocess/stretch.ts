import { findSplit } from './otsu.ts'
import type { Plane } from './pixels.ts'

const bins = 128

/** So much of clean paper is quite white; the rest are the soft edges of strokes. */
const cleanShare = 0.8

/** Stretched ink; `isClean` where the paper has no grain, as in what a program drew: there the faintest stroke is ink. */
export type Stretched = { readonly plane: Plane; readonly isClean: boolean }

/**
 * Stretches ink so that paper and its noise are 0 and strokes are 1. Lines much fainter than the strokes (ruled paper, tile
 * joints, show-through) fall below the lower end, except on clean paper.
 * @returns `undefined` when nothing stands out from the paper.
 */
export function stretchInk(ink: Plane): Stretched | undefined {
  const counts = new Float64Array(bins)
  let paperCount = 0
  const { length } = ink.values
  for (let at = 0; at < length; at += 1) {
    const bin = Math.min(bins - 1, Math.floor((ink.values[at] ?? 0) * bins))
    if (bin === 0) paperCount += 1
    else counts[bin] = (counts[bin] ?? 0) + 1
  }
  counts[0] = paperCount
  const split = findSplit(counts)
  const paper = describe(counts, 0, split)
  const strokes = describe(counts, split, bins)
  const isFaint = strokes.mean < 0.07 || strokes.mean - paper.mean < 3.2 * paper.deviation
  if (strokes.count < 6 || isFaint) return undefined
  const isClean = paperCount > cleanShare * paper.count
  const low = isClean
    ? 0.06 * strokes.mean
    : Math.min(0.75 * strokes.mean, Math.max(0.24 * strokes.mean, paper.mean + 2.2 * paper.deviation))
  const high = Math.max(low + 0.03, (isClean ? 0.8 : 0.92) * strokes.mean)
  const values = new Float32Array(length)
  for (let at = 0; at < length; at += 1) {
    const value = ink.values[at] ?? 0
    if (value > low) values[at] = Math.min(1, (value - low) / (high - low))
  }
  return { plane: { ...ink, values }, isClean }
}

function describe(
  counts: Float64Array,
  from: number,
  to: number,
): { count: number; mean: number; deviation: number } {
  let count = 0
  let sum = 0
  let squares = 0
  for (let bin = from; bin < to; bin += 1) {
    const value = (bin + 0.5) / bins
    const weight = counts[bin] ?? 0
    count += weight
    sum += weight * value
    squares += weight * value * value
  }
  const mean = sum / Math.max(1, count)
  return { count, mean, deviation: Math.sqrt(Math.max(0, squares / Math.max(1, count) - mean * mean)) }
}

import { findComponents, type Component } from '../preprocess/components.ts'
import { flattenBackground } from '../preprocess/flatten.ts'
import { shrinkPlane, toGrey } from '../preprocess/grey.ts'
import { levelGrounds } from '../preprocess/level-grounds.ts'
import { coverPageEdges } from '../preprocess/page-edges.ts'
import type { Box, Plane } from '../preprocess/pixels.ts'
import type { Pixels } from '../../node/images/pixels.ts'
import { removeRuledLines } from '../preprocess/ruled-lines.ts'
import { estimateGlyphHeight } from '../preprocess/select-ink.ts'
import { stretchInk } from '../preprocess/stretch.ts'
import { turnPlane, type Turn } from '../preprocess/turn.ts'

/** A page's ink in its own pixels: `factor` input pixels each, counted from the region's corner once that was turned. */
export type PageInk = {
  readonly ink: Plane
  readonly pieces: readonly Component[]
  /** Height of a small letter. */
  readonly glyphHeight: number
  readonly factor: number
  readonly region: Box
  readonly turn: Turn
}

/** A page of forty lines needs this many to keep its small letters legible. */
const pagePixels = 6_000_000
/** Larger letters tell nothing more. */
const largestGlyphHeight = 34
const threshold = 0.35

/** The ink of a page, finer than for one formula; `undefined` when there is none. */
export function preparePage(pixels: Pixels, region: Box, turn: Turn = 0): PageInk | undefined {
  const full = toGrey(pixels, region, pagePixels)
  const grey = coverPageEdges(turnPlane(levelGrounds(full.grey).plane, turn))
  const first = findInk(grey)
  if (!first) return undefined
  const reduction = Math.floor(first.glyphHeight / largestGlyphHeight) + 1
  if (reduction === 1) return { ...first, factor: full.factor, region, turn }
  const smaller = findInk(shrinkPlane(grey, reduction))
  return smaller && { ...smaller, factor: full.factor * reduction, region, turn }
}

function findInk(grey: Plane): Pick<PageInk, 'ink' | 'pieces' | 'glyphHeight'> | undefined {
  const stretched = stretchInk(flattenBackground(grey).ink)?.plane
  if (!stretched) return undefined
  const ink = removeRuledLines(stretched)
  const all = findComponents(ink, threshold)
  const glyphHeight = estimateGlyphHeight(all.filter(({ area }) => area >= 4))
  if (glyphHeight < 4) return undefined
  // A full stop is an eighth of a small letter wide and more.
  const least = Math.max(2, 0.012 * glyphHeight * glyphHeight)
  return { ink, glyphHeight, pieces: all.filter(({ area }) => area >= least) }
}

/** The ink of some pieces alone, with `margin` pixels of paper around `box`. */
export function cutOut(ink: Plane, pieces: readonly Component[], box: Box, margin: number): Plane {
  const width = box.right - box.left + 2 * margin
  const height = box.bottom - box.top + 2 * margin
  const values = new Float32Array(width * height)
  for (const { runs } of pieces) {
    for (const run of runs) {
      // The soft edges of a stroke lie just outside of its runs.
      for (let y = run.y - 1; y <= run.y + 1; y += 1) {
        const row = y - box.top + margin
        if (row < 0 || row >= height || y < 0 || y >= ink.height) continue
        for (let x = Math.max(0, run.start - 1); x < Math.min(ink.width, run.end + 1); x += 1) {
          const column = x - box.left + margin
          if (column >= 0 && column < width) values[row * width + column] = ink.values[y * ink.width + x] ?? 0
        }
      }
    }
  }
  return { values, width, height }
}

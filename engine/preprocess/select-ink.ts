import { heightOf, joinBoxes, overlapAcross, widthOf } from './boxes.ts'
import { findComponents, type Component } from './components.ts'
import { findPointers, type Pointers } from './find-pointer.ts'
import type { Box, Plane } from './pixels.ts'

/** What is left to read: ink without specks and strangers, its box, and how tall a usual glyph is in pixels. */
export type Selection = {
  readonly ink: Plane
  readonly box: Box
  readonly glyphHeight: number
  readonly pieces: readonly Component[]
  /** Share of all ink that was not kept. */
  readonly dropped: number
  /** Whether a pointer lies over the ink or beside it, so that some may be hidden. */
  readonly isHidden: boolean
}

const threshold = 0.3
/** So many usual signs away, beside and above, something may have been covered that belongs to what is seen. */
const [besideReach, aboveReach] = [1.2, 0.5]
const noPointers: Pointers = { pieces: [], covered: [], doubtful: [] }

export type SelectOptions = {
  /** The caller made the crop by hand: only noise is dropped. */
  readonly keepAll: boolean
  /** There is no noise: a single pixel may be the point of a decimal. */
  readonly isClean: boolean
}

/**
 * Keeps the formula and drops what a crop brings along: noise, page edges, parts of neighbouring lines.
 * @returns `undefined` when nothing legible is left.
 */
export function selectInk(ink: Plane, { keepAll, isClean }: SelectOptions): Selection | undefined {
  const found = findComponents(ink, threshold, { leastArea: isClean ? 1 : 3 })
  const pointers = isClean ? findPointers(ink, found, estimateGlyphHeight(found)) : noPointers
  if (pointers.covered.length + pointers.pieces.length > 0) {
    const rest = selectInk(erase(ink, pointers), { keepAll, isClean })
    return rest && { ...rest, isHidden: rest.isHidden || pointers.covered.some((box) => isNear(box, rest)) }
  }
  const all = found
  const pieces = all.filter((piece) => !isPageEdge(piece, ink))
  const glyphHeight = estimateGlyphHeight(pieces)
  if (glyphHeight < 4) return undefined
  const solid = pieces.filter(
    (piece) => longestSide(piece.box) >= Math.max(isClean ? 1 : 1.5, 0.09 * glyphHeight),
  )
  const kept = keepAll ? solid : dropStrangers(solid, glyphHeight, ink)
  if (kept.length === 0) return undefined
  const box = joinBoxes(kept.map((piece) => piece.box))
  const dropped = 1 - sumAreas(kept) / Math.max(1, sumAreas(all))
  // What was dropped may have been most of the pieces.
  return {
    ink: maskInk(ink, kept),
    box,
    glyphHeight: estimateGlyphHeight(kept),
    pieces: kept,
    dropped,
    isHidden: pointers.doubtful.length > 0,
  }
}

/** The ink without arrows and cursors. */
function erase(ink: Plane, { pieces, covered }: Pointers): Plane {
  const values = ink.values.slice()
  for (const { left, top, right, bottom } of [...covered, ...pieces.map(({ box }) => box)])
    for (let y = Math.max(0, top - 1); y < Math.min(ink.height, bottom + 1); y += 1)
      values.fill(0, y * ink.width + Math.max(0, left - 1), y * ink.width + Math.min(ink.width, right + 1))
  return { ...ink, values }
}

/** Whether signs stand so close to a box that it may cover a part of them, or others beside them. */
function isNear(box: Box, { pieces, glyphHeight }: Selection): boolean {
  return pieces.some(
    (piece) =>
      overlapAcross(piece.box, box) > -besideReach * glyphHeight &&
      Math.min(piece.box.bottom, box.bottom) - Math.max(piece.box.top, box.top) > -aboveReach * glyphHeight,
  )
}

function sumAreas(pieces: readonly Component[]): number {
  return pieces.reduce((sum, { area }) => sum + area, 0)
}

function longestSide(box: Box): number {
  return Math.max(widthOf(box), heightOf(box))
}

/** A dark margin or the table beside the sheet: a piece that lies along most of an edge. */
function isPageEdge(piece: Component, plane: Plane): boolean {
  const { box } = piece
  const alongSide = heightOf(box) > 0.85 * plane.height && (box.left === 0 || box.right === plane.width)
  const alongTop = widthOf(box) > 0.85 * plane.width && (box.top === 0 || box.bottom === plane.height)
  const isThick = piece.area > 0.3 * widthOf(box) * heightOf(box)
  return (
    (alongSide && widthOf(box) < 0.25 * plane.width && isThick) ||
    (alongTop && heightOf(box) < 0.3 * plane.height && isThick)
  )
}

/** The middle height of pieces that look like glyphs: neither bars nor dots. */
export function estimateGlyphHeight(pieces: readonly Component[]): number {
  const heights = pieces
    .filter(({ box }) => widthOf(box) < 4 * heightOf(box) && heightOf(box) >= 4)
    .map(({ box }) => heightOf(box))
    .sort((one, other) => one - other)
  if (heights.length === 0) return Math.max(0, ...pieces.map(({ box }) => longestSide(box))) * 0.6
  // Brackets are taller and dots shorter than what they stand beside, but neither is ever the most frequent.
  const middle = heights[Math.floor(heights.length / 2)] ?? 0
  const usual = heights.filter((height) => height > 0.4 * middle && height < 3 * middle)
  return usual[Math.floor(usual.length / 2)] ?? middle
}

/** Pieces less than about a glyph apart belong together; the rest is judged by size and place. */
function dropStrangers(pieces: readonly Component[], glyphHeight: number, plane: Plane): Component[] {
  const clusters = cluster(pieces, glyphHeight)
  const areas = clusters.map((group) => sumAreas(group))
  const largest = Math.max(0, ...areas)
  return clusters.flatMap((group, index) => {
    const share = (areas[index] ?? 0) / Math.max(1, largest)
    if (share === 1) return group
    const box = joinBoxes(group.map((piece) => piece.box))
    const isSmall = longestSide(box) < 0.45 * glyphHeight
    const touchesTop = box.top <= 1 || box.bottom >= plane.height - 1
    const touchesSide = box.left <= 1 || box.right >= plane.width - 1
    const isRemnant = (touchesTop && share < 0.35) || (touchesSide && share < 0.08)
    return isSmall || isRemnant ? [] : group
  })
}

function cluster(pieces: readonly Component[], glyphHeight: number): Component[][] {
  const across = 1.3 * glyphHeight
  const down = 0.8 * glyphHeight
  const groups: Component[][] = []
  const waiting = new Set(pieces)
  for (const seed of pieces) {
    if (!waiting.delete(seed)) continue
    const group = [seed]
    for (const member of group) {
      for (const other of waiting) {
        const apartX = Math.max(other.box.left - member.box.right, member.box.left - other.box.right)
        const apartY = Math.max(other.box.top - member.box.bottom, member.box.top - other.box.bottom)
        if (apartX <= across && apartY <= down) {
          waiting.delete(other)
          group.push(other)
        }
      }
    }
    groups.push(group)
  }
  return groups
}

/** Ink within two pixels of a kept piece; everything else becomes paper. */
function maskInk(ink: Plane, kept: readonly Component[]): Plane {
  const { width, height } = ink
  const values = new Float32Array(width * height)
  for (const { runs } of kept) {
    for (const run of runs) {
      const left = Math.max(0, run.start - 2)
      const right = Math.min(width, run.end + 2)
      for (let y = Math.max(0, run.y - 2); y <= Math.min(height - 1, run.y + 2); y += 1) {
        for (let at = y * width + left; at < y * width + right; at += 1) values[at] = ink.values[at] ?? 0
      }
    }
  }
  return { ...ink, values }
}

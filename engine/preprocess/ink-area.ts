import { heightOf, joinBoxes, widthOf } from './boxes.ts'
import { findComponents, type Component } from './components.ts'
import { readLuma } from './grey.ts'
import type { Box, Plane } from './pixels.ts'
import type { Pixels } from '../../node/images/pixels.ts'

/** Smaller pictures are looked at as they are. */
const leastPixels = 400_000
/** About so many blocks a picture is divided into, and their side in pixels. */
const usualBlocks = 150_000
const [smallestBlock, largestBlock] = [4, 16]
/** Grey levels that differ within a block where a stroke begins, on paper without grain. */
const leastRange = 16
/** Grey levels that differ within a block of paper without grain at most. */
const mostCleanRange = 6
/** More blocks with something in them than this share, and the picture is no empty page. */
const mostWritten = 0.25
/** What takes more of the picture than this is not worth cutting out. */
const mostShare = 0.5
/** Rows of writing further apart than this many heights of their pieces are different things. */
const apart = 4
/** Of different things, those below this share of the largest are dirt. */
const leastWeight = 0.12
/** In the outer part of a page what is short, and less than the larger share of the largest, is a page number. */
const outerPart = 0.12
const [mostNumberWidth, mostNumberWeight] = [0.15, 0.6]
/** A rim is longer than this share of its side, and thinner and nearer to it than that share of the other. */
const [longRim, edgeReach] = [0.8, 0.06]
/** Pixels of paper that stay around what was found, at least. */
const leastMargin = 16

/**
 * Where on a large, mostly empty picture something is written: so that a small formula on a scanned page or on a large screen is looked at
 * in its own pixels, not averaged down with the paper around it. Costs one look at every pixel and memory for {@link usualBlocks}.
 * @returns a box in pixels with some paper around the writing; `undefined` where the whole picture has to be looked at.
 */
export function findInkArea(pixels: Pixels, region: Box): Box | undefined {
  const area = widthOf(region) * heightOf(region)
  if (area < leastPixels) return undefined
  const size = Math.min(largestBlock, Math.max(smallestBlock, Math.round(Math.sqrt(area / usualBlocks))))
  const ranges = measureRanges(pixels, region, size)
  const marked = markWritten(ranges)
  if (!marked) return undefined
  // Now and then a single block of grain differs more than all the others.
  const pieces = findComponents(marked, 0).filter(
    (piece) => piece.area > (marked.hasGrain ? 1 : 0) && !isAlongEdge(piece, marked),
  )
  const main = findMain(pieces, marked)
  if (main.length === 0) return undefined
  const margin = Math.max(Math.ceil(leastMargin / size), Math.round(1.5 * middleHeight(main)))
  const { left, top, right, bottom } = joinBoxes(main.map(({ box }) => box))
  const found = {
    left: Math.max(region.left, region.left + (left - margin) * size),
    top: Math.max(region.top, region.top + (top - margin) * size),
    right: Math.min(region.right, region.left + (right + margin) * size),
    bottom: Math.min(region.bottom, region.top + (bottom + margin) * size),
  }
  return widthOf(found) * heightOf(found) > mostShare * area ? undefined : found
}

/** The difference between the lightest and the darkest pixel of each block, one block a value; the last ones may be larger. */
function measureRanges({ data, width, channels }: Pixels, region: Box, size: number): Plane {
  const columns = Math.max(1, Math.floor(widthOf(region) / size))
  const rows = Math.max(1, Math.floor(heightOf(region) / size))
  const least = new Float32Array(columns * rows).fill(255)
  const most = new Float32Array(columns * rows)
  for (let y = region.top; y < region.bottom; y += 1) {
    const row = Math.min(rows - 1, Math.floor((y - region.top) / size)) * columns
    let from = (y * width + region.left) * channels
    for (let column = 0; column < columns; column += 1) {
      const end = column === columns - 1 ? widthOf(region) : (column + 1) * size
      const at = row + column
      let [low, high] = [least[at] ?? 255, most[at] ?? 0]
      for (let x = column * size; x < end; x += 1, from += channels) {
        const level = channels === 1 ? (data[from] ?? 255) : readLuma(data, from, channels)
        if (level < low) low = level
        if (level > high) high = level
      }
      least[at] = low
      most[at] = high
    }
  }
  return { values: most.map((high, at) => high - (least[at] ?? 0)), width: columns, height: rows }
}

/** Blocks that differ from empty paper, 1 each, by how much its grain differs; `undefined` where the paper is not most of the picture. */
function markWritten(ranges: Plane): (Plane & { readonly hasGrain: boolean }) | undefined {
  const sorted = ranges.values.slice().sort()
  const level = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0
  const grain = level(0.5)
  // What lies above the middle spreads as what lies below it where there is grain only.
  const spread = grain - level(0.1)
  const limit = Math.max(leastRange, grain + 5 * spread + 4)
  let written = 0
  const values = ranges.values.map((range) => {
    if (range <= limit) return 0
    written += 1
    return 1
  })
  return written === 0 || written > mostWritten * values.length
    ? undefined
    : { ...ranges, values, hasGrain: grain > mostCleanRange }
}

/** The rim of a scan: what lies along nearly all of one side of the picture, close to it. */
function isAlongEdge({ box }: Component, { width, height }: Plane): boolean {
  const near = (place: number, length: number) => place <= edgeReach * length
  const isUpright = heightOf(box) > longRim * height && widthOf(box) < edgeReach * width + 2
  const isLevel = widthOf(box) > longRim * width && heightOf(box) < edgeReach * height + 2
  return (
    (isUpright && (near(box.left, width) || near(width - box.right, width))) ||
    (isLevel && (near(box.top, height) || near(height - box.bottom, height)))
  )
}

function middleHeight(pieces: readonly Component[]): number {
  const heights = pieces.map(({ box }) => heightOf(box)).sort((one, other) => one - other)
  return heights[heights.length >> 1] ?? 0
}

type InkGroup = { readonly pieces: readonly Component[]; readonly weight: number; readonly box: Box }

/** Divides the pieces into rows that stand well apart, and leaves out dirt and page numbers. */
function findMain(pieces: readonly Component[], page: Plane): Component[] {
  const groups = groupRows(pieces)
  const largest = Math.max(0, ...groups.map(({ weight }) => weight))
  return groups
    .filter((group) => group.weight >= leastWeight * largest && !isPageNumber(group, largest, page))
    .flatMap((group) => group.pieces)
}

function groupRows(pieces: readonly Component[]): InkGroup[] {
  const sorted = [...pieces].sort((one, other) => one.box.top - other.box.top)
  const gap = apart * Math.max(3, middleHeight(pieces))
  const groups: Component[][] = []
  let bottom = -Infinity
  for (const piece of sorted) {
    const group = groups.at(-1)
    if (group && piece.box.top - bottom <= gap) group.push(piece)
    else groups.push([piece])
    bottom = Math.max(bottom, piece.box.bottom)
  }
  return groups.map((group) => ({
    pieces: group,
    weight: group.reduce((sum, { area }) => sum + area, 0),
    box: joinBoxes(group.map(({ box }) => box)),
  }))
}

function isPageNumber({ box, weight }: InkGroup, largest: number, { width, height }: Plane): boolean {
  const isOuter = box.bottom < outerPart * height || box.top > (1 - outerPart) * height
  return isOuter && widthOf(box) < mostNumberWidth * width && weight < mostNumberWeight * largest
}

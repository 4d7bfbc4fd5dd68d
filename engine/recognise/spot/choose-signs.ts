import { findLargest, type SignBox, type SpottedSign } from './spotted-sign.ts'

/** From which probability on a cell is looked at as a sign. The linker tells which of them are none. */
const threshold = 0.2
/** Two neighbouring cells that tell of boxes with so much in common tell of the same sign. */
const sameOverlap = 0.5
/** Cells further apart than this never hold the anchor of the same sign. */
const reach = 2
/** Of two signs one is a part of the other when so much of it lies there. */
const partCover = 0.6
/** Bars with a wider gap between them, in pixels, are two. */
const mostApart = 0.5
/** From which length on, in pixels, a stroke is long: no letter is. */
const shortestStroke = 22
/** Bars and dots are hardly thicker than a pixel: boxes are compared with so many pixels around them. */
const slack = 1

/** The signs among the cells that may hold one, each once, in the order of reading a page: left to right by their middles. */
export function chooseSigns(candidates: readonly SpottedSign[]): SpottedSign[] {
  const chosen: SpottedSign[] = []
  const sure = candidates.filter(({ probability }) => probability > threshold)
  for (const sign of sure.sort((one, other) => other.probability - one.probability))
    if (!chosen.some((other) => isSame(sign, other))) chosen.push(sign)
  return chosen.sort((one, other) => one.box[0] + one.box[2] - other.box[0] - other.box[2])
}

function isSame(one: SpottedSign, other: SpottedSign): boolean {
  const isNear =
    Math.abs(one.place[0] - other.place[0]) <= reach && Math.abs(one.place[1] - other.place[1]) <= reach
  if (isNear && measureOverlap(one.box, other.box) > sameOverlap) return true
  // One of them saw less of the same sign.
  const isAlike = findLargest(one.names) === findLargest(other.names)
  if (isNear && isAlike && measureCover(one.box, other.box) > partCover) return true
  if (isNear && isAlike && isOneBar(one.box, other.box)) return true
  // Two cells along a bar or a tall bracket may both take theirs for the place to look for it, and see different parts of it.
  const isOneStroke =
    tellDirection(one.box) !== undefined && tellDirection(one.box) === tellDirection(other.box)
  return isOneStroke && measureCover(one.box, other.box) > partCover
}

/** Whether two bars of one direction lie on each other: cells above and below one may each put it on their own side. */
function isOneBar(one: SignBox, other: SignBox): boolean {
  const [level, upright] = [0, 1].map((axis) => {
    const along = measureShared(one, other, axis)
    const across = measureShared(one, other, 1 - axis)
    const isThin = [one, other].every((box) => lengthOf(box, axis) > 3 * lengthOf(box, 1 - axis))
    const shorter = Math.min(lengthOf(one, axis), lengthOf(other, axis))
    return isThin && across > -mostApart && along > partCover * shorter
  })
  return level === true || upright === true
}

function lengthOf(box: SignBox, axis: number): number {
  return (box[axis + 2] ?? 0) - (box[axis] ?? 0)
}

/** What two boxes share along an axis, in pixels; negative where there is a gap. */
function measureShared(one: SignBox, other: SignBox, axis: number): number {
  const end = Math.min(one[axis + 2] ?? 0, other[axis + 2] ?? 0)
  return end - Math.max(one[axis] ?? 0, other[axis] ?? 0)
}

/** Which way a long stroke runs; `undefined` for everything else. */
function tellDirection([left, top, right, bottom]: SignBox): 'level' | 'upright' | undefined {
  const [width, height] = [right - left, bottom - top]
  if (width > shortestStroke && width > 4 * height) return 'level'
  return height > shortestStroke && height > 3 * width ? 'upright' : undefined
}

/** The share of the smaller box that is covered by the other one. */
function measureCover(one: SignBox, other: SignBox): number {
  const wide = Math.min(one[2], other[2]) - Math.max(one[0], other[0])
  const high = Math.min(one[3], other[3]) - Math.max(one[1], other[1])
  if (wide <= 0 || high <= 0) return 0
  const area = ([left, top, right, bottom]: SignBox) => (right - left) * (bottom - top)
  return (wide * high) / Math.max(1e-6, Math.min(area(one), area(other)))
}

/** Intersection over union of two boxes, 0…1, with the slack that thin signs need. */
export function measureOverlap(one: SignBox, other: SignBox): number {
  const wide = Math.min(one[2], other[2]) - Math.max(one[0], other[0]) + 2 * slack
  const high = Math.min(one[3], other[3]) - Math.max(one[1], other[1]) + 2 * slack
  if (wide <= 0 || high <= 0) return 0
  const shared = wide * high
  return shared / (measureArea(one) + measureArea(other) - shared)
}

function measureArea([left, top, right, bottom]: SignBox): number {
  return (right - left + 2 * slack) * (bottom - top + 2 * slack)
}

import type { SignBox, SpottedSign } from './spotted-sign.ts'

/** From which probability on a cell holds a sign. */
const threshold = 0.3
/** Two neighbouring cells that tell of boxes with so much in common tell of the same sign. */
const sameOverlap = 0.5
/** Cells further apart than this never hold the anchor of the same sign. */
const reach = 2
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
  return isNear && measureOverlap(one.box, other.box) > sameOverlap
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

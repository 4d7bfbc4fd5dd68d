import { heightOf, joinBoxes, widthOf } from './boxes.ts'
import type { FlatArea, FlatAreas } from './flat-areas.ts'
import type { Box, Plane } from './pixels.ts'

/** What writing stands on: paper, or a marker, a box, a selection on it. */
export type Ground = {
  readonly level: number
  readonly areas: readonly FlatArea[]
  readonly box: Box
  /** Whether it is the paper, or lies all along the picture's edge as paper does. */
  readonly isAlongEdge: boolean
  /** Whether it fills its box but for the writing on it: what lies within is all on it. */
  readonly isStraight: boolean
  /** Whether it ends from one pixel to the next. */
  readonly isSharp: boolean
}

/** A ground differs from what is around it by so many grey levels, and is so many pixels wide and high. */
export const leastDifference = 16
const leastSide = 8
/** Parts of one ground that strokes divide lie no further apart than this. */
const mostApart = 24
/** At most so many are looked at. */
const mostAreas = 60
/** Shares of a ground's box: with writing on it that is further from the paper than the ground is, and without. */
const marked = { leastFilled: 0.35, mostPaper: 0.4, leastMarks: 0.006 }
const plain = { leastFilled: 0.5, mostPaper: 0.12, leastMarks: 0.01, leastSide: 15, leastEdge: 0.85 }
/** In what a camera saw, a ground has straight sides and is larger than a blurred stroke. */
const photographed = { leastSide: 18, leastStraight: 2 }
/** So many of the four sides of a selection are straight; signs may cross one. */
const mostlyStraight = 3
/** Marks lie so many pixels inside of a ground: what is nearer is its own soft edge. */
const rim = 2
/** So far outside of a ground it is looked whether it goes on there, and how much of that may be like it. */
const outside = { distance: 4, mostLike: 0.3 }
/** Share of a border's pixels that lie in between where it is sharp; strokes that cross it are soft. */
const mostBetween = 0.25
/** What lies along more than this share of the picture's edge is what the rest stands on, or lies beside it. */
const leastAlongEdge = 0.2
const leastInside = 0.02

/**
 * The paper first, then everything else that carries writing: by lying all along the picture's edge, or by being solid and having
 * marks on it. Strokes are flat inside too, but thin, or without anything on them.
 */
export function findGrounds(flat: FlatAreas): Ground[] {
  const [main, ...others] = flat.areas.slice(0, mostAreas)
  if (!main) return []
  const isOther = ({ level }: FlatArea) => Math.abs(level - main.level) > leastDifference
  const strange = others.filter(isOther)
  if (strange.length === 0) return [toPaper(main)]
  // Beside a photographed sheet lies a table; that is no ground of writing.
  const edges = flat.isDrawn ? strange.filter((area) => liesAlongEdge(area, flat.smooth)) : []
  const grounds: Ground[] = [toPaper(main), ...edges.map((area) => toStrip(area, flat))]
  const isPaper = markPixels([main, ...edges], flat.smooth)
  const waiting = new Set(strange.filter((area) => !edges.includes(area)))
  for (const seed of waiting) {
    const areas = pool(seed, waiting, flat.tolerance)
    const box = growBox(joinBoxes(areas.map((area) => area.box)), seed.level, flat)
    const straight = countStraight(box, seed.level, flat)
    waiting.delete(seed)
    if (!isGround({ level: seed.level, box, straight }, main.level, flat, isPaper)) continue
    areas.forEach((area) => waiting.delete(area))
    const isSharp = endsSharply(box, seed.level, flat)
    const isStraight = straight >= mostlyStraight
    grounds.push({ level: seed.level, areas, box, isAlongEdge: false, isStraight, isSharp })
  }
  return grounds
}

function toPaper(area: FlatArea): Ground {
  return {
    level: area.level,
    areas: [area],
    box: area.box,
    isAlongEdge: true,
    isStraight: false,
    isSharp: false,
  }
}

/** A selection may go on up to the picture's edge. */
function toStrip(area: FlatArea, flat: FlatAreas): Ground {
  const strip = toPaper(area)
  if (countStraight(area.box, area.level, flat) < mostlyStraight) return strip
  const box = growBox(area.box, area.level, flat)
  return endsSharply(box, area.level, flat) ? { ...strip, box, isStraight: true, isSharp: true } : strip
}

/** 1 for each pixel of the areas. */
function markPixels(areas: readonly FlatArea[], { values, width }: Plane): Uint8Array {
  const marks = new Uint8Array(values.length)
  for (const { runs } of areas)
    for (const { y, start, end } of runs) marks.fill(1, y * width + start, y * width + end)
  return marks
}

function liesAlongEdge({ runs }: FlatArea, { width, height }: Plane): boolean {
  let [along, inside] = [0, 0]
  for (const { y, start, end } of runs) {
    if (y === 0 || y === height - 1) along += end - start
    along += Number(start === 0) + Number(end === width)
    if (y < leastSide || y >= height - leastSide) continue
    inside += Math.max(0, Math.min(end, width - leastSide) - Math.max(start, leastSide))
  }
  // A frame that was cropped to its line is thin.
  return along > leastAlongEdge * 2 * (width + height) && inside > leastInside * width * height
}

/** The areas of about the same brightness beside `seed` and beside each other. */
function pool(seed: FlatArea, waiting: ReadonlySet<FlatArea>, tolerance: number): FlatArea[] {
  const pooled = [seed]
  for (const member of pooled) {
    for (const other of waiting) {
      if (pooled.includes(other) || Math.abs(other.level - seed.level) > tolerance) continue
      const across = Math.max(other.box.left - member.box.right, member.box.left - other.box.right)
      const down = Math.max(other.box.top - member.box.bottom, member.box.top - other.box.bottom)
      if (Math.max(across, down) <= mostApart) pooled.push(other)
    }
  }
  return pooled
}

// eslint-disable-next-line complexity -- one pass over the pixels, and the shares that are judged by it
function isGround(
  { level, box, straight }: { readonly level: number; readonly box: Box; readonly straight: number },
  paperLevel: number,
  { smooth, tolerance, isDrawn }: FlatAreas,
  isPaper: Uint8Array,
): boolean {
  const side = Math.min(widthOf(box), heightOf(box))
  if (side < leastSide || Math.abs(level - paperLevel) < 2 * tolerance) return false
  if (!isDrawn && (side < photographed.leastSide || straight < photographed.leastStraight)) return false
  if (goesOn(box, level, smooth, tolerance)) return false
  const sign = paperLevel > level ? 1 : -1
  let [own, paper, further, nearer] = [0, 0, 0, 0]
  for (let y = box.top; y < box.bottom; y += 1) {
    const isInner = y >= box.top + rim && y < box.bottom - rim
    for (let x = box.left; x < box.right; x += 1) {
      const at = y * smooth.width + x
      const difference = sign * ((smooth.values[at] ?? 0) - level)
      if (isPaper[at] === 1) paper += 1
      else if (Math.abs(difference) <= tolerance) own += 1
      else if (isInner && x >= box.left + rim && x < box.right - rim) {
        if (difference < -leastDifference - tolerance) further += 1
        else if (difference > leastDifference + tolerance) nearer += 1
      }
    }
  }
  const size = widthOf(box) * heightOf(box)
  const isMarked =
    further >= Math.max(6, marked.leastMarks * size) &&
    further <= own &&
    own >= marked.leastFilled * size &&
    paper <= marked.mostPaper * size
  return (
    isMarked ||
    (straight >= mostlyStraight &&
      side >= plain.leastSide &&
      nearer >= Math.max(6, plain.leastMarks * size) &&
      own >= plain.leastFilled * size &&
      paper <= plain.mostPaper * size)
  )
}

/** The box with what of its ground's outermost pixels was not flat, because another one begins beside them. */
function growBox(box: Box, level: number, { smooth, tolerance }: FlatAreas): Box {
  const isOwn = (share: readonly boolean[]) => share.filter(Boolean).length >= 0.5 * share.length
  const like = listRing(box, 1, smooth).map((side) =>
    side.map((value) => Math.abs(value - level) <= tolerance),
  )
  const [top = [], bottom = [], left = [], right = []] = like
  return {
    left: box.left - Number(left.length > 0 && isOwn(left)),
    top: box.top - Number(top.length > 0 && isOwn(top)),
    right: box.right + Number(right.length > 0 && isOwn(right)),
    bottom: box.bottom + Number(bottom.length > 0 && isOwn(bottom)),
  }
}

/** The values above, below, left and right of a box, so far outside of it; none where the picture ends before. */
function listRing(
  { left, top, right, bottom }: Box,
  distance: number,
  { values, width, height }: Plane,
): number[][] {
  const row = (y: number) =>
    y < 0 || y >= height ? [] : Array.from(values.subarray(y * width + left, y * width + right))
  const column = (x: number) =>
    x < 0 || x >= width
      ? []
      : Array.from({ length: bottom - top }, (_, at) => values[(top + at) * width + x] ?? 0)
  return [
    row(top - distance),
    row(bottom - 1 + distance),
    column(left - distance),
    column(right - 1 + distance),
  ]
}

/** Whether what lies beside a box is what lies a little further out, not something in between. */
function endsSharply(box: Box, level: number, { smooth, tolerance }: FlatAreas): boolean {
  const near = listRing(box, 1, smooth).flat()
  const far = listRing(box, 3, smooth).flat()
  if (near.length !== far.length) return false
  const between = near.filter((value, at) => {
    const other = far[at] ?? 0
    return value > Math.min(level, other) + tolerance && value < Math.max(level, other) - tolerance
  })
  return between.length < mostBetween * near.length
}

/** Whether it looks outside of a box as it does inside, as on ruled paper and in the shade. */
function goesOn(box: Box, level: number, smooth: Plane, tolerance: number): boolean {
  const ring = listRing(box, outside.distance, smooth).flat()
  return ring.filter((value) => Math.abs(value - level) <= tolerance).length > outside.mostLike * ring.length
}

/** Of the four sides of a box, along how many what has this brightness reaches it nearly everywhere. */
function countStraight(
  { left, top, right, bottom }: Box,
  level: number,
  { smooth: { values, width }, tolerance }: FlatAreas,
): number {
  const isOwn = (x: number, y: number) => Math.abs((values[y * width + x] ?? 0) - level) <= tolerance
  const isStraight = (length: number, test: (at: number) => boolean) =>
    Array.from({ length }, (_, at) => at).filter(test).length >= plain.leastEdge * length
  const [wide, high] = [right - left, bottom - top]
  return [
    isStraight(wide, (at) => isOwn(left + at, top) || isOwn(left + at, top + 1)),
    isStraight(wide, (at) => isOwn(left + at, bottom - 1) || isOwn(left + at, bottom - 2)),
    isStraight(high, (at) => isOwn(left, top + at) || isOwn(left + 1, top + at)),
    isStraight(high, (at) => isOwn(right - 1, top + at) || isOwn(right - 2, top + at)),
  ].filter(Boolean).length
}

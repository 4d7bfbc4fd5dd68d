import { heightOf, joinBoxes, middleOf, widthOf } from './boxes.ts'
import { findComponents, type Component } from './components.ts'
import type { Box, Plane } from './pixels.ts'

/** The arrow of a mouse, as corners in a box of 12 by 19. */
const arrow: readonly (readonly [number, number])[] = [
  [0, 0],
  [0, 16.3],
  [3.8, 12.8],
  [6.8, 19],
  [9.2, 18],
  [6.5, 11.9],
  [12, 11.9],
]
const [arrowWidth, arrowHeight] = [12, 19]
/** What a thin outline leaves of it inside where the shaft is too narrow. */
const head: readonly (readonly [number, number])[] = [
  [0, 0],
  [0, 9],
  [2.5, 7],
  [6, 6],
]
const [headWidth, headHeight] = [6, 9]
/** Rows and columns of the grid that shapes are compared in, and the overlap from which on they are the same. */
const grid = { columns: 12, rows: 19 }
const leastOverlap = 0.64
/** Pixels that an arrow is high, and the shares of its height that it is wide. */
const [lowest, highest] = [8, 64]
const [narrowest, widest] = [0.5, 0.78]
/** What is more is ink. */
const inkLevel = 0.3
/** Pixels of its outline. */
const outline = 2
/** A text cursor is at most so wide, so many times as high as wide, and so many times as high as usual signs. */
const cursor = {
  mostWide: 4,
  leastSlender: 8,
  leastSlenderWithFeet: 12,
  mostFeet: 2,
  leastHigh: 1.25,
  mostHigh: 3,
}

/** What is no writing: the arrow of a mouse, a text cursor. `hidden` is what the arrow may have covered. */
export type Pointers = { readonly pieces: readonly Component[]; readonly hidden: readonly Box[] }

const wholeArrow = drawShape(arrow, arrowWidth, arrowHeight)
const arrowHead = drawShape(head, headWidth, headHeight)

/**
 * The pieces of ink of a drawn picture that are a mouse's arrow or a text cursor.
 * @param glyphHeight height of a usual sign in pixels
 */
export function findPointers(ink: Plane, pieces: readonly Component[], glyphHeight: number): Pointers {
  const found: Component[] = []
  const hidden: Box[] = []
  for (const piece of pieces) {
    if (!looksLike(piece, wholeArrow)) continue
    found.push(piece)
    hidden.push(piece.box)
  }
  for (const hole of findHoles(ink, pieces)) {
    if (!looksLike(hole, wholeArrow) && !looksLike(hole, arrowHead)) continue
    hidden.push({
      left: hole.box.left - outline,
      top: hole.box.top - outline,
      right: hole.box.right + outline,
      // Below the head follows the shaft.
      bottom:
        hole.box.bottom + outline + Math.round(heightOf(hole.box) * (looksLike(hole, wholeArrow) ? 0 : 0.4)),
    })
  }
  const textCursor = hidden.length === 0 ? findTextCursor(pieces, glyphHeight) : undefined
  if (textCursor) found.push(textCursor)
  return { pieces: found, hidden }
}

/** Parts of the paper that ink encloses, of a size that an arrow may have. */
function findHoles(ink: Plane, pieces: readonly Component[]): Component[] {
  const mayEnclose = pieces.some(({ box }) => heightOf(box) >= lowest && widthOf(box) >= narrowest * lowest)
  if (!mayEnclose) return []
  return findComponents(ink, inkLevel, { isInverted: true, leastArea: lowest })
}

function looksLike({ box, runs }: Component, shape: readonly boolean[]): boolean {
  const [wide, high] = [widthOf(box), heightOf(box)]
  if (high < lowest || high > highest || wide < narrowest * high || wide > widest * high) return false
  const filled = new Array<boolean>(grid.columns * grid.rows).fill(false)
  const byRow = new Map<number, { start: number; end: number }[]>()
  for (const { y, start, end } of runs) byRow.set(y, [...(byRow.get(y) ?? []), { start, end }])
  let [both, either] = [0, 0]
  for (let at = 0; at < filled.length; at += 1) {
    const y = box.top + Math.floor(((Math.floor(at / grid.columns) + 0.5) * high) / grid.rows)
    const x = box.left + Math.floor((((at % grid.columns) + 0.5) * wide) / grid.columns)
    const isFilled = byRow.get(y)?.some(({ start, end }) => x >= start && x < end) ?? false
    if (isFilled && shape[at]) both += 1
    if (isFilled || shape[at]) either += 1
  }
  return both >= leastOverlap * either
}

/** A shape in the grid, by whether the middle of each cell lies within its corners. */
function drawShape(
  corners: readonly (readonly [number, number])[],
  width: number,
  height: number,
): boolean[] {
  return Array.from({ length: grid.columns * grid.rows }, (_, at) => {
    const x = (((at % grid.columns) + 0.5) * width) / grid.columns
    const y = ((Math.floor(at / grid.columns) + 0.5) * height) / grid.rows
    return corners.reduce((isInside, [fromX, fromY], corner) => {
      const [toX, toY] = corners[(corner + 1) % corners.length] ?? [0, 0]
      const crosses = fromY > y !== toY > y && x < ((toX - fromX) * (y - fromY)) / (toY - fromY) + fromX
      return crosses ? !isInside : isInside
    }, false)
  })
}

/** An upright line at either end of the writing that is higher than what stands beside it, and the only one. */
function findTextCursor(pieces: readonly Component[], glyphHeight: number): Component | undefined {
  const lines = pieces.filter((piece) => isUprightLine(piece, glyphHeight))
  const [line] = lines
  const others = pieces.filter((piece) => piece !== line)
  if (lines.length !== 1 || !line || others.length < 2) return undefined
  if (others.some((other) => mayBePartner(other, line))) return undefined
  const text = joinBoxes(others.map(({ box }) => box))
  const isAtEnd = middleOf(line.box) > text.right - 1 || middleOf(line.box) < text.left + 1
  const beside = others.filter(
    ({ box }) =>
      box.top < line.box.bottom &&
      box.bottom > line.box.top &&
      Math.abs(middleOf(box) - middleOf(line.box)) < 3 * glyphHeight,
  )
  const isHighest = beside.every(({ box }) => heightOf(box) < heightOf(line.box))
  return isAtEnd && beside.length > 0 && isHighest ? line : undefined
}

/** A thin rectangle, with or without short feet at both ends, as text cursors and the pointers over text are drawn. */
function isUprightLine({ box, runs }: Component, glyphHeight: number): boolean {
  const high = heightOf(box)
  if (high < cursor.leastHigh * glyphHeight || high > cursor.mostHigh * glyphHeight) return false
  const inner = runs.filter(({ y }) => y >= box.top + cursor.mostFeet && y < box.bottom - cursor.mostFeet)
  const [stem] = inner
  if (!stem || inner.length !== high - 2 * cursor.mostFeet) return false
  if (inner.some(({ start, end }) => start !== stem.start || end !== stem.end)) return false
  const wide = stem.end - stem.start
  const isEven = Math.abs(middleOf(box) - (stem.start + stem.end) / 2) <= 1
  const leastSlender = widthOf(box) === wide ? cursor.leastSlender : cursor.leastSlenderWithFeet
  return wide <= cursor.mostWide && isEven && high >= leastSlender * wide && widthOf(box) < 0.6 * high
}

/** A bar or a bracket that a line may be the partner of. */
function mayBePartner({ box }: Component, line: Component): boolean {
  return widthOf(box) < 0.3 * heightOf(box) && heightOf(box) > 0.75 * heightOf(line.box)
}

import { heightOf, joinBoxes, middleOf, widthOf } from './boxes.ts'
import type { Component } from './components.ts'

/** A text cursor is at most so wide, so many times as high as wide, and so many times as high as usual signs. */
const cursor = {
  mostWide: 4,
  leastSlender: 8,
  leastSlenderWithFeet: 12,
  mostFeet: 2,
  leastHigh: 1.25,
  mostHigh: 3,
}
/** Pixels that the pointer over text is high, and how far its feet reach on either side as a share of that. */
const [lowest, highest] = [10, 72]
const [leastReach, mostReach] = [0.1, 0.35]
/** A cursor that crosses a sign is longer than so many usual signs, and sticks out of it by so many. */
const [leastCrossing, leastSticking] = [1.7, 0.3]

type Stem = { readonly start: number; readonly end: number }

/** An upright line at either end of the writing that is higher than what stands beside it, and the only one. */
export function findTextCursor(pieces: readonly Component[], glyphHeight: number): Component | undefined {
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
function isUprightLine(piece: Component, glyphHeight: number): boolean {
  const { box } = piece
  const high = heightOf(box)
  if (high < cursor.leastHigh * glyphHeight || high > cursor.mostHigh * glyphHeight) return false
  const stem = findStem(piece)
  if (!stem) return false
  const wide = stem.end - stem.start
  const leastSlender = widthOf(box) === wide ? cursor.leastSlender : cursor.leastSlenderWithFeet
  return wide <= cursor.mostWide && high >= leastSlender * wide && widthOf(box) < 0.6 * high
}

/** What each row but the outermost consists of, in the middle of the piece. */
function findStem({ box, runs }: Component): Stem | undefined {
  const inner = runs.filter(({ y }) => y >= box.top + cursor.mostFeet && y < box.bottom - cursor.mostFeet)
  const [stem] = inner
  if (!stem || inner.length !== heightOf(box) - 2 * cursor.mostFeet) return undefined
  if (inner.some(({ start, end }) => start !== stem.start || end !== stem.end)) return undefined
  return Math.abs(middleOf(box) - (stem.start + stem.end) / 2) <= 1 ? stem : undefined
}

/** The pointer over text, wherever it stands: the letter I has feet too, but none is so thin. */
export function isTextPointer(piece: Component): boolean {
  const high = heightOf(piece.box)
  if (high < lowest || high > highest) return false
  const stem = findStem(piece)
  if (!stem || high < cursor.leastSlenderWithFeet * (stem.end - stem.start)) return false
  const reaches = [stem.start - piece.box.left, piece.box.right - stem.end]
  return reaches.every((reach) => reach >= leastReach * high && reach <= mostReach * high)
}

/** Whether a text cursor goes through a sign: a straight stem that is longer than signs are, and ends beyond the rest of it. */
export function isCrossedByCursor({ box, runs }: Component, glyphHeight: number): boolean {
  if (heightOf(box) < leastCrossing * glyphHeight) return false
  const rows = new Map<number, Stem[]>()
  for (const { y, start, end } of runs) rows.set(y, [...(rows.get(y) ?? []), { start, end }])
  return [1, -1].some((step) => {
    const from = step > 0 ? box.top : box.bottom - 1
    const [stem, ...others] = rows.get(from) ?? []
    if (!stem || others.length > 0 || stem.end - stem.start > cursor.mostWide) return false
    let [alone, covered] = [0, 0]
    let isAlone = true
    for (let y = from; y >= box.top && y < box.bottom; y += step) {
      const here = rows.get(y) ?? []
      if (!here.some(({ start, end }) => start <= stem.start && end >= stem.end)) break
      isAlone &&= here.length === 1 && here[0]?.start === stem.start && here[0].end === stem.end
      covered += 1
      if (isAlone) alone += 1
    }
    const hasRest = widthOf(box) > 3 * (stem.end - stem.start)
    const isLong =
      covered >= Math.max(leastCrossing * glyphHeight, cursor.leastSlender * (stem.end - stem.start))
    return hasRest && isLong && alone >= leastSticking * glyphHeight
  })
}

/** A bar or a bracket that a line may be the partner of. */
function mayBePartner({ box }: Component, line: Component): boolean {
  return widthOf(box) < 0.3 * heightOf(box) && heightOf(box) > 0.75 * heightOf(line.box)
}

import { isUneven } from './blobs.ts'
import { heightOf, widthOf } from './boxes.ts'
import type { Component } from './components.ts'
import { fillHoles, measureSolid, measureThick, toMask, toPiece } from './masks.ts'
import { filledShapes, hasShape } from './pointer-shapes.ts'
import type { Plane } from './pixels.ts'

/** Pixels that a pointer is high and wide, at least and at most. */
const [lowest, highest] = [8, 72]
/** Ink that is so many strokes thick, and pixels at least, is filled; the share of it in a filled shape, and how solid that is at most. */
const [thickStrokes, thickPixels, leastThick, mostSolid] = [2.2, 4, 0.4, 0.88]
/** Strokes of large operators and bold letters are less thick than this, as a share of their size; signs of an even shape are smaller than so many usual ones. */
const [thickShare, largerThanSign] = [0.22, 1.15]
/** A hole of no letter is so solid at most, and fills such a share of a square as wide as a usual sign is high. */
const [mostSolidHole, leastHole] = [0.69, 0.2]

function hasPointerSize({ box }: Component): boolean {
  const [wide, high] = [widthOf(box), heightOf(box)]
  return Math.min(wide, high) >= lowest && Math.max(wide, high) <= highest
}

/**
 * Whether a piece is mostly thicker than strokes are and yet has corners that go in: no bullet, bar or box, but an arrow or a hand. One that
 * is its own mirror image, as a star is, has to be larger than a sign.
 */
export function isForked(piece: Component, strokeWidth: number, glyphHeight: number): boolean {
  if (!hasPointerSize(piece)) return false
  const size = Math.max(widthOf(piece.box), heightOf(piece.box))
  if (size < largerThanSign * glyphHeight && !isUneven(piece)) return false
  const mask = toMask(piece)
  const side = Math.ceil(Math.max(thickPixels, thickStrokes * strokeWidth, thickShare * size))
  return measureThick(mask, side) >= leastThick && measureSolid(fillHoles(mask)) <= mostSolid
}

/** Whether a piece with all that it encloses is a double arrow or an hourglass. */
export function isFilledPointer(piece: Component): boolean {
  if (!hasPointerSize(piece)) return false
  return hasShape(toPiece(fillHoles(toMask(piece)), piece.box), filledShapes)
}

/** Whether the inside of an outline has corners that go in, as the insides of letters have not. */
export function isHollowShape(hole: Component, glyphHeight: number): boolean {
  if (!hasPointerSize(hole) || hole.area < leastHole * glyphHeight ** 2) return false
  return measureSolid(fillHoles(toMask(hole))) <= mostSolidHole
}

/** The arms of a cross hair are so many times as long as thick, all of its ink counted: those of a plus are less. */
const leastSlender = 26
/** Pixels that the middle of a cross is off the middle of its box, at most. */
const mostOff = 2

/** Whether a piece is a cross of two straight lines that are finer than those of a sign. */
export function isThinCross(ink: Plane, piece: Component, strokeWidth: number): boolean {
  const { box, runs, area } = piece
  const [wide, high] = [widthOf(box), heightOf(box)]
  if (!hasPointerSize(piece) || wide > 1.25 * high || high > 1.25 * wide) return false
  if (area > 2 * strokeWidth * (wide + high)) return false
  const [middleX, middleY] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2]
  const isCross = runs.every(({ y, start, end }) => {
    const isBar = Math.abs(y + 0.5 - middleY) <= mostOff
    return isBar || (Math.abs((start + end) / 2 - middleX) <= mostOff && end - start <= 2 * mostOff)
  })
  if (!isCross) return false
  let sum = 0
  for (const { y, start, end } of runs)
    for (let x = start; x < end; x += 1) sum += ink.values[y * ink.width + x] ?? 0
  return (wide + high) / 2 >= (leastSlender * sum) / (wide + high)
}

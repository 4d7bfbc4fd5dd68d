import { isRing, isThick, isUneven, measureStroke } from './blobs.ts'
import { heightOf, overlapAcross, widthOf } from './boxes.ts'
import { findComponents, type Component } from './components.ts'
import type { Box, Plane } from './pixels.ts'
import { hasShape, pointerShapes } from './pointer-shapes.ts'
import { findHalo } from './halos.ts'
import { isFilledPointer, isForked, isHollowShape, isThinCross } from './odd-shapes.ts'
import { findTextCursor, isCrossedByCursor, isTextPointer } from './text-cursors.ts'

const { arrow, head, wedge, hand } = pointerShapes
/** Pixels that the inside of a pointer is high and wide at least. */
const [lowest, narrowest] = [8, 4]
/** A known shape need not be as thick as others, by this share. */
const knownShare = 0.7
/** What is more is ink. */
const inkLevel = 0.3
/** Pixels between two holes of one sign. */
const twinReach = 4
/** Pixels of its outline. */
const outline = 2

/**
 * What is no writing: the pointers of a mouse, text cursors. `covered` is what they may have covered, and goes with them; `doubtful` is
 * writing that a cursor seems to cross.
 */
export type Pointers = {
  readonly pieces: readonly Component[]
  readonly covered: readonly Box[]
  readonly doubtful: readonly Box[]
}

/**
 * The pieces of ink of a drawn picture that are a mouse's pointer or a text cursor.
 * @param glyphHeight height of a usual sign in pixels
 */
export function findPointers(ink: Plane, pieces: readonly Component[], glyphHeight: number): Pointers {
  const strokeWidth = measureStroke(pieces)
  const found = pieces.filter(
    (piece) =>
      hasShape(piece, [arrow]) ||
      isRing(piece, strokeWidth) ||
      isTextPointer(piece) ||
      isFilledPointer(piece) ||
      isForked(piece, strokeWidth, glyphHeight) ||
      (isThick(piece, knownShare * strokeWidth) && isUneven(piece) && hasShape(piece, [wedge, hand])) ||
      (pieces.length > 1 && isThick(piece, strokeWidth) && isUneven(piece)),
  )
  const covered = found.map(({ box }) => box)
  const holes = findHoles(ink, pieces)
  for (const hole of holes) {
    if (holes.some((other) => isTwin(hole, other))) continue
    const isHandLike = hasShape(hole, [wedge, hand]) && isUneven(hole)
    const isWhole =
      hasShape(hole, [arrow]) ||
      isHandLike ||
      isRing(hole, 0) ||
      isTextPointer(hole) ||
      isHollowShape(hole, glyphHeight)
    if (isWhole || hasShape(hole, [head])) covered.push(frame(hole.box, isWhole))
  }
  const textCursor = covered.length === 0 ? findTextCursor(pieces, glyphHeight) : undefined
  const halo = findHalo(ink, pieces)
  const doubtful = pieces
    .filter((piece) => isCrossedByCursor(piece, glyphHeight) || isThinCross(ink, piece, strokeWidth))
    .map(({ box }) => box)
  if (halo) doubtful.push(halo)
  return { pieces: textCursor ? [...found, textCursor] : found, covered, doubtful }
}

/** The inside of a pointer with its outline; below a head follows the shaft. */
function frame({ left, top, right, bottom }: Box, isWhole: boolean): Box {
  return {
    left: left - outline,
    top: top - outline,
    right: right + outline,
    bottom: bottom + outline + (isWhole ? 0 : Math.round((bottom - top) * 0.4)),
  }
}

/** Whether two holes of one size lie beside each other, as in ⊗ and ⋈. */
function isTwin(one: Component, other: Component): boolean {
  if (one === other) return false
  const isAlike =
    Math.abs(widthOf(one.box) - widthOf(other.box)) <= 1 &&
    Math.abs(heightOf(one.box) - heightOf(other.box)) <= 1
  const apart = Math.max(
    -overlapAcross(one.box, other.box),
    Math.max(one.box.top, other.box.top) - Math.min(one.box.bottom, other.box.bottom),
  )
  return isAlike && apart <= twinReach
}

/** Parts of the paper that ink encloses, of a size that a pointer may have. */
function findHoles(ink: Plane, pieces: readonly Component[]): Component[] {
  const mayEnclose = pieces.some(({ box }) => heightOf(box) >= lowest && widthOf(box) >= narrowest)
  if (!mayEnclose) return []
  return findComponents(ink, inkLevel, { isInverted: true, leastArea: lowest })
}

import { isRing, isThick, isUneven, measureStroke } from './blobs.ts'
import { heightOf, widthOf } from './boxes.ts'
import { findComponents, type Component } from './components.ts'
import type { Box, Plane } from './pixels.ts'
import { hasShape, pointerShapes } from './pointer-shapes.ts'
import { findTextCursor, isCrossedByCursor, isTextPointer } from './text-cursors.ts'

const { arrow, head, wedge, hand } = pointerShapes
/** Pixels that the inside of a pointer is high and wide at least. */
const [lowest, narrowest] = [8, 4]
/** A known shape need not be as thick as others, by this share. */
const knownShare = 0.7
/** What is more is ink. */
const inkLevel = 0.3
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
      (isThick(piece, knownShare * strokeWidth) && isUneven(piece) && hasShape(piece, [wedge, hand])) ||
      (pieces.length > 1 && isThick(piece, strokeWidth) && isUneven(piece)),
  )
  const covered = found.map(({ box }) => box)
  for (const hole of findHoles(ink, pieces)) {
    const isHandLike = hasShape(hole, [wedge, hand]) && isUneven(hole)
    const isWhole = hasShape(hole, [arrow]) || isHandLike || isRing(hole, 0) || isTextPointer(hole)
    if (isWhole || hasShape(hole, [head])) covered.push(frame(hole.box, isWhole))
  }
  const textCursor = covered.length === 0 ? findTextCursor(pieces, glyphHeight) : undefined
  const doubtful = pieces.filter((piece) => isCrossedByCursor(piece, glyphHeight)).map(({ box }) => box)
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

/** Parts of the paper that ink encloses, of a size that a pointer may have. */
function findHoles(ink: Plane, pieces: readonly Component[]): Component[] {
  const mayEnclose = pieces.some(({ box }) => heightOf(box) >= lowest && widthOf(box) >= narrowest)
  if (!mayEnclose) return []
  return findComponents(ink, inkLevel, { isInverted: true, leastArea: lowest })
}

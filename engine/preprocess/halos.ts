import { heightOf, joinBoxes, widthOf } from './boxes.ts'
import type { Component } from './components.ts'
import type { Box, Plane } from './pixels.ts'

/** Ink between the first two is faint where none beside it is above the third: shadows and glows are, the soft edges of strokes are not. */
const [leastFaint, mostFaint, mostBeside] = [0.05, 0.3, 0.6]
/** Pixels around a piece that its halo reaches. */
const reach = 3
/** Faint pixels for one of ink, from which on a piece has a halo, and at most on the rest of the writing. */
const [leastHalo, mostHalo] = [0.12, 0.03]
/** Pixels of the smallest piece that is judged by itself, and of the place where all pieces with a halo lie. */
const [smallest, largestPlace] = [4, 80]
/** What has a halo is at most such a share of the ink. */
const mostShare = 0.5

/**
 * The place of pieces that have a shadow or a glow, as pointers of many desktops do and writing does not.
 * @returns `undefined` where there is none, or where such pieces are all over the picture: then it is soft
 */
export function findHalo(ink: Plane, pieces: readonly Component[]): Box | undefined {
  if (pieces.length < 2) return undefined
  const faint = findFaint(ink)
  const isLarge = ({ box }: Component) => heightOf(box) >= smallest && widthOf(box) >= smallest
  const measured = pieces
    .filter(isLarge)
    .map((piece) => ({ piece, halo: countFaint(faint, piece.box) / piece.area }))
  const soft = measured.filter(({ halo }) => halo >= leastHalo).map(({ piece }) => piece)
  if (soft.length === 0) return undefined
  const place = joinBoxes(soft.map(({ box }) => box))
  if (Math.max(widthOf(place), heightOf(place)) > largestPlace) return undefined
  const rest = measured.filter(({ piece: { box } }) => !isWithin(box, place)).map(({ halo }) => halo)
  rest.sort((one, other) => one - other)
  const isSoft = (rest[Math.floor(rest.length * 0.8)] ?? Infinity) > mostHalo
  const sumOf = (some: readonly Component[]) => some.reduce((sum, { area }) => sum + area, 0)
  return isSoft || sumOf(soft) > mostShare * sumOf(pieces) ? undefined : place
}

function isWithin(box: Box, place: Box): boolean {
  return (
    box.left >= place.left - reach &&
    box.right <= place.right + reach &&
    box.top >= place.top - reach &&
    box.bottom <= place.bottom + reach
  )
}

function findFaint({ values, width, height }: Plane): Plane {
  const faint = new Float32Array(values.length)
  const isFaint = (at: number) => {
    const value = values[at] ?? 0
    if (value < leastFaint || value > mostFaint) return false
    for (let row = at - width; row <= at + width; row += width)
      for (let next = row - 1; next <= row + 1; next += 1) if ((values[next] ?? 0) > mostBeside) return false
    return true
  }
  for (let at = 0; at < values.length; at += 1) if (isFaint(at)) faint[at] = 1
  return { values: faint, width, height }
}

function countFaint({ values, width, height }: Plane, { left, top, right, bottom }: Box): number {
  let count = 0
  for (let y = Math.max(0, top - reach); y < Math.min(height, bottom + reach); y += 1)
    for (let x = Math.max(0, left - reach); x < Math.min(width, right + reach); x += 1)
      count += values[y * width + x] ?? 0
  return count
}

import { heightOf, widthOf } from './boxes.ts'
import type { Component } from './components.ts'
import { fillGrid, measureOverlap } from './pointer-shapes.ts'

/** Cells along a side of the grids here. */
const side = 15
/** A ring is so round, and its hole is such a share of it. */
const [leastRound, mostRound] = [0.9, 1.1]
const [smallestHole, largestHole] = [0.4, 0.78]
const leastOverlap = 0.76
/** Pixels of the smallest ring or blob. */
const lowest = 9
/** How many times as thick as the strokes around it a ring or a blob is. */
const [thickRing, thickBlob] = [1.3, 2.5]
/** Pixels of the largest square in a blob at least, as a share of its height too, and pixels of its height at most. */
const [leastSquare, leastSquareShare, highestBlob] = [5, 0.3, 72]
/** What is so much like its own mirror image is a bullet, a box, a triangle, not a pointer. */
const symmetric = 0.8

/** The width of a usual stroke, from the stretches of ink that cross pieces. */
export function measureStroke(pieces: readonly Component[]): number {
  const lengths = pieces.flatMap(({ runs }) => runs.map(({ start, end }) => end - start))
  lengths.sort((one, other) => one - other)
  return lengths[lengths.length >> 1] ?? 1
}

/** Whether a piece is a ring of even thickness, as pointers show that are busy: much thicker than signs that are round. */
export function isRing(piece: Component, strokeWidth: number): boolean {
  const [wide, high] = [widthOf(piece.box), heightOf(piece.box)]
  if (high < lowest || wide < leastRound * high || wide > mostRound * high) return false
  const hole = Math.sqrt(Math.max(0, 1 - piece.area / ((Math.PI / 4) * wide * high)))
  if (hole < smallestHole || hole > largestHole) return false
  if (((1 - hole) * high) / 2 < thickRing * strokeWidth) return false
  const ring = Array.from({ length: side * side }, (_, at) => {
    const distance = Math.hypot((at % side) + 0.5 - side / 2, Math.floor(at / side) + 0.5 - side / 2)
    return distance <= side / 2 && distance >= (hole * side) / 2
  })
  return measureOverlap(fillGrid(piece, side, side), ring) >= leastOverlap
}

/** Whether a piece is far thicker than strokes are. */
export function isThick(piece: Component, strokeWidth: number): boolean {
  const high = heightOf(piece.box)
  if (high < lowest || high > highestBlob) return false
  return measureSquare(piece) >= Math.max(leastSquare, leastSquareShare * high, thickBlob * strokeWidth)
}

/** Whether a piece is of no regular shape, as a hand and an arrow of any kind are. */
export function isUneven(piece: Component): boolean {
  const cells = fillGrid(piece, side, side)
  const across = cells.map((_, at) => cells[at - (at % side) + side - 1 - (at % side)] ?? false)
  const down = cells.map((_, at) => cells[(side - 1 - Math.floor(at / side)) * side + (at % side)] ?? false)
  return Math.max(measureOverlap(cells, across), measureOverlap(cells, down)) < symmetric
}

/** Pixels of a side of the largest square that lies within a piece. */
function measureSquare({ box, runs }: Component): number {
  const width = widthOf(box)
  let above = new Uint16Array(width)
  let row = new Uint16Array(width)
  let [last, most] = [box.top, 0]
  for (const { y, start, end } of runs) {
    if (y !== last) {
      ;[above, row] = [row, new Uint16Array(width)]
      last = y
    }
    for (let x = start - box.left; x < end - box.left; x += 1) {
      const square = x === 0 ? 1 : 1 + Math.min(row[x - 1] ?? 0, above[x - 1] ?? 0, above[x] ?? 0)
      row[x] = square
      if (square > most) most = square
    }
  }
  return most
}

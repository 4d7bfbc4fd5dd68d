import { heightOf, widthOf } from './boxes.ts'
import type { Component } from './components.ts'

/** In a box of one by one. */
type Corners = readonly (readonly [number, number])[]
/** A shape over its box, how wide it is for its height, and the overlap from which on a piece has it. */
type PointerShape = {
  readonly cells: readonly boolean[]
  readonly narrowest: number
  readonly widest: number
  readonly leastOverlap: number
}

/** Rows and columns of the grid that shapes are compared in. */
const grid = { columns: 12, rows: 19 }
/** Pixels that a pointer is high. */
const [lowest, highest] = [8, 64]

/** The arrow with a shaft. */
const arrow: Corners = [
  [0, 0],
  [0, 0.858],
  [0.317, 0.674],
  [0.567, 1],
  [0.767, 0.947],
  [0.542, 0.626],
  [1, 0.626],
]
/** What a thin outline leaves of it inside where the shaft is too narrow. */
const head: Corners = [
  [0, 0],
  [0, 1],
  [0.417, 0.778],
  [1, 0.667],
]
/** The arrow without one. */
const wedge: Corners = [
  [0, 0],
  [0, 1],
  [0.34, 0.758],
  [1, 0.758],
]
/** The hand over links: a finger that points up, the others bent, a thumb. */
const hand: Corners = [
  [0.28, 0.55],
  [0.28, 0.08],
  [0.36, 0],
  [0.45, 0.08],
  [0.45, 0.36],
  [0.72, 0.41],
  [0.97, 0.5],
  [1, 0.75],
  [0.9, 1],
  [0.38, 1],
  [0.34, 0.9],
  [0, 0.58],
  [0.08, 0.49],
]

/** Arrows that point both ways along a line. */
const across: Corners = [
  [0, 0.5],
  [0.3, 0],
  [0.3, 0.38],
  [0.7, 0.38],
  [0.7, 0],
  [1, 0.5],
  [0.7, 1],
  [0.7, 0.62],
  [0.3, 0.62],
  [0.3, 1],
]
const upright: Corners = across.map(([x, y]) => [y, x] as const)
const falling: Corners = [
  [0, 0],
  [0.5, 0],
  [0.36, 0.17],
  [0.83, 0.64],
  [1, 0.5],
  [1, 1],
  [0.5, 1],
  [0.64, 0.83],
  [0.17, 0.36],
  [0, 0.5],
]
const rising: Corners = falling.map(([x, y]) => [1 - x, y] as const)
const hourglass: Corners = [
  [0, 0],
  [1, 0],
  [0.95, 0.2],
  [0.58, 0.5],
  [0.95, 0.8],
  [1, 1],
  [0, 1],
  [0.05, 0.8],
  [0.42, 0.5],
  [0.05, 0.2],
]

/** Outlines of pointers that have no inside of their own: compared with all that a piece encloses. */
export const filledShapes = [
  { cells: drawCells(across), narrowest: 1.3, widest: 2.3, leastOverlap: 0.74 },
  { cells: drawCells(upright), narrowest: 0.43, widest: 0.77, leastOverlap: 0.74 },
  { cells: drawCells(falling), narrowest: 0.85, widest: 1.18, leastOverlap: 0.62 },
  { cells: drawCells(rising), narrowest: 0.85, widest: 1.18, leastOverlap: 0.62 },
  { cells: drawCells(hourglass), narrowest: 0.5, widest: 0.95, leastOverlap: 0.82 },
]

export const pointerShapes = {
  arrow: { cells: drawCells(arrow), narrowest: 0.5, widest: 0.78, leastOverlap: 0.64 },
  head: { cells: drawCells(head), narrowest: 0.5, widest: 0.78, leastOverlap: 0.64 },
  wedge: { cells: drawCells(wedge), narrowest: 0.7, widest: 1.05, leastOverlap: 0.7 },
  hand: { cells: drawCells(hand), narrowest: 0.65, widest: 1.1, leastOverlap: 0.69 },
} satisfies Record<string, PointerShape>

/** The cells of the grid whose middle lies within the corners. */
function drawCells(corners: Corners): boolean[] {
  return Array.from({ length: grid.columns * grid.rows }, (_, at) => {
    const x = ((at % grid.columns) + 0.5) / grid.columns
    const y = (Math.floor(at / grid.columns) + 0.5) / grid.rows
    return corners.reduce((isInside, [fromX, fromY], corner) => {
      const [toX, toY] = corners[(corner + 1) % corners.length] ?? [0, 0]
      const crosses = fromY > y !== toY > y && x < ((toX - fromX) * (y - fromY)) / (toY - fromY) + fromX
      return crosses ? !isInside : isInside
    }, false)
  })
}

/** Whether a piece has about the outline of one of the shapes, drawn over its box. */
export function hasShape(piece: Component, shapes: readonly PointerShape[]): boolean {
  const [wide, high] = [widthOf(piece.box), heightOf(piece.box)]
  if (high < lowest || high > highest) return false
  const possible = shapes.filter(({ narrowest, widest }) => wide >= narrowest * high && wide <= widest * high)
  if (possible.length === 0) return false
  const filled = fillGrid(piece, grid.columns, grid.rows)
  return possible.some(({ cells, leastOverlap }) => measureOverlap(filled, cells) >= leastOverlap)
}

/** Whether the middle of each cell of a grid over the piece's box is of the piece. */
export function fillGrid({ box, runs }: Component, columns: number, rows: number): boolean[] {
  const byRow = new Map<number, { start: number; end: number }[]>()
  for (const { y, start, end } of runs) {
    const row = byRow.get(y)
    if (row) row.push({ start, end })
    else byRow.set(y, [{ start, end }])
  }
  return Array.from({ length: columns * rows }, (_, at) => {
    const y = box.top + Math.floor(((Math.floor(at / columns) + 0.5) * heightOf(box)) / rows)
    const x = box.left + Math.floor((((at % columns) + 0.5) * widthOf(box)) / columns)
    return byRow.get(y)?.some(({ start, end }) => x >= start && x < end) ?? false
  })
}

/** What two fillings of one grid have in common, as a share of what either has. */
export function measureOverlap(one: readonly boolean[], other: readonly boolean[]): number {
  let [both, either] = [0, 0]
  one.forEach((isFilled, at) => {
    if (isFilled && other[at]) both += 1
    if (isFilled || other[at]) either += 1
  })
  return both / Math.max(1, either)
}

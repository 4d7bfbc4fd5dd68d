import { heightOf, widthOf } from './boxes.ts'
import type { Component, Run } from './components.ts'
import type { Box } from './pixels.ts'

/** A piece in its box with one empty pixel around: 1 where it is. */
export type Mask = { readonly width: number; readonly height: number; readonly bits: Uint8Array }

export function toMask({ box, runs }: Component): Mask {
  const [width, height] = [widthOf(box) + 2, heightOf(box) + 2]
  const bits = new Uint8Array(width * height)
  for (const { y, start, end } of runs) {
    const row = (y - box.top + 1) * width + 1 - box.left
    bits.fill(1, row + start, row + end)
  }
  return { width, height, bits }
}

/** With all that it encloses. */
export function fillHoles({ width, height, bits }: Mask): Mask {
  const outside = new Uint8Array(width * height)
  outside[0] = 1
  const waiting = [0]
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const x = at % width
    const neighbours = [x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, at - width, at + width]
    for (const next of neighbours) {
      if (next < 0 || next >= bits.length || outside[next] || bits[next]) continue
      outside[next] = 1
      waiting.push(next)
    }
  }
  return { width, height, bits: outside.map((value) => 1 - value) }
}

/** The piece that a mask shows, whose box is `box`. */
export function toPiece({ width, height, bits }: Mask, box: Box): Component {
  const runs: Run[] = []
  let area = 0
  for (let y = 1; y < height - 1; y += 1) {
    const row = bits.subarray(y * width, (y + 1) * width)
    for (let start = row.indexOf(1); start >= 0;) {
      const end = row.indexOf(0, start)
      runs.push({ y: y - 1 + box.top, start: start - 1 + box.left, end: end - 1 + box.left })
      area += end - start
      start = row.indexOf(1, end)
    }
  }
  return { box, area, runs }
}

export function countBits({ bits }: Mask): number {
  return bits.reduce((sum, value) => sum + value, 0)
}

/** The share of a mask that lies in squares of a side within it. */
export function measureThick({ width, bits }: Mask, side: number): number {
  const squares = new Uint16Array(bits.length)
  const thick = new Uint8Array(bits.length)
  let [all, inSquares] = [0, 0]
  bits.forEach((bit, at) => {
    if (bit === 0) return
    all += 1
    const least = Math.min(squares[at - 1] ?? 0, squares[at - width] ?? 0, squares[at - width - 1] ?? 0)
    squares[at] = least + 1
    if (least + 1 < side) return
    for (let row = 0; row < side; row += 1) thick.fill(1, at - row * width - side + 1, at - row * width + 1)
  })
  thick.forEach((value) => (inSquares += value))
  return inSquares / Math.max(1, all)
}

/** The share that a mask has of the smallest shape around it that is nowhere hollow. */
export function measureSolid(mask: Mask): number {
  const { width, height, bits } = mask
  const corners: Corner[] = []
  for (let y = 0; y < height; y += 1) {
    const row = bits.subarray(y * width, (y + 1) * width)
    const [left, right] = [row.indexOf(1), row.lastIndexOf(1) + 1]
    if (left >= 0) corners.push([left, y], [left, y + 1], [right, y], [right, y + 1])
  }
  corners.sort((one, other) => one[0] - other[0] || one[1] - other[1])
  const hull = [...walkHull(corners), ...walkHull(corners.toReversed())]
  const doubled = hull.reduce((sum, [x, y], at) => {
    const [nextX, nextY] = hull[(at + 1) % hull.length] ?? [x, y]
    return sum + x * nextY - nextX * y
  }, 0)
  return countBits(mask) / Math.max(1, Math.abs(doubled) / 2)
}

type Corner = readonly [number, number]

/** One side of the hull, without its last corner. */
function walkHull(corners: readonly Corner[]): Corner[] {
  const side: Corner[] = []
  for (const corner of corners) {
    for (;;) {
      const [before, last] = side.slice(-2)
      if (!before || !last) break
      const turn =
        (last[0] - before[0]) * (corner[1] - before[1]) - (last[1] - before[1]) * (corner[0] - before[0])
      if (turn > 0) break
      side.pop()
    }
    side.push(corner)
  }
  return side.slice(0, -1)
}

import { describe, expect, it } from 'vitest'
import { findComponents } from './components.ts'
import { isFilledPointer, isForked, isHollowShape } from './odd-shapes.ts'
import type { Plane } from './pixels.ts'

/** `#` is ink. */
function draw(rows: readonly string[]): Plane {
  const [width, height] = [Math.max(...rows.map((row) => row.length)) + 4, rows.length + 4]
  const values = new Float32Array(width * height)
  rows.forEach((row, y) => {
    Array.from(row).forEach((sign, x) => (values[(y + 2) * width + x + 2] = sign === '#' ? 1 : 0))
  })
  return { values, width, height }
}

function pieceOf(rows: readonly string[]) {
  const [piece] = findComponents(draw(rows), 0.5)
  if (!piece) throw new Error('nothing drawn')
  return piece
}

const plus = (size: number, arm: number) =>
  Array.from({ length: size }, (_, y) =>
    Array.from({ length: size }, (__, x) =>
      Math.min(Math.abs(2 * x + 1 - size), Math.abs(2 * y + 1 - size)) < arm ? '#' : ' ',
    ).join(''),
  )
const outline = (rows: readonly string[]) =>
  rows.map((row, y) =>
    Array.from(row, (sign, x) => {
      const sides = [row[x - 1], row[x + 1], rows[y - 1]?.[x], rows[y + 1]?.[x]]
      return sign === '#' && sides.some((side) => side !== '#') ? '#' : ' '
    }).join(''),
  )
const disc = (size: number) =>
  Array.from({ length: size }, (_, y) =>
    Array.from({ length: size }, (__, x) =>
      Math.hypot(x + 0.5 - size / 2, y + 0.5 - size / 2) <= size / 2 ? '#' : ' ',
    ).join(''),
  )

describe('shapes that no sign has', () => {
  it('are thick crosses that are larger than signs, but neither fine ones nor bullets', () => {
    const [strokeWidth, glyphHeight] = [2, 16]
    expect(isForked(pieceOf(plus(24, 8)), strokeWidth, glyphHeight)).toBe(true)
    expect(isForked(pieceOf(plus(24, 2)), strokeWidth, glyphHeight)).toBe(false)
    expect(isForked(pieceOf(plus(14, 5)), strokeWidth, glyphHeight)).toBe(false)
    expect(isForked(pieceOf(disc(24)), strokeWidth, glyphHeight)).toBe(false)
  })

  it('are insides with corners that go in, but not those of round letters', () => {
    const insideOf = (rows: readonly string[]) => {
      const holes = findComponents(draw(outline(rows)), 0.5, { isInverted: true })
      const inside = holes.find(({ box }) => box.left > 1)
      if (!inside) throw new Error('no hole')
      return inside
    }
    expect(isHollowShape(insideOf(plus(24, 8)), 16)).toBe(true)
    expect(isHollowShape(insideOf(disc(24)), 16)).toBe(false)
  })

  it('are double arrows, but not ⇔ whose bars lie nearly as far apart as its heads', () => {
    const arrow = (bars: readonly [number, number], head = 7) =>
      Array.from({ length: 15 }, (_, y) =>
        Array.from({ length: 27 }, (__, x) => {
          const end = Math.min(x, 26 - x)
          const isHead = end <= head && Math.abs(y - 7) <= (7 * end) / head
          return isHead || (end > head - 1 && y >= bars[0] && y <= bars[1]) ? '#' : ' '
        }).join(''),
      )
    expect(isFilledPointer(pieceOf(arrow([5, 9])))).toBe(true)
    expect(isFilledPointer(pieceOf(outline(arrow([5, 9]))))).toBe(true)
    expect(isFilledPointer(pieceOf(outline(arrow([2, 12], 4))))).toBe(false)
  })
})

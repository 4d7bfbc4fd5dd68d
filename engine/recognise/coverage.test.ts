import { describe, expect, it } from 'vitest'
import { findSigns, isSign, measureCoverage } from './coverage.ts'

const [width, height, columns] = [80, 32, 10]

/** A canvas with filled rectangles: left, top, width, height. */
function draw(...boxes: readonly (readonly [number, number, number, number])[]) {
  const data = new Uint8Array(width * height)
  for (const [left, top, wide, high] of boxes)
    for (let y = top; y < top + high; y += 1) data.fill(255, y * width + left, y * width + left + wide)
  return { data, width, height }
}

/** Looks at the cells (column, row), once for each time they are named. */
function look(...cells: readonly (readonly [number, number])[]) {
  const looked = new Float32Array(columns * (height / 8))
  for (const [column, row] of cells)
    looked[row * columns + column] = (looked[row * columns + column] ?? 0) + 1
  return looked
}

describe('coverage', () => {
  const three = findSigns(draw([4, 10, 6, 12], [28, 10, 6, 12], [60, 10, 6, 12]))

  it('counts the signs that a reading never looked at', () => {
    expect(three).toHaveLength(3)
    expect(measureCoverage(three, look([0, 1], [4, 2]), columns)).toEqual({ pieces: 3, unread: 1, reread: 0 })
    expect(measureCoverage(three, look([0, 1], [4, 2], [8, 1]), columns)).toMatchObject({ unread: 0 })
  })

  it('counts the signs that a reading looked at again and again', () => {
    const looks = Array.from({ length: 9 }, () => [4, 2] as const)
    expect(measureCoverage(three, look([0, 1], ...looks, [8, 1]), columns)).toEqual({
      pieces: 3,
      unread: 0,
      reread: 1,
    })
  })

  it('takes neither specks nor fraction bars nor tall brackets for signs', () => {
    expect(findSigns(draw([4, 4, 2, 2], [10, 15, 40, 3], [60, 0, 4, 32]))).toEqual([])
  })

  it('knows which tokens draw a sign', () => {
    expect(['x', '7', '\\alpha', '\\leq', '\\sqrt'].every(isSign)).toBe(true)
    expect(['{', '}', '^', '\\frac', '\\begin{array}', '&'].some(isSign)).toBe(false)
  })
})

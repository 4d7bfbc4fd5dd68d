import { describe, expect, it } from 'vitest'
import { cutSide, cutSigns } from './cut-signs.ts'
import type { SignBox } from './spotted-sign.ts'

const area = cutSide * cutSide

/** A canvas with full ink in some boxes (whole pixels). */
function paint(width: number, height: number, boxes: readonly SignBox[]) {
  const data = new Uint8Array(width * height)
  for (const [left, top, right, bottom] of boxes)
    for (let y = top; y < bottom; y += 1) data.fill(255, y * width + left, y * width + right)
  return { data, width, height }
}

/** Ink of the sign `at` and its share of each cell inside the box, as sums. */
function sumOf(values: Float32Array, part: number): number {
  return values.subarray(part * area, (part + 1) * area).reduce((sum, value) => sum + value, 0)
}

describe('signs cut out of a canvas', () => {
  const square: SignBox = [40, 20, 60, 40]

  it('fills the box of a full square and nothing around it', () => {
    const { cuts } = cutSigns(paint(104, 64, [square]), [square])
    expect(cuts).toHaveLength(2 * area)
    // 20 of the 28 pixels of the square's side.
    expect(sumOf(cuts, 0)).toBeCloseTo((20 / 28) ** 2 * area, 1)
    expect(cuts.subarray(0, area)).toEqual(cuts.subarray(area))
  })

  it('keeps the ink of neighbours outside of the box', () => {
    const { cuts } = cutSigns(paint(104, 64, [square, [62, 20, 64, 40]]), [square])
    expect(sumOf(cuts, 0)).toBeGreaterThan(sumOf(cuts, 1) * 1.05)
  })

  it('does the same at every size', () => {
    const [one, other] = [1, 3].map((times) => {
      const box = square.map((side) => side * times) as unknown as SignBox
      return cutSigns(paint(104 * times, 64 * times, [box]), [box])
    })
    other?.cuts.forEach((value, at) => {
      expect(value).toBeCloseTo(one?.cuts[at] ?? NaN, 4)
    })
    expect(other?.sizes).toEqual(one?.sizes)
  })

  it('tells sizes in units of the median sign', () => {
    const boxes: SignBox[] = [
      [0, 0, 20, 10],
      [30, 0, 50, 20],
      [60, 0, 65, 80],
    ]
    const { sizes } = cutSigns(paint(104, 96, []), boxes)
    expect(Array.from(sizes, (size) => Math.exp(size).toFixed(2))).toEqual([
      '1.00',
      '0.50',
      '1.00',
      '1.00',
      '0.25',
      '4.00',
    ])
  })

  it('takes paper for what lies beyond the edge', () => {
    const corner: SignBox = [0, 0, 20, 20]
    const { cuts } = cutSigns(paint(40, 40, [corner]), [corner])
    expect(sumOf(cuts, 0)).toBeCloseTo((20 / 28) ** 2 * area, 1)
  })
})

import { describe, expect, it } from 'vitest'
import { alignFormula, measureEm, measureEmByInk } from './match-signs.ts'

const box = (height: number, width = 10) => ({ left: 0, top: 0, width, height })

it('finds how high an em is in the image, whatever one sign or a bar says', () => {
  const pairs = [
    { seen: box(44), drawn: box(0.44) },
    { seen: box(68), drawn: box(0.66) },
    { seen: box(64), drawn: box(0.64) },
    // A smudge that was taken for part of the sign; a bar; brackets around a fraction.
    { seen: box(300), drawn: box(0.5) },
    { seen: box(9), drawn: box(0.05) },
    { seen: box(180), drawn: box(2.4) },
  ]
  expect(measureEm(pairs)).toBeCloseTo(103, 0)
})

it('does not guess from a single sign, where the height of all ink tells', () => {
  expect(measureEm([{ seen: box(44), drawn: box(0.44) }])).toBeUndefined()
  expect(measureEmByInk(box(120), box(1.5))).toBe(80)
})

describe('alignFormula', () => {
  const at = (left: number, top: number) => ({ left, top, width: 20, height: 30 })
  const drawnAt = (left: number, top: number) => ({ left, top, width: 0.4, height: 0.6 })
  it('lays sign on sign', () => {
    const pairs = [
      { seen: at(110, 200), drawn: drawnAt(0, 1) },
      { seen: at(210, 200), drawn: drawnAt(2, 1) },
      { seen: at(160, 150), drawn: drawnAt(1, 0) },
    ]
    const { x, y } = alignFormula(pairs, 50, undefined, undefined)
    expect(x.scale * 0.2 + x.offset).toBeCloseTo(120)
    expect(x.scale).toBeCloseTo(50)
    expect(y.scale * 1.3 + y.offset).toBeCloseTo(215)
  })
  it('lays ink on ink where no sign has a place, and stretches nothing out of shape', () => {
    const ink = { left: 100, top: 40, width: 400, height: 20 }
    const { x, y } = alignFormula([], 40, ink, { left: 1, top: 0, width: 10, height: 1 })
    expect([x.scale * 1 + x.offset, x.scale * 11 + x.offset]).toEqual([100, 500])
    expect(y.scale).toBeCloseTo(40 / 1.5)
    expect(y.scale * 0.5 + y.offset).toBeCloseTo(50)
  })
})

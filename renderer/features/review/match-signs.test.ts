import { expect, it } from 'vitest'
import { measureEm, measureEmByInk } from './match-signs.ts'

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

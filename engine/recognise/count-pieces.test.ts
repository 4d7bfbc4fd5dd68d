import { describe, expect, it } from 'vitest'
import { normaliseLatex } from '../../shared/latex/normalise.ts'
import { countPieces } from './count-pieces.ts'

describe('countPieces', () => {
  it.each([
    ['12+5x-8=12x-10', 14 + 1],
    ['\\frac{i}{2}', 4],
    ['x^{2}+y_{1}', 5],
    ['\\sin x', 5],
    ['\\begin{array}{lcr}1&2&3\\\\4&5&6\\end{array}', 6],
    ['\\left\\{x\\right.', 2],
    ['\\text{if }x', 4],
  ])('counts the ink of %s', (latex, pieces) => {
    expect(countPieces(normaliseLatex(latex))).toBe(pieces)
  })
})

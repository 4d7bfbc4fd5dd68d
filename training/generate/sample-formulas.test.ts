import { describe, expect, it } from 'vitest'
import { normaliseLatex } from '../../shared/latex/normalise.ts'
import { isSampleFormula } from './sample-formulas.ts'

describe('isSampleFormula', () => {
  it('knows the formulas of samples/, however they are written', () => {
    expect(isSampleFormula(normaliseLatex('x=\\frac{-b\\pm\\sqrt{b^2-4ac}}{2a}'))).toBe(true)
    expect(isSampleFormula(normaliseLatex('x^2+y^2=9'))).toBe(true)
    expect(isSampleFormula(normaliseLatex('x^2+y^2=8'))).toBe(false)
  })
})

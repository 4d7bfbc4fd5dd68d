import { expect, it } from 'vitest'
import { normaliseLatex } from '../../shared/latex/normalise.ts'
import { isSpelled } from './spelled.ts'

it.each([
  ['comb(n,k)', true],
  ['x=mutation*2', true],
  ['abc', false],
  ['ab+cd', false],
  ['\\operatorname{rank}A', false],
  ['\\text{otherwise}', false],
  ['x_{\\mathrm{total}}abc', false],
  ['\\mathrm{total}\\,mean', true],
])('%s is spelled: %s', (latex, expected) => {
  expect(isSpelled(normaliseLatex(latex))).toBe(expected)
})

import { expect, it } from 'vitest'
import { compareLatex } from './compare-latex.ts'

const write = (before: string, after: string) =>
  compareLatex(before, after)
    .map(({ kind, text }) => ({ same: text, gone: `[-${text}-]`, new: `[+${text}+]` })[kind])
    .join('')

it.each([
  ['x^{2}', 'x^{3}', 'x^{[-2-][+3+]}'],
  ['\\alpha+1', '\\beta+1', '[-\\alpha-][+\\beta+]+1'],
  ['x', 'x+1', 'x[++1+]'],
  ['a b c', 'a c', 'a [-b -]c'],
  ['\\frac{a}{b}', '\\frac { a } { b }', '\\frac { a } { b }'],
  ['', 'x', '[+x+]'],
  ['x', '', '[-x-]'],
  ['\\left(x\\right)', '\\left[x\\right)', '[-\\left(-][+\\left[+]x\\right)'],
])('%s against %s', (before, after, written) => {
  expect(write(before, after)).toBe(written)
})

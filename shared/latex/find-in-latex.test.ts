import { expect, it } from 'vitest'
import { findPatternMistake, replaceInLatex, type SearchMode } from './find-in-latex.ts'

it.each<[SearchMode, string, string, string, string | undefined]>([
  ['plain', 'x', 'y', 'x+\\max x', 'y+\\may y'],
  ['token', 'x', 'y', 'x+\\max x', 'y+\\max y'],
  ['token', '\\in', '\\notin', 'a\\in B \\int', 'a\\notin B \\int'],
  ['token', '\\frac { a }', '\\dfrac{a}', '\\frac{a}{b}+\\frac{a}{c}', '\\dfrac{a}{b}+\\dfrac{a}{c}'],
  ['token', '\\cdot', '\\times', 'a\\cdot b', 'a\\times b'],
  ['token', '*', '\\cdot', 'a*b', 'a\\cdot b'],
  ['pattern', '\\\\mathrm\\{(\\w)\\}', '$1', '\\mathrm{d}x', 'dx'],
  ['pattern', '(?<a>x)\\^2', '$<a>^{2}', 'x^2', 'x^{2}'],
  ['plain', 'z', 'y', 'x', undefined],
  ['plain', '', 'y', 'x', undefined],
  ['pattern', 'x*', 'y', 'a', undefined],
  ['token', ' ', 'y', 'x', undefined],
])('%s %s by %s in %s', (mode, find, replace, latex, replaced) => {
  expect(replaceInLatex(latex, { find, replace, mode })?.latex).toBe(replaced)
})

it('counts the places, and says why a pattern cannot be used', () => {
  expect(replaceInLatex('x+x', { find: 'x', replace: '', mode: 'token' })).toEqual({ latex: '+', count: 2 })
  expect(findPatternMistake({ find: '(', replace: '', mode: 'pattern' })).toBe('Unterminated group')
  expect(findPatternMistake({ find: '(', replace: '', mode: 'plain' })).toBeUndefined()
})

import { expect, it } from 'vitest'
import { unwrapMath } from './unwrap-math.ts'

it.each([
  ['$x^2$', 'x^2'],
  ['$$ x $$\n', 'x'],
  ['\\(a\\)', 'a'],
  ['\\[\n  a = b\n\\]', 'a = b'],
  ['\\begin{equation}\na\n\\end{equation}', 'a'],
  ['\\begin{equation*} a \\end{equation*}', 'a'],
  ['\\[\\begin{math}a\\end{math}\\]', 'a'],
  ['\\begin{equation}\\begin{split}a&=b\\end{split}\\end{equation}', '\\begin{split}a&=b\\end{split}'],
])('takes off what a document puts around a formula: %s', (text, formula) => {
  expect(unwrapMath(text)).toBe(formula)
})

it.each([
  'x^2',
  ' x ',
  '$a$ and $b$',
  'Let $a$',
  '$',
  '\\begin{align}a\\end{align}',
  '\\begin{equation}a\\end{equation}\\begin{equation}b\\end{equation}',
  '5 \\$ + 6 \\$',
])('leaves anything else as it is: %s', (text) => {
  expect(unwrapMath(text)).toBe(text)
})

import { expect, it } from 'vitest'
import { tidyLatex } from './tidy-latex.ts'

it.each([
  ['\\frac { x ^ { 2 } } { 3 }', '\\frac{x^{2}}{3}'],
  ['x^2+y_i', 'x^{2}+y_{i}'],
  ['\\frac12', '\\frac{1}{2}'],
  ['{{x}}^{{2}}', '{x}^{2}'],
  ['( \\frac{a}{b} )', '\\left(\\frac{a}{b}\\right)'],
  ['\\big( \\frac{a}{b} \\big)', '\\big(\\frac{a}{b} \\big)'],
  ['\\alpha   x', '\\alpha x'],
  ['\\text{if  so }  y', '\\text{if  so } y'],
  ['\\textcolor{dark red}{x  y}', '\\textcolor{dark red}{x  y}'],
  ['\\hspace*{1 cm}  x', '\\hspace*{1 cm} x'],
  ['a \\\\[2pt]  b', 'a \\\\[2pt] b'],
  ['\\begin{array}{l r}a&b\\end{array}', '\\begin{array}{l r}a & b\\end{array}'],
  ['Let \\( x ^ 2 \\) be  so', 'Let \\( x^{2} \\) be  so'],
  ['x \\kern 3pt y', 'x \\kern 3pt y'],
  ['x % why', 'x % why'],
  ['\\frac{{', '\\frac{{'],
])('%s', (latex, tidied) => {
  expect(tidyLatex(latex)).toBe(tidied)
  expect(tidyLatex(tidied)).toBe(tidied)
})

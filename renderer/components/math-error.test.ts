import { expect, it } from 'vitest'
import { findMathError } from './math-error.ts'

const problemOf = (latex: string) => findMathError(latex)?.message

it.each([
  '\\begin{array}{*{20}{c}}a&b\\end{array}',
  '\\begin{array}{l*{2}{rc}|}a&b&c\\end{array}',
  '\\ce{2 H2 + O2 -> 2 H2O}',
  '\\mbox{if } x',
  'x=1\\label{eq:one_1}',
  '\\begin{eqnarray*}a&=&b\\\\&\\leq&c\\end{eqnarray*}',
  '\\begin{multline}a+b\\\\+c\\end{multline}',
  '\\begin{flalign}a&=b\\end{flalign}',
  '\\begin{equation}\\begin{split}a&=b\\end{split}\\end{equation}',
])('typesets what is pasted from papers: %s', (latex) => {
  expect(findMathError(latex)).toBeUndefined()
})

it('finds the place of a mistake also behind what it had to spell anew', () => {
  const latex = '\\begin{eqnarray}a&=&\\foo\\end{eqnarray}'
  expect(findMathError(latex)).toEqual({
    message: '\\foo is not known.',
    position: latex.indexOf('\\foo'),
    length: 4,
  })
  const array = '\\begin{array}{*{3}{c}}a&\\foo\\end{array}'
  expect(findMathError(array)?.position).toBe(array.indexOf('\\foo'))
  expect(findMathError('\\begin{array}{*{900}{c}}a\\end{array}')?.message).toContain('not *')
})

it.each([
  ['\\frac{1}{', 'A closing } is missing.'],
  ['{x', 'A closing } is missing.'],
  ['\\sqrt[3', 'A closing ] is missing.'],
  ['\\left( x', 'A \\left has no \\right: write \\right. where nothing is to be drawn.'],
  ['\\begin{matrix}a&b', 'A \\begin has no \\end.'],
  ['x}', 'This } closes nothing.'],
  ['\\right)', 'This \\right has no \\left.'],
  ['a&b', 'An & stands only between columns: put \\begin{aligned} … \\end{aligned} around the lines.'],
  ['x^', 'Something is missing behind ^.'],
  ['\\cite{a}', '\\cite is not known. Citations are known only in a document: remove it.'],
  ['x\\par y', '\\par is for pages and does nothing in a formula: remove it.'],
  ['\\begin{tabular}{c}a\\end{tabular}', 'The environment tabular is not known. Use array.'],
  ['$x$', 'The field holds the formula alone: remove the $ or \\( … \\).'],
  ['\\hspace{1cx}', 'cx is no unit of length: write em, ex, mu, pt, mm, cm or in.'],
  ['\\begin{matrix}a\\end{array}', '\\begin{matrix} is closed by \\end{array}: write \\end{matrix}.'],
])('says of %s what is wrong and what to do', (latex, message) => {
  expect(problemOf(latex)).toBe(message)
})

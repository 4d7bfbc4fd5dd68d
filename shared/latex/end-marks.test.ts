import { expect, it } from 'vitest'
import { dropEndMarks } from './end-marks.ts'
import { normaliseLatex } from './normalise.ts'

it.each([
  ['x=1.', 'x=1'],
  ['x=1,', 'x=1'],
  ['a,b;', 'a,b'],
  ['1.5', '1.5'],
  ['x_{1},\\ldots,x_{n}.', 'x_{1},\\ldots,x_{n}'],
  [
    '\\begin{array}{ll}x, & \\text{if }x>0, \\\\ y & z.\\end{array}.',
    '\\begin{array}{ll}x & \\text{if }x>0 \\\\ y & z\\end{array}',
  ],
  ['.', '.'],
])('%s without marks at its ends is %s', (latex, expected) => {
  expect(dropEndMarks(normaliseLatex(latex))).toEqual(normaliseLatex(expected))
})

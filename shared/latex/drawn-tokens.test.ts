import { expect, it } from 'vitest'
import { findDrawn, nameDrawn } from './drawn-tokens.ts'
import { splitLatex } from './tokens.ts'

const draw = (latex: string) => {
  const tokens = splitLatex(latex)
  return findDrawn(tokens)
    .map((at) => tokens[at] ?? '')
    .join(' ')
}

it.each([
  ['x_{1}^{2}', 'x 1 2'],
  ['\\sqrt[3]{a[b]}', '\\sqrt 3 a [ b ]'],
  ['\\left.\\begin{array}{ll}l & 1 \\\\ \\frac{a}{b}\\end{array}\\right|', 'l 1 \\frac a b \\right|'],
  ['\\text{if a}\\quad\\mathbf{B}\\,\\lim', 'i f a B \\lim'],
  ['\\{ a \\& b \\|', '\\{ a \\& b \\|'],
])('%s draws %s', (latex, drawn) => {
  expect(draw(latex)).toBe(drawn)
})

it('has one name for a sign however it is spelled', () => {
  const names = ['\\left(', '\\right\\}', '\\left\\langle', '\\leftarrow', '\\rightleftharpoons', '(']
  expect(names.map(nameDrawn)).toEqual(['(', '\\}', '\\langle', '\\leftarrow', '\\rightleftharpoons', '('])
})

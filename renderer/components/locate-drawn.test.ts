import '../../testing/renderer/complete-jsdom.ts'
import { expect, it } from 'vitest'
import { REVIEW_BUDGET } from '../../shared/latex/typesetting-budget.ts'
import { locateDrawn } from '../../shared/latex/place-in-source.ts'
import { namePieces } from './locate-drawn.ts'
import { renderMath } from './math-error.ts'

/** Each token that draws, with the pieces of ink that are its own. */
function piecesOf(latex: string): string[] {
  const target = document.createElement('span')
  expect(renderMath(target, latex, true, REVIEW_BUDGET)).toBeUndefined()
  const before = target.innerHTML
  const owned = namePieces(target, latex)
  // What is shown is as it was.
  expect(target.innerHTML).toBe(before)
  return locateDrawn(latex).map(({ from, to }) => {
    const pieces = owned.filter((one) => one.from === from && one.to === to).map(({ text }) => text)
    return `${latex.slice(from, to)}:${pieces.join('')}`
  })
}

it.each([
  ['x^{2}+y=12', 'x:x 2:2 +:+ y:y =:= 1:1 2:2'],
  // Fractions are drawn from below, signs with limits around, roots with a line.
  ['\\frac{a}{b}=\\sqrt{c}', '\\frac:span a:a b:b =:= \\sqrt:svg c:c'],
  ['\\sum_{n=1}^{9} n', '\\sum:∑ n:n =:= 1:1 9:9 n:n'],
  ['\\lim_{x \\rightarrow 0} \\sin x', '\\lim:lim x:x \\rightarrow:→ 0:0 \\sin:sin x:x'],
  ['\\left(\\frac{x}{2}\\right)^{n}', '\\left(:( \\frac:span x:x 2:2 \\right):) n:n'],
  ['\\left\\{\\begin{array}{l}a \\\\ b\\end{array}\\right.', '\\left\\{:{ a:a b:b'],
  ['\\text{if } x\\in\\mathbb{R}', 'i:i f:f x:x \\in:∈ R:R'],
  ['\\hat{x}+\\overline{ab}', '\\hat:^ x:x +:+ \\overline:span a:a b:b'],
  ['x_1^2', 'x:x 1:1 2:2'],
])('knows which token draws what in %s', (latex, expected) => {
  expect(piecesOf(latex).join(' ')).toBe(expected)
})

it('goes without what cannot be told apart, and keeps the rest', () => {
  expect(piecesOf('\\frac12 + x')).toContain('x:x')
  expect(piecesOf('\\color{red}{x}+y')).toContain('y:y')
})

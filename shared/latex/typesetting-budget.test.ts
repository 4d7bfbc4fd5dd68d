import katex from 'katex'
import { describe, expect, it } from 'vitest'
import { splitMath } from '../split-math.ts'
import { limitMath } from './limit-math.ts'
import { measureFormula, REVIEW_BUDGET, ROW_BUDGET } from './typesetting-budget.ts'

const nest = (begin: string, end: string, deep: number) => begin.repeat(deep) + 'x' + end.repeat(deep)
const most = REVIEW_BUDGET.cost

describe('what is not typeset', () => {
  it.each([
    ['roots in roots', nest('\\sqrt{', '}', 250), 'nesting'],
    ['roots in roots without braces', '\\sqrt'.repeat(250) + 'x', 'nesting'],
    ['accents on accents', '\\hat'.repeat(60) + 'x', 'nesting'],
    ['brackets in brackets', nest('\\left(', '\\right)', 60), 'nesting'],
    ['arrays in arrays', nest('\\begin{array}{c}', '\\end{array}', 60), 'nesting'],
    ['plain braces', nest('{', '}', 300), 'nesting'],
    ['powers of powers', nest('x^{', '}', 60), 'nesting'],
    ['switches, which nest all that follows', '\\displaystyle x '.repeat(60), 'nesting'],
    ['colours, likewise', '\\color{red} x '.repeat(60), 'nesting'],
    ['definitions', '\\def\\a{xx}\\def\\b{\\a\\a}\\b', 'definitions'],
    ['definitions by other names', '\\newcommand{\\a}{\\a\\a}\\a', 'definitions'],
    ['names for other things', '\\let\\a=b \\a', 'definitions'],
    ['a sum of 20 KB', 'x+'.repeat(10_000), 'length'],
    ['cells without number', `\\begin{array}{c}${'&'.repeat(1000)}\\end{array}`, 'length'],
    ['rows without number', `\\begin{array}{c}${'a\\\\'.repeat(1200)}\\end{array}`, 'length'],
    ['copies of copies', '\\pmb{'.repeat(4) + 'xyz+'.repeat(20) + '}'.repeat(4), 'length'],
  ])('%s', (_name, latex, reason) => {
    expect(measureFormula(latex, most)).toBe(reason)
  })

  it.each([
    ['\\frac{-b \\pm \\sqrt{b^{2}-4 a c}}{2 a}'],
    [nest('\\frac{1}{1+', '}', 15)],
    ['\\left(\\begin{array}{ccc}1 & 2 & 3 \\\\ 4 & 5 & 6\\end{array}\\right)'.repeat(8)],
    ['\\alpha \\beta \\gamma \\delta '.repeat(40)],
    ['\\, \\quad \\iff '.repeat(80)],
    ['a_{1}x^{2}+'.repeat(120)],
  ])('%s is', (latex) => {
    expect(measureFormula(latex, most)).toBeTypeOf('number')
    expect(() => katex.renderToString(latex.replace(/\+$/, ''), { maxExpand: 2500 })).not.toThrow()
  })
})

describe('many formulas in one text', () => {
  it('share one budget; the rest stands there as it is', () => {
    const text = 'and $x+y$ '.repeat(55)
    const { segments, over } = limitMath(splitMath(text), ROW_BUDGET)
    const typeset = segments.filter(({ kind }) => kind !== 'prose').length
    expect(typeset).toBeGreaterThan(20)
    expect(typeset).toBeLessThan(200)
    expect(over).toBe('length')
    expect(segments.map(({ source }) => source).join('')).toBe(text)
  })

  it.each([
    ['displays back to back', '$$x'.repeat(5001)],
    ['lines of one sign', '\\(x\\)\n'.repeat(2000)],
    ['pairs that do not match', '$a \\( b \\] '.repeat(3000)],
    ['words between', 'word $a+b$ '.repeat(400)],
  ])('a text of thousands of pieces is one piece: %s', (_name, text) => {
    for (const budget of [ROW_BUDGET, REVIEW_BUDGET]) {
      const { segments, over } = limitMath(splitMath(text), budget)
      expect(segments).toEqual([{ kind: 'prose', value: text, source: text }])
      expect(over).toBe('pieces')
    }
  })

  it('a display costs more than a formula in a line, and what is not typeset is one piece with the prose around it', () => {
    const text = '\\[x\\] and '.repeat(150)
    const { segments, over } = limitMath(splitMath(text), REVIEW_BUDGET)
    const typeset = segments.filter(({ kind }) => kind !== 'prose').length
    expect(typeset).toBeGreaterThan(40)
    expect(typeset).toBeLessThan(100)
    expect(segments).toHaveLength(2 * typeset)
    expect(over).toBe('length')
    expect(segments.map(({ source }) => source).join('')).toBe(text)
  })

  it('a dense page of prose is typeset', () => {
    const { over } = limitMath(splitMath('and so $x_{1}$ is near '.repeat(150)), REVIEW_BUDGET)
    expect(over).toBeUndefined()
  })

  it('one that is too much does not take the others along', () => {
    const { segments, over } = limitMath(splitMath(`$a$ $${'\\sqrt'.repeat(99)}x$ $b$`), ROW_BUDGET)
    expect(segments.filter(({ kind }) => kind === 'inline').map(({ value }) => value)).toEqual(['a', 'b'])
    expect(over).toBe('nesting')
  })
})

describe('splitting text', () => {
  it.each([['\\('], ['\\['], ['$$'], ['$ \\('], ['\\(\\[']])(
    'looks once for a closing that does not come: %s',
    (opening) => {
      // Looked for from each opening anew, this takes minutes.
      const text = opening.repeat(100_000)
      expect(
        splitMath(text)
          .map(({ source }) => source)
          .join(''),
      ).toBe(text)
    },
    10_000,
  )
})

import { describe, expect, it } from 'vitest'
import { isSameFormula, normaliseLatex } from './normalise.ts'
import { splitLatex } from './tokens.ts'
import { addLeftRight, joinCompact, joinTokens } from './write.ts'

const compact = (latex: string) => joinCompact(normaliseLatex(latex))
const styled = (latex: string) => joinCompact(addLeftRight(normaliseLatex(latex)))
const spaced = (latex: string) => joinTokens(normaliseLatex(latex))

describe('splitLatex', () => {
  it('separates words, signs, paired delimiters and environments', () => {
    expect(splitLatex('\\left(\\frac12x\\right) \\begin {array}')).toEqual([
      '\\left(',
      '\\frac',
      '1',
      '2',
      'x',
      '\\right)',
      '\\begin{array}',
    ])
  })

  it('keeps single blanks inside text and drops them elsewhere', () => {
    expect(splitLatex('x  y\\text{ if  so }')).toEqual([
      'x',
      'y',
      '\\text',
      '{',
      'i',
      'f',
      ' ',
      's',
      'o',
      '}',
    ])
  })

  it('does not take \\leftarrow or \\rightarrow for delimiters', () => {
    expect(splitLatex('\\leftarrow\\rightarrow\\left\\langle')).toEqual([
      '\\leftarrow',
      '\\rightarrow',
      '\\left\\langle',
    ])
  })

  it('survives an unclosed text argument', () => {
    expect(splitLatex('\\text{ab')).toEqual(['\\text', '{', 'a', 'b', '}'])
  })
})

describe('normaliseLatex', () => {
  it.each([
    ['x^2_1', 'x _ { 1 } ^ { 2 }'],
    ["f''(x)", 'f ^ { \\prime \\prime } ( x )'],
    ["f'^2", 'f ^ { \\prime 2 }'],
    ['\\frac12', '\\frac { 1 } { 2 }'],
    ['\\dfrac{a}{b}', '\\frac { a } { b }'],
    ['\\sqrt[3]x', '\\sqrt [ 3 ] { x }'],
    ['a\\le b\\to c', 'a \\leq b \\rightarrow c'],
    ['\\operatorname{lim}_{x\\to3}', '\\lim _ { x \\rightarrow 3 }'],
    ['\\operatorname{rank} A', '\\operatorname { rank } A'],
    ['\\left(\\frac{a}{b}\\right)', '( \\frac { a } { b } )'],
    ['\\bigl| x \\bigr|', '| x |'],
    ['\\int f\\,\\mathrm{d}x', '\\int f d x'],
    ['5\\,\\mathrm{cm}', '5 \\mathrm { cm }'],
    ['\\displaystyle\\sum\\limits_{n=1}^\\infty', '\\sum _ { n = 1 } ^ { \\infty }'],
    ['\\overline{x}+\\bar{ab}', '\\bar { x } + \\overline { a b }'],
    ['a\\equiv b\\pmod n', 'a \\equiv b ( \\bmod n )'],
    ['1,2,...', '1 , 2 , \\ldots'],
    ['{x}^{{2}}', 'x ^ { 2 }'],
    ['{}_nC_r', '{ } _ { n } C _ { r }'],
    ['30^\\circ', '3 0 ^ { \\circ }'],
  ])('writes %s as %s', (latex, expected) => {
    expect(normaliseLatex(latex).join(' ').replaceAll('c m', 'cm').replaceAll('r a n k', 'rank')).toBe(
      expected,
    )
  })

  it('writes every matrix environment as an array with its fence', () => {
    expect(normaliseLatex('\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}').join(' ')).toBe(
      '\\left( \\begin{array} { c c } 1 & 2 \\\\ 3 & 4 \\end{array} \\right)',
    )
    expect(
      isSameFormula('\\begin{bmatrix}a\\end{bmatrix}', '\\left[\\begin{array}{r}a\\\\\\end{array}\\right]'),
    ).toBe(true)
  })

  it('gives cases and systems left columns', () => {
    expect(normaliseLatex('\\begin{cases}1&x\\\\2&y\\end{cases}').join(' ')).toBe(
      '\\left\\{ \\begin{array} { l l } 1 & x \\\\ 2 & y \\end{array} \\right.',
    )
  })

  it('writes aligned lines as one column without alignment marks', () => {
    expect(
      isSameFormula(
        '\\begin{aligned}a&=b\\\\c&=d\\end{aligned}',
        '\\begin{gathered}a=b\\\\c=d\\end{gathered}',
      ),
    ).toBe(true)
  })

  it('keeps different formulas different', () => {
    expect(isSameFormula('x^2', 'x_2')).toBe(false)
    expect(isSameFormula('\\frac{a}{b}c', '\\frac{a}{bc}')).toBe(false)
    expect(isSameFormula('{a+b}^2', 'a+b^2')).toBe(false)
  })

  it('is idempotent', () => {
    const once = normaliseLatex(
      "\\left\\{x\\,|\\,f'(x)^2\\geq\\frac{1}{\\sqrt[n]{2}}\\right\\} \\quad\\text{or}",
    )
    expect(normaliseLatex(joinTokens(once))).toEqual(once)
    expect(normaliseLatex(joinCompact(addLeftRight(once)))).toEqual(once)
  })

  it.each([
    '}',
    '\\frac',
    'x^',
    '\\left(',
    '\\begin{array}{c',
    '&',
    '\\end{array}',
    '{',
    '\\sqrt[',
    '\\text{',
  ])('does not throw on the broken %s', (latex) => {
    expect(() => normaliseLatex(latex)).not.toThrow()
  })
})

describe('joinTokens', () => {
  it('joins by single blanks, but numbers and words as one', () => {
    expect(spaced('12+5x-8=12x-10')).toBe('12 + 5 x - 8 = 12 x - 10')
    expect(spaced('x^{2}+y^{2}=9')).toBe('x ^ { 2 } + y ^ { 2 } = 9')
    expect(spaced('x \\text{ such that } 3.5')).toBe('x \\text { such that } 3.5')
  })
})

describe('joinCompact', () => {
  it.each([
    [
      '\\lim_{x\\to 3}\\left(\\frac{x^2+9}{x-3}\\right)',
      '\\lim _{x \\rightarrow 3}\\left(\\frac{x^{2}+9}{x-3}\\right)',
    ],
    ['12+5x-8=12x-10', '12+5 x-8=12 x-10'],
    ['-10x^2+5x-3 \\text{ and } -7x+4', '-10 x^{2}+5 x-3 \\text { and }-7 x+4'],
    ['\\frac{2p-2}{p}\\div\\frac{4p-4}{9p^2}', '\\frac{2 p-2}{p} \\div \\frac{4 p-4}{9 p^{2}}'],
    ["(p\\vee q)'\\wedge q", '(p \\vee q)^{\\prime} \\wedge q'],
    ['\\frac{-b\\pm\\sqrt{b^2-4ac}}{2a}', '\\frac{-b \\pm \\sqrt{b^{2}-4 a c}}{2 a}'],
    [
      'f(x)=\\begin{cases}x^2&\\text{if }x<0\\\\2x&\\text{if }x\\ge0\\end{cases}',
      'f(x)=\\left\\{\\begin{array}{ll}x^{2} & \\text { if } x<0 \\\\ 2 x & \\text { if } x \\geq 0\\end{array}\\right.',
    ],
  ])('writes %s', (latex, expected) => {
    expect(styled(latex)).toBe(expected)
  })

  it('never glues a command to a following letter', () => {
    expect(compact('\\alpha x\\in A')).toBe('\\alpha x \\in A')
  })
})

describe('addLeftRight', () => {
  it('leaves flat brackets alone', () => {
    expect(styled('(x+1)[y]')).toBe('(x+1)[y]')
  })

  it('stretches half-open intervals and nested brackets', () => {
    expect(styled('[0,\\frac12)')).toBe('\\left[0, \\frac{1}{2}\\right)')
    expect(styled('((\\frac12)^2)')).toBe('\\left(\\left(\\frac{1}{2}\\right)^{2}\\right)')
  })

  it('never pairs across the edge of a group or a cell', () => {
    expect(styled('\\frac{(\\frac12}{2)}')).toBe('\\frac{(\\frac{1}{2}}{2)}')
  })

  it('stretches the only two bars of a group', () => {
    expect(styled('|\\frac{a}{b}|=c')).toBe('\\left|\\frac{a}{b}\\right|=c')
    expect(styled('|x|')).toBe('|x|')
  })
})

import { describe, expect, it } from 'vitest'
import { makePortable } from './portable.ts'

describe('LaTeX for elsewhere', () => {
  it.each([
    ['8 \\longdiv { 7200 }', '8 \\overline{\\smash{)} 7200 }'],
    ['\\longdiv7+\\longdiv\\alpha', '\\overline{\\smash{)}7}+\\overline{\\smash{)}\\alpha}'],
    ['a \\Perp b', 'a \\mathrel{\\bot\\mkern-11mu\\bot} b'],
    ['a\n\n+b', 'a\n+b'],
    ['\\llbracket x \\rrbracket', '[\\![ x ]\\!]'],
    ['a \\~ b \\text { \\~n }', 'a \\sim  b \\text { \\~n }'],
    ['x=1 \\tag{2.1}', 'x=1 \\tag{2.1}'],
    [
      '\\begin{aligned}a&=b \\tag{1}\\\\c&=d\\end{aligned}',
      '\\begin{aligned}a&=b \\qquad \\text{(1)}\\\\c&=d\\end{aligned}',
    ],
    ['\\begin{align*}a&=b\\\\c&=d\\end{align*}', '\\begin{aligned}a&=b\\\\c&=d\\end{aligned}'],
    ['\\begin{align} a&=b \\tag{1} \\end{align}', '\\begin{aligned} a&=b \\qquad \\text{(1)} \\end{aligned}'],
    ['\\begin {equation} x=1 \\tag{2} \\end {equation}', 'x=1 \\tag{2}'],
    ['\\begin{alignat}{2}a&=b\\end{alignat}', '\\begin{alignedat}{2}a&=b\\end{alignedat}'],
    ['\\begin{eqnarray}a&=&b\\end{eqnarray}', '\\begin{array}{rcl}a&=&b\\end{array}'],
    ['\\sqrt{x \\tag{1}}', '\\sqrt{x \\qquad \\text{(1)}}'],
  ])('%j in a display is %j', (latex, wanted) => {
    expect(makePortable(latex, 'display')).toBe(wanted)
  })

  it.each([
    ['x=1 \\tag{2.1}', 'x=1 \\qquad \\text{(2.1)}'],
    ['x \\tag*{*}', 'x \\qquad \\text{*}'],
  ])('%j inline is %j', (latex, wanted) => {
    expect(makePortable(latex, 'inline')).toBe(wanted)
  })
})

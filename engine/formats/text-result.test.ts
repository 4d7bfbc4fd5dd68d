import { describe, expect, it } from 'vitest'
import type { OcrResult } from '../../shared/mathpix.ts'
import { cases, limit, mixed, system } from '../../testing/engine/fixture-formulas.ts'
import { createFixtureReading } from '../../testing/engine/fixture-reading.ts'
import type { EngineOptions } from '../validate-options.ts'
import { createResult } from './create-result.ts'

const readText = (latex: string, options: EngineOptions = {}): OcrResult =>
  createResult(createFixtureReading(latex), { ocr_behavior: 'text', ...options })

describe('text behaviour', () => {
  const table: readonly (readonly [string, EngineOptions, string])[] = [
    ['x^2+y^2=9', {}, '\\( x^{2}+y^{2}=9 \\)'],
    ['12+5x-8=12x-10', {}, '\\( 12+5 x-8=12 x-10 \\)'],
    [limit, {}, '\\( \\lim _{x \\rightarrow 3}\\left(\\frac{x^{2}+9}{x-3}\\right) \\)'],
    ['57 \\longdiv{2987}', {}, '\\( 57 \\longdiv{2987} \\)'],
    [
      cases,
      {},
      '\\( f(x)=\\left\\{\\begin{array}{ll}x^{2} & \\text { if } x<0 \\\\ 2 x & \\text { if } x \\geq 0\\end{array}\\right. \\)',
    ],
    [mixed, { math_inline_delimiters: ['$', '$'] }, '$-10 x^{2}+5 x-3$ and $-7 x+4$'],
    ['\\text{Simplify: } \\frac{2p-2}{p} \\div 4', {}, 'Simplify: \\( \\frac{2 p-2}{p} \\div 4 \\)'],
    ['\\text{Answer: } 17', {}, 'Answer: 17'],
    ['\\text{Answer: } 17', { numbers_default_to_math: true }, 'Answer: \\( 17 \\)'],
    ['\\text{where } x>0, \\text{ and } y=1.', {}, 'where \\( x>0, \\) and \\( y=1. \\)'],
    ['x^2', { rm_spaces: false }, '\\( x ^ { 2 } \\)'],
    ['\\mathbf{v}', { rm_fonts: true }, '\\( v \\)'],
    ['x^2+y_{12}', { idiomatic_braces: true }, '\\( x^2+y_{12} \\)'],
    [
      cases,
      { idiomatic_eqn_arrays: true },
      '\\( f(x)=\\begin{cases}x^{2} & \\text { if } x<0 \\\\ 2 x & \\text { if } x \\geq 0\\end{cases} \\)',
    ],
    [system, {}, '\\[ \\begin{array}{l}2 x+y=5 \\\\ x-y=1\\end{array} \\]'],
    [
      system,
      { math_display_delimiters: ['$$', '$$'] },
      '$$\\begin{array}{l}2 x+y=5 \\\\ x-y=1\\end{array}$$',
    ],
    ['\\begin{array}{l} \\text{Solve} \\\\ x+1=2 \\end{array}', {}, 'Solve\n\\( x+1=2 \\)'],
    [
      '\\begin{array}{c|c} x & \\text{sum} \\\\ \\hline 20 & 12.4 \\end{array}',
      {},
      '\\begin{tabular}{c|c}\n\\( x \\) & sum \\\\\n\\hline 20 & 12.4 \\\\\n\\end{tabular}',
    ],
    [
      '\\begin{array}{cc} 1 & 2 \\\\ 3 & 4 \\end{array}',
      {},
      '\\[ \\begin{array}{cc}1 & 2 \\\\ 3 & 4\\end{array} \\]',
    ],
    ['12\\,\\mathrm{ms}^2', {}, '\\( 12 \\mathrm{ms}^{2} \\)'],
  ]
  it.each(table)('text of %s with %j', (latex, options, expected) => {
    expect(readText(latex, options).text).toBe(expected)
  })

  it('gives latex_styled for one equation, with its rows on lines of their own', () => {
    expect(readText(cases, { formats: ['latex_styled'] }).latex_styled).toBe(
      'f(x)=\\left\\{\\begin{array}{ll}\nx^{2} & \\text { if } x<0 \\\\\n2 x & \\text { if } x \\geq 0\n\\end{array}\\right.',
    )
    expect(readText(mixed, { formats: ['text', 'latex_styled'] })).not.toHaveProperty('latex_styled')
  })

  it('gives the data that data_options ask for', () => {
    const options: EngineOptions = {
      formats: ['text', 'data', 'html'],
      data_options: { include_asciimath: true, include_latex: true },
      math_inline_delimiters: ['$', '$'],
    }
    const result = readText('\\text{Simplify } \\frac{2p-2}{p} \\div \\frac{4p-4}{9p^2}', options)
    expect(result.data).toEqual([
      { type: 'asciimath', value: '(2p-2)/(p)-:(4p-4)/(9p^(2))' },
      { type: 'latex', value: '\\frac{2 p-2}{p} \\div \\frac{4 p-4}{9 p^{2}}' },
    ])
    expect(result.html).toMatch(/^<div>Simplify <span class="math-inline ">.*<\/div>\n$/s)
    expect(result.html).toContain('<asciimath style="display: none;">(2p-2)/(p)-:(4p-4)/(9p^(2))</asciimath>')
    expect(result.html).not.toContain('<svg')
  })

  it('draws the equations of html when no notation was asked for', () => {
    expect(readText('x^2', { formats: ['html'] }).html).toContain('<svg')
    expect(readText('x^2', { formats: ['data'] }).data).toEqual([])
  })

  it('says print or hand, and confidences under their own names', () => {
    const result = readText('x')
    expect(result).toMatchObject({
      is_printed: true,
      is_handwritten: false,
      confidence: 0.9,
      confidence_rate: 0.99,
    })
    expect(result).not.toHaveProperty('latex_confidence')
  })

  it('ignores formats that it does not know', () => {
    expect(readText('x', { formats: ['latex_simplified'] })).not.toHaveProperty('latex_simplified')
  })
})

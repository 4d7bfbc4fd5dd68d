import { describe, expect, it } from 'vitest'
import type { OcrResult } from '../../shared/mathpix.ts'
import { cases, limit, mixed, system } from '../../testing/engine/fixture-formulas.ts'
import { createFixtureReading } from '../../testing/engine/fixture-reading.ts'
import type { EngineOptions } from '../validate-options.ts'
import { createResult } from './create-result.ts'

const read = (latex: string, options: EngineOptions = {}): OcrResult =>
  createResult(createFixtureReading(latex), options)

const columnSum = '\\begin{array}{r} 2000 \\\\ -1999 \\\\ \\hline \\end{array}'

describe('latex behaviour: spaced tokens', () => {
  const table: readonly (readonly [string, string, string])[] = [
    ['latex_simplified', '12+5x-8=12x-10', '12 + 5 x - 8 = 12 x - 10'],
    ['latex_simplified', 'x^2+y^2=9', 'x ^ { 2 } + y ^ { 2 } = 9'],
    [
      'latex_normal',
      limit,
      '\\operatorname { lim } _ { x \\rightarrow 3 } ( \\frac { x ^ { 2 } + 9 } { x - 3 } )',
    ],
    ['latex_simplified', limit, '\\lim _ { x \\rightarrow 3 } ( \\frac { x ^ { 2 } + 9 } { x - 3 } )'],
    [
      'latex_styled',
      limit,
      '\\lim _ { x \\rightarrow 3 } \\left( \\frac { x ^ { 2 } + 9 } { x - 3 } \\right)',
    ],
    ['latex_normal', '8 \\longdiv{7200}', '8 \\longdiv { 7200 }'],
    ['latex_simplified', '8 \\longdiv{7200}', '\\frac { 7200 } { 8 }'],
    ['latex_simplified', 'y = 2x \\longdiv{4x^2}', 'y = \\frac { 4 x ^ { 2 } } { 2 x }'],
    ['latex_styled', '\\mathbb{R} \\bigoplus x', '\\mathbb { R } \\bigoplus x'],
    ['latex_normal', '\\mathbb{R} \\bigoplus x', 'R \\oplus x'],
    [
      'latex_styled',
      cases,
      'f ( x ) = \\left\\{ \\begin{array} { l l } { x ^ { 2 } } & { \\text { if } x < 0 } \\\\ { 2 x } & { \\text { if } x \\geq 0 } \\end{array} \\right.',
    ],
    [
      'latex_styled',
      columnSum,
      '\\left. \\begin{array} { r } { 2000 } \\\\ { - 1999 } \\\\ \\hline \\end{array} \\right.',
    ],
    ['latex_simplified', columnSum, '2000 - 1999'],
    ['text', 'x^2', '\\( x ^ { 2 } \\)'],
    ['text_display', 'x^2', '\\[ x ^ { 2 } \\]'],
    ['asciimath', 'x^2+y^2=9', 'x^(2)+y^(2)=9'],
    ['asciimath', limit, 'lim_(x rarr3)((x^(2)+9)/(x-3))'],
    ['asciimath', mixed, '-10x^(2)+5x-3" and "-7x+4'],
  ]
  it.each(table)('%s of %s', (format, latex, expected) => {
    expect(read(latex, { formats: [format] })[format]).toBe(expected)
  })
})

describe('format_options', () => {
  const table: readonly (readonly [string, readonly string[], string, string])[] = [
    ['latex_styled', ['rm_spaces'], limit, '\\lim _{x \\rightarrow 3}\\left(\\frac{x^{2}+9}{x-3}\\right)'],
    ['latex_styled', ['rm_spaces'], mixed, '-10 x^{2}+5 x-3 \\text { and }-7 x+4'],
    ['latex_styled', ['rm_spaces', 'rm_fonts'], '\\mathbf{ab}^2', '{a b}^{2}'],
    ['latex_styled', ['long_frac', 'rm_spaces'], '8 \\longdiv{72}', '\\frac{72}{8}'],
    ['latex_styled', ['rm_style_syms'], 'a \\bigcup b', 'a \\cup b'],
    [
      'latex_styled',
      ['rm_text', 'rm_spaces'],
      '\\text{Find } x^2 \\text{ or } y \\text{ now}',
      'x^{2} \\text { or } y',
    ],
    ['latex_styled', ['rm_text'], '\\text{words only}', '\\text { words only }'],
    ['latex_styled', ['no_such_transform'], 'x^2', 'x ^ { 2 }'],
    ['text', ['rm_spaces'], mixed, '\\( -10 x^{2}+5 x-3 \\) and \\( -7 x+4 \\)'],
  ]
  it.each(table)('%s with %j of %s', (format, transforms, latex, expected) => {
    const result = read(latex, {
      ocr: ['math', 'text'],
      formats: [format],
      format_options: { [format]: { transforms: [...transforms] } },
    })
    expect(result[format]).toBe(expected)
  })

  it('uses delimiters of its own, without blanks inside of dollars', () => {
    const text = { transforms: ['rm_spaces', 'rm_newlines'], math_delims: ['$', '$'] as [string, string] }
    expect(read(mixed, { formats: ['text'], format_options: { text } }).text).toBe(
      '$-10 x^{2}+5 x-3$ and $-7 x+4$',
    )
  })

  it('concerns its own format only', () => {
    const result = read('x^2', {
      formats: ['latex_styled', 'latex_simplified'],
      format_options: { latex_styled: { transforms: ['rm_spaces'] } },
    })
    expect(result).toMatchObject({ latex_styled: 'x^{2}', latex_simplified: 'x ^ { 2 }' })
  })
})

describe('latex behaviour: members of a result', () => {
  it('gives the legacy members where no format was asked for', () => {
    const result = read('\\frac{-b \\pm \\sqrt{b^2-4ac}}{2a}')
    expect(result.latex).toBe('\\frac { - b \\pm \\sqrt { b ^ { 2 } - 4 a c } } { 2 a }')
    expect(result).toMatchObject({ error: '', latex_list: [] })
  })

  it('lists the equations of a system', () => {
    expect(read(system, { formats: ['latex_list'] }).latex_list).toEqual(['2 x + y = 5', 'x - y = 1'])
    expect(read(system).latex_list).toHaveLength(2)
  })

  it('gives what was asked for and nothing else of the formats', () => {
    const result = read('x', { formats: ['latex_styled'] })
    expect(Object.keys(result).sort()).toEqual([
      'auto_rotate_confidence',
      'auto_rotate_degrees',
      'detection_list',
      'detection_map',
      'image_height',
      'image_width',
      'latex_confidence',
      'latex_confidence_rate',
      'latex_styled',
      'position',
      'token_data',
    ])
  })

  it('leaves wolfram out rather than inventing it', () => {
    expect(read('x', { formats: ['wolfram', 'latex_styled'] })).not.toHaveProperty('wolfram')
  })

  it('gives MathML without the traces of its maker', () => {
    const { mathml } = read('\\frac{1}{2} \\leq x', { formats: ['mathml'] })
    expect(mathml).toBe(
      '<math xmlns="http://www.w3.org/1998/Math/MathML"><mfrac><mn>1</mn><mn>2</mn></mfrac><mo>≤</mo><mi>x</mi></math>',
    )
  })

  it('gives other readings when n_best asks for them', () => {
    const candidates = [
      { tokens: ['x'], confidence: 0.9 },
      { tokens: ['y'], confidence: 0.05 },
      { tokens: ['z'], confidence: 0.01 },
    ]
    const reading = createFixtureReading('x', { candidates })
    expect(createResult(reading, { beam_size: 3, n_best: 2 }).candidates).toEqual([
      { latex_styled: 'x', latex_confidence: 0.9 },
      { latex_styled: 'y', latex_confidence: 0.05 },
    ])
    expect(createResult(reading, { beam_size: 3 })).not.toHaveProperty('candidates')
  })
})

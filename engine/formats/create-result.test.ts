import { describe, expect, it } from 'vitest'
import type { OcrResult } from '../../shared/mathpix.ts'
import { createFixtureReading } from '../testing/fixture-reading.ts'
import type { EngineOptions } from '../validate-options.ts'
import { createResult } from './create-result.ts'

const read = (latex: string, options: EngineOptions = {}): OcrResult =>
  createResult(createFixtureReading(latex), options)
const readText = (latex: string, options: EngineOptions = {}): OcrResult =>
  read(latex, { ocr_behavior: 'text', ...options })

const limit = '\\lim_{x \\to 3} (\\frac{x^2+9}{x-3})'
const cases =
  'f(x)=\\left\\{\\begin{array}{ll} x^2 & \\text{if } x<0 \\\\ 2x & \\text{if } x \\geq 0 \\end{array}\\right.'
const system = '\\begin{aligned} 2x+y&=5 \\\\ x-y&=1 \\end{aligned}'
const columnSum = '\\begin{array}{r} 2000 \\\\ -1999 \\\\ \\hline \\end{array}'
const mixed = '-10x^2+5x-3 \\text{ and } -7x+4'

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

  it('says where the ink is in whole pixels that meet the edges', () => {
    const position = { top_left_x: 0.6, top_left_y: 10.4, width: 99.4, height: 10.2 }
    const result = createResult(createFixtureReading('x', { position }), {})
    expect(result.position).toEqual({ top_left_x: 1, top_left_y: 10, width: 99, height: 11 })
  })

  it('says only what was detected', () => {
    const result = createResult(createFixtureReading('x', { isInverted: true, isPrinted: 0.25 }), {
      formats: ['text'],
    })
    expect(result.detection_map).toEqual({ is_blank: 0, is_inverted: 1, is_printed: 0.25 })
    expect(result.detection_list).toEqual(['is_inverted'])
    expect(result).not.toHaveProperty('is_printed')
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

describe('confidence', () => {
  it('withholds a result below a threshold, in both measures', () => {
    const result = read('x', { formats: ['latex_styled'], confidence_threshold: 0.95 })
    expect(result.error_info?.id).toBe('math_confidence')
    expect(result).not.toHaveProperty('latex_styled')
    expect(read('x', { confidence_rate_threshold: 0.995 }).error_info?.id).toBe('math_confidence')
    expect(read('x', { confidence_threshold: 0.9, confidence_rate_threshold: 0.99 }).error).toBe('')
  })

  it('has a rate threshold of its own in text behaviour only', () => {
    const doubtful = createFixtureReading('x', { confidenceRate: 0.7 })
    expect(createResult(doubtful, { ocr_behavior: 'text' }).error_info?.id).toBe('math_confidence')
    expect(createResult(doubtful, { ocr_behavior: 'text', confidence_rate_threshold: 0 }).text).toBe(
      '\\( x \\)',
    )
    expect(createResult(doubtful, {}).latex).toBe('x')
  })

  it('is never high for what cannot be typeset', () => {
    const broken = createFixtureReading('x', {
      tokens: ['x', '^', '{', '\\frac', '{', '1'],
      confidence: 0.99,
    })
    expect(createResult(broken, { formats: ['latex_styled'] }).latex_confidence).toBeLessThanOrEqual(0.1)
    expect(
      createResult(createFixtureReading('8 \\longdiv{72}', { confidence: 0.99 }), {}).latex_confidence,
    ).toBe(0.99)
  })
})

describe('nothing found', () => {
  it('is an error entry that says so', () => {
    const result = createResult(
      { kind: 'blank', isInverted: false, imageWidth: 9, imageHeight: 7 },
      { formats: ['latex_styled'] },
    )
    expect(result.error_info?.id).toBe('image_no_content')
    expect(result.detection_list).toEqual(['is_blank'])
    expect(result).toMatchObject({ image_width: 9, image_height: 7 })
  })

  it.each(['latex', 'text'] as const)(
    'says of ink that is no formula what it is, in %s behaviour',
    (ocr_behavior) => {
      const drawing = { kind: 'not-math', isInverted: false, imageWidth: 9, imageHeight: 7 } as const
      const result = createResult(drawing, { ocr_behavior })
      expect(result.error_info?.id).toBe('image_not_supported')
      expect(result.detection_list).toEqual(['is_not_math'])
      expect(result).not.toHaveProperty('text')
    },
  )
})

describe('rotation', () => {
  it.each(['latex', 'text'] as const)('is told in %s behaviour', (ocr_behavior) => {
    const turned = createFixtureReading('x', { rotation: { degrees: -90, confidence: 0.997 } })
    expect(createResult(turned, { ocr_behavior })).toMatchObject({
      auto_rotate_degrees: -90,
      auto_rotate_confidence: 0.997,
    })
  })
})

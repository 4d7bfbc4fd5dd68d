import { expect } from 'vitest'
import type { Json } from '../test-engine.ts'
import { changes, nothing, refuses, type ParameterRow, type Proof } from './rows.ts'
import { createSharedRows } from './shared-rows.ts'

const limit = '\\lim_{x \\to 3} (\\frac{x^2+9}{x-3})'
const mixed = '\\text{Find } x^2 \\text{ and } y'
const styled = { formats: ['latex_styled'] }

/** A format that comes when it is asked for. */
const gives = (format: string, picture: string, value: unknown, note: string): ParameterRow => ({
  name: `\`formats\`: \`${format}\``,
  note,
  proofs: [
    changes(
      picture,
      { formats: [format] },
      { [format]: value },
      { formats: format === 'latex_styled' ? [] : ['latex_styled'] },
    ),
  ],
})

/** A transform of one format, which otherwise has `before`. */
const transforms = (
  format: string,
  name: string,
  picture: string,
  value: unknown,
  note: string,
): ParameterRow => ({
  name: `\`format_options\`: \`${name}\``,
  note,
  proofs: [
    changes(
      picture,
      { format_options: { [format]: { transforms: [name] } } },
      { [format]: value },
      { formats: [format], ocr: ['math', 'text'] },
    ),
  ],
})

const delimiters = (format: string, name: string, value: string): Proof =>
  changes(
    'x',
    { format_options: { [format]: { [name]: ['$', '$'] } } },
    { [format]: value },
    { formats: [format] },
  )

export const latexRows: readonly ParameterRow[] = [
  gives(
    'text',
    'x^2',
    '\\( x ^ { 2 } \\)',
    'words as they are, formulas in `\\( … \\)`; with `ocr: ["math","text"]` the words around them',
  ),
  gives('text_display', 'x^2', '\\[ x ^ { 2 } \\]', 'the same in `\\[ … \\]` where either would do'),
  gives(
    'latex_normal',
    limit,
    '\\operatorname { lim } _ { x \\rightarrow 3 } ( \\frac { x ^ { 2 } + 9 } { x - 3 } )',
    'direct transcription, without fonts and styled signs',
  ),
  gives(
    'latex_styled',
    limit,
    '\\lim _ { x \\rightarrow 3 } \\left( \\frac { x ^ { 2 } + 9 } { x - 3 } \\right)',
    '`\\left` and `\\right` around what is tall',
  ),
  gives(
    'latex_simplified',
    '8 \\longdiv{72}',
    '\\frac { 72 } { 8 }',
    'short operator names, long division as a fraction, a column of operands as one formula',
  ),
  gives(
    'latex_list',
    '\\begin{aligned} x+y&=5 \\\\ x-y&=1 \\end{aligned}',
    ['x + y = 5', 'x - y = 1'],
    'one string for each equation of a system',
  ),
  gives(
    'mathml',
    '\\frac{1}{2}',
    '<math xmlns="http://www.w3.org/1998/Math/MathML"><mfrac><mn>1</mn><mn>2</mn></mfrac></math>',
    'made by Mathpix’s own open-source renderer',
  ),
  gives('asciimath', 'x^2+y^2=9', 'x^(2)+y^(2)=9', 'the same'),
  {
    name: '`formats`: `wolfram`',
    note: 'known and left out: nothing here could vouch for it',
    proofs: [nothing({ formats: ['latex_styled', 'wolfram'] }, styled)],
  },
  {
    name: '`formats`: any other',
    note: '',
    proofs: [
      refuses('unknown name', { formats: ['latex_styled', 'html'] }, 'opts_unknown_format'),
      refuses('no array', { formats: 'latex_styled' }, 'opts_expected_array'),
    ],
  },
  {
    name: '`ocr`',
    note: '`["math"]`, the default, leaves out the words around formulas (of a page it keeps the formulas on lines of their own, or else those in the text) and is `image_no_content` where there are words only; `["math","text"]` keeps them',
    proofs: [
      changes(
        mixed,
        { ocr: ['math', 'text'] },
        { latex_styled: '\\text { Find } x ^ { 2 } \\text { and } y' },
        styled,
      ),
      nothing({ ocr: ['math'] }),
      refuses('another entry', { ocr: ['math', 'music'] }, 'opts_unknown_ocr'),
      refuses('no array', { ocr: 'math' }, 'opts_expected_array'),
    ],
  },
  transforms(
    'latex_styled',
    'rm_spaces',
    limit,
    '\\lim _{x \\rightarrow 3}\\left(\\frac{x^{2}+9}{x-3}\\right)',
    'compact',
  ),
  transforms(
    'text',
    'rm_newlines',
    '\\begin{array}{l} \\text{Solve} \\\\ x=2 \\end{array}',
    'Solve \\( x = 2 \\)',
    'lines joined by blanks',
  ),
  transforms(
    'latex_styled',
    'rm_fonts',
    '\\mathbf{v}',
    'v',
    'in `latex_normal`, `latex_simplified` and `latex_list` always',
  ),
  transforms('latex_styled', 'rm_style_syms', 'a \\bigcup b', 'a \\cup b', 'likewise'),
  transforms(
    'latex_styled',
    'rm_text',
    '\\text{Find } x \\text{ or } y \\text{ now}',
    'x \\text { or } y',
    'words left and right of the formula',
  ),
  transforms(
    'latex_styled',
    'long_frac',
    '8 \\longdiv{72}',
    '\\frac { 72 } { 8 }',
    'in `latex_simplified` and `latex_list` always',
  ),
  {
    name: '`format_options`: any other transform',
    note: '',
    proofs: [
      nothing({ format_options: { latex_styled: { transforms: ['rm_mathrm'] } } }, styled),
      refuses(
        '`transforms` that is no array',
        { format_options: { text: { transforms: 'rm_text' } } },
        'opts_expected_array',
      ),
    ],
  },
  {
    name: '`format_options`: `math_delims`',
    note: 'of `text` and `text_display`; a dollar takes no blank beside it',
    proofs: [delimiters('text', 'math_delims', '$x$')],
  },
  {
    name: '`format_options`: `displaymath_delims`',
    note: 'likewise',
    proofs: [delimiters('text_display', 'displaymath_delims', '$x$')],
  },
  {
    name: '`skip_recrop`',
    note: 'everything that looks like ink counts, also what lies at the edge like a part of another line',
    proofs: [
      changes(
        {
          marks: [
            { top: 80, colour: '#111' },
            { top: 286, colour: '#111', count: 1 },
          ],
        },
        { skip_recrop: true },
        { position: { height: expect.closeTo(220, -1) as number } },
      ),
    ],
  },
  {
    name: '`beam_size`',
    note: 'more than 5 counts as 5; 1 when absent',
    proofs: [
      changes({ marks: [{ top: 80, colour: '#111' }] }, { beam_size: 3 }, { latex_styled: '1' }, styled),
      nothing({ beam_size: 1 }),
      refuses('outside of 1…10', { beam_size: 11 }, 'opts_value_out_of_range'),
      refuses('no number', { beam_size: 'two' }, 'opts_number_required'),
    ],
  },
  {
    name: '`n_best`',
    note: 'adds `candidates`: at most so many readings, fewer where no more were found, best first, each with `latex_styled` and `latex_confidence` (the service does not say what is in them)',
    proofs: [
      changes(
        { marks: [{ top: 80, colour: '#111' }] },
        { n_best: 2 },
        {
          candidates: [
            { latex_styled: '1', latex_confidence: expect.any(Number) as number },
            { latex_styled: 'x', latex_confidence: expect.any(Number) as number },
          ],
        },
        { beam_size: 3 },
      ),
      refuses('without `beam_size`', { n_best: 1 }, 'opts_conflict'),
      refuses('above `beam_size`', { beam_size: 2, n_best: 3 }, 'opts_value_out_of_range'),
    ],
  },
  ...createSharedRows('latex', {}, {
    position: { top_left_y: expect.closeTo(220, -1) as number },
  } satisfies Json),
]

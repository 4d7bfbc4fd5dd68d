import { expect } from 'vitest'
import { CYRILLIC } from '../fixture-recogniser.ts'
import { changes, nothing, refuses, type ParameterRow, type Proof } from './rows.ts'
import { createSharedRows } from './shared-rows.ts'

const table = '\\begin{array}{c|c} x & y \\\\ \\hline 20 & 12.4 \\end{array}'
const cases = 'f(x)=\\left\\{\\begin{array}{ll} x & x<0 \\\\ 2x & x \\geq 0 \\end{array}\\right.'
const system = '\\begin{aligned} x+y&=5 \\\\ x-y&=1 \\end{aligned}'
const containing = (part: string) => expect.stringContaining(part) as string

/** Corners of the lower of {@link TWO_LINES}: its marks reach from 220 to 250. */
const [highEdge, lowEdge] = [220, 250].map((y): unknown[] => [expect.any(Number), expect.closeTo(y, -1)])

/** A member of `data_options`: the extract in `data`, and its trace in `html`. */
const extracts = (
  name: string,
  picture: string,
  type: string,
  value: unknown,
  trace: string,
): ParameterRow => ({
  name: `\`data_options\`: \`${name}\``,
  note: `\`${type}\` in \`data\`, and in \`html\``,
  proofs: [
    changes(
      picture,
      { data_options: { [name]: true } },
      { data: [{ type, value }], html: containing(trace) },
      { formats: ['data', 'html'], data_options: { include_latex: false } },
    ),
  ],
})

/** A switch or pair that changes `text`. */
const writes = (
  name: string,
  picture: string,
  value: unknown,
  text: string,
  note: string,
  more: readonly Proof[] = [],
): ParameterRow => ({
  name: `\`${name}\``,
  note,
  proofs: [changes(picture, { [name]: value }, { text }), ...more],
})

const ignores = (name: string, note: string, ...values: readonly unknown[]): ParameterRow => ({
  name: `\`${name}\``,
  note,
  proofs: values.map((value) => nothing({ [name]: value }, { formats: ['text', 'html', 'latex_styled'] })),
})

const wrongPair = (name: string): Proof => refuses('no array', { [name]: '$' }, 'opts_expected_array')
const wrongSwitch = (name: string): Proof =>
  refuses('no boolean', { [name]: 'yes' }, 'opts_value_out_of_range')

export const textRows: readonly ParameterRow[] = [
  {
    name: '`formats`: `text`',
    note: 'Mathpix Markdown; what comes when `formats` is absent or empty',
    proofs: [
      changes('x^2', { formats: ['text'] }, { text: '\\( x^{2} \\)' }, { formats: ['latex_styled'] }),
      nothing({ formats: [] }),
    ],
  },
  {
    name: '`formats`: `data`',
    note: 'what `data_options` ask for, formula by formula; an empty list without them',
    proofs: [
      changes(
        'x^2',
        { formats: ['data'] },
        { data: [{ type: 'latex', value: 'x^{2}' }] },
        { data_options: { include_latex: true } },
      ),
    ],
  },
  {
    name: '`formats`: `html`',
    note: 'made by Mathpix’s own open-source renderer; without `data_options` equations are drawn as SVG',
    proofs: [
      changes(
        '\\text{So } x^2',
        { formats: ['html'] },
        { html: containing('<div>So <span class="math-inline ">') },
      ),
    ],
  },
  {
    name: '`formats`: `latex_styled`',
    note: 'where the whole image is one formula',
    proofs: [
      changes('x^2', { formats: ['latex_styled'] }, { latex_styled: 'x^{2}' }),
      nothing({ formats: ['text', 'latex_styled'] }, {}, '\\text{So } x'),
    ],
  },
  {
    name: '`formats`: any other',
    note: 'ignored',
    proofs: [
      nothing({ formats: ['text', 'latex_simplified', 'docx'] }),
      refuses('no array', { formats: 'text' }, 'opts_expected_array'),
    ],
  },
  extracts('include_asciimath', 'x^2', 'asciimath', 'x^(2)', '<asciimath'),
  extracts('include_latex', 'x^2', 'latex', 'x^{2}', '<latex'),
  extracts('include_mathml', 'x^2', 'mathml', containing('<msup>'), '<mathml'),
  extracts('include_svg', 'x^2', 'svg', containing('<svg'), '<svg'),
  extracts('include_tsv', table, 'tsv', 'x\ty\n20\t12.4', '<tsv'),
  extracts('include_table_html', table, 'html', containing('<table'), '<table'),
  writes('rm_spaces', 'x^2', false, '\\( x ^ { 2 } \\)', 'true when absent'),
  writes('rm_fonts', '\\mathbf{v}', true, '\\( v \\)', '', [wrongSwitch('rm_fonts')]),
  writes(
    'idiomatic_eqn_arrays',
    cases,
    true,
    '\\( f(x)=\\begin{cases}x & x<0 \\\\ 2 x & x \\geq 0\\end{cases} \\)',
    '`aligned` at the relations of the lines, `cases`, else `gathered`',
    [
      changes(system, { idiomatic_eqn_arrays: true }, { text: containing('\\begin{aligned}') }),
      wrongSwitch('idiomatic_eqn_arrays'),
    ],
  ),
  writes('idiomatic_braces', 'x^2+y_{12}', true, '\\( x^2+y_{12} \\)', '', [wrongSwitch('idiomatic_braces')]),
  writes('numbers_default_to_math', '\\text{Answer: } 17', true, 'Answer: \\( 17 \\)', ''),
  writes(
    'math_fonts_default_to_math',
    '\\text{after } 2\\,\\mathrm{ms}',
    true,
    'after \\( 2 \\mathrm{ms} \\)',
    'otherwise a number with its unit is written as words',
    [wrongSwitch('math_fonts_default_to_math')],
  ),
  writes(
    'math_inline_delimiters',
    'x^2',
    ['$', '$'],
    '$x^{2}$',
    'a dollar takes no blank beside it; `html` and `data` stay as they are',
    [wrongPair('math_inline_delimiters')],
  ),
  writes(
    'math_display_delimiters',
    system,
    ['$$', '$$'],
    '$$\\begin{array}{l}x+y=5 \\\\ x-y=1\\end{array}$$',
    'for formulas on a line of their own in a text, equations with a number, systems of lines',
    [wrongPair('math_display_delimiters')],
  ),
  writes(
    'include_equation_tags',
    'x=1 \\tag{3}',
    true,
    '\\[ x=1 \\tag{3} \\]',
    'and idiomatic arrays; without it `(3)` stands behind the equation',
    [wrongSwitch('include_equation_tags')],
  ),
  {
    name: '`include_line_data`',
    note: 'adds `line_data`',
    proofs: [
      changes('x', { include_line_data: true }, { line_data: [{ type: 'math', text: '\\( x \\)' }] }),
      refuses(
        'with `include_word_data`',
        { include_line_data: true, include_word_data: true },
        'opts_conflict',
      ),
    ],
  },
  {
    name: '`include_word_data`',
    note: 'adds `word_data`',
    proofs: [changes('x', { include_word_data: true }, { word_data: [{ type: 'math', latex: 'x' }] })],
  },
  {
    name: '`alphabets_allowed`',
    note: 'the page tells its language, among those whose alphabet has no `false`; words in one that has are left out, and `unread_words` says so. `en` is every language in Latin letters but Vietnamese (`vi`)',
    proofs: [
      changes(
        `${CYRILLIC}x^2`,
        { alphabets_allowed: { ru: false } },
        { unread_words: containing('Russian') },
      ),
      nothing({ alphabets_allowed: { ru: true } }),
    ],
  },
  ignores('include_smiles', 'chemistry is not read', true),
  ignores('include_inchi', 'chemistry is not read', true),
  ignores('include_geometry_data', 'deprecated by Mathpix; triangles are not looked for', true),
  ignores('include_diagram_text', 'diagrams are not read', true),
  ignores(
    'include_page_info',
    'page numbers and running heads are not told apart: they stay in the text',
    true,
    false,
  ),
  ignores('enable_spell_check', 'deprecated by Mathpix, without effect there too', true),
  ignores('enable_tables_fallback', 'there is one way to read a table', true),
  ignores('fullwidth_punctuation', 'marks stay as they are read', true, false, null),
  ignores('disable_itemize', 'lists are flat lines always', true, false),
  ignores('disable_lstlisting', 'code is not told apart', true, false),
  ignores('enable_document_layout', 'one column is read', true),
  ...createSharedRows(
    'text',
    { include_line_data: true, confidence_rate_threshold: 0 },
    { line_data: [{ cnt: [lowEdge, lowEdge, highEdge, highEdge] }] },
  ),
]

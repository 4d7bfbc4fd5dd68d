import { expect } from 'vitest'
import { CYRILLIC, SIDEWAYS } from '../fixture-recogniser.ts'
import type { Json } from '../test-engine.ts'
import type { FieldRow, ParameterRow } from './rows.ts'
import { latexRows } from './latex-rows.ts'

const number = expect.any(Number) as number
const share: unknown = expect.toSatisfy(
  (value: unknown) => typeof value === 'number' && value >= 0 && value <= 1,
)

type FieldPlace = { readonly picture?: FieldRow['picture']; readonly options?: Json }

const given = (name: string, value: unknown, note = '', place: FieldPlace = {}): FieldRow => ({
  name,
  note,
  picture: 'x^2',
  options: {},
  value,
  ...place,
})
const givenWhen = (
  name: string,
  when: Json,
  value: unknown,
  note: string,
  place: FieldPlace = {},
): FieldRow => ({
  ...given(name, value, note, place),
  when,
})
const leftOut = (name: string, note: string, options: Json = {}): FieldRow => ({
  name,
  note,
  picture: 'x^2',
  options,
})

const common: readonly FieldRow[] = [
  given(
    'request_id',
    expect.stringMatching(/^\d{4}_\d\d_\d\d_[0-9a-f]{20}g$/),
    'the same for all images of a batch',
  ),
  given('version', 'formulift-1', 'names this engine'),
  given('image_width', 100, 'of the stored image'),
  given('image_height', 40, 'likewise'),
  given('error_info.id', 'image_no_content', 'on failure; formats are left out then', { picture: '' }),
  given('error_info.message', 'Image has no content', 'likewise; details stand beside it', { picture: '' }),
  given('auto_rotate_confidence', share, 'the probability that the image needs turning'),
  given('auto_rotate_degrees', 90, 'the clockwise turn that makes it upright: 0, 90, -90 or 180', {
    picture: `${SIDEWAYS}x^2`,
  }),
  given(
    'token_data.latex',
    ['x', '2'],
    'not Mathpix’s: the tokens that put ink on paper, in the order of writing; of a page also its words',
  ),
  given('token_data.confidence', [0.99, 0.99], 'of each, to two decimals'),
  given(
    'token_data.position',
    [
      [4, 5, 80, 20],
      [4, 5, 80, 20],
    ],
    'of each, where its ink is: left, top, width, height in whole pixels of the stored image; null where that is not known',
  ),
  givenWhen(
    'detected_alphabets.en',
    { include_detected_alphabets: true },
    true,
    'see `include_detected_alphabets`',
  ),
]

/** The formats of the latex behaviour, from the rows of its parameters: each comes when it is asked for. */
const latexFormats = latexRows.flatMap(({ name, proofs }: ParameterRow): FieldRow[] => {
  const [proof] = proofs
  const format = /^`formats`: `(\w+)`$/.exec(name)?.[1]
  if (format === undefined || format === 'latex_list' || proof?.kind !== 'changes') return []
  const { picture } = proof
  return [
    givenWhen(format, { formats: [format] }, proof.gives[format], 'when asked for', {
      picture,
      options: { formats: ['latex_styled'].filter((other) => other !== format) },
    }),
  ]
})

export const latexFields: readonly FieldRow[] = [
  ...latexFormats,
  leftOut('wolfram', 'never', { formats: ['wolfram'] }),
  given('latex', 'x ^ { 2 }', 'when no formats are asked for: the simplified form'),
  given('latex_list', [], 'when asked for, and with `latex`: empty then for a single equation'),
  given('error', '', 'with `latex`; on failure the sentence of `error_info`'),
  given('latex_confidence', 0.9, 'the estimated probability that everything is right'),
  given('latex_confidence_rate', 0.99, 'the mean per token'),
  given(
    'position',
    { top_left_x: 4, top_left_y: 5, width: 80, height: 20 },
    'the box of the ink that was read',
  ),
  givenWhen(
    'candidates',
    { n_best: 1 },
    [{ latex_styled: 'x ^ { 2 }', latex_confidence: 0.9 }],
    'with `n_best`',
    {
      options: { beam_size: 2 },
    },
  ),
  given('detection_list', ['is_printed'], 'what is above 0.5 in the map'),
  given('detection_map.is_printed', share),
  given('detection_map.is_inverted', 0, '1 for light on dark'),
  given('detection_map.is_blank', 1, 'without ink', { picture: '' }),
  given('detection_map.is_not_math', 1, 'where words were read and no formula', {
    picture: '\\text{words only}',
  }),
  ...['contains_chart', 'contains_diagram', 'contains_graph', 'contains_table', 'contains_geometry'].map(
    (name) => leftOut(`detection_map.${name}`, 'not looked for, so nothing is said about it'),
  ),
  ...common,
]

/** Of the POST's answer and the GET's. */
export const batchFields: readonly FieldRow[] = [
  given('batch_id', number, 'in the answer to the POST, a number that never comes again'),
  given('keys', ['a'], 'of the GET: all of them from the first time on, in the sender’s order'),
  given(
    'results.a',
    expect.objectContaining({ latex: 'x ^ { 2 }' }),
    'of the GET, as they come: members as below',
  ),
  given('results.a.error_info.id', 'image_no_content', 'a failed image is a member like the others', {
    picture: '',
  }),
]

const lineFields = { include_line_data: true }
const wordFields = { include_word_data: true }

export const textFields: readonly FieldRow[] = [
  givenWhen(
    'unread_words',
    { alphabets_allowed: { ru: false } },
    expect.stringContaining('left out'),
    'not Mathpix’s: where words on the page are in no language that can be read, or in one that is barred: a sentence that names those at hand',
    { picture: `${CYRILLIC}x^2` },
  ),
  given('text', '\\( x^{2} \\)', 'when asked for or when `formats` is empty'),
  givenWhen(
    'latex_styled',
    { formats: ['latex_styled'] },
    'x^{2}',
    'when asked for and the image is one formula',
  ),
  givenWhen('html', { formats: ['html'] }, expect.stringMatching(/^<div>[^]*<\/div>\n$/), 'when asked for'),
  givenWhen('data', { formats: ['data'] }, [{ type: 'latex', value: 'x^{2}' }], 'when asked for', {
    options: { data_options: { include_latex: true } },
  }),
  given('confidence', 0.9, 'the estimated probability that everything is right'),
  given('confidence_rate', 0.99, 'the mean per token'),
  given('is_printed', true),
  given('is_handwritten', false, 'the opposite: both at once are not told apart'),
  given('error', 'Image has no content', 'on failure', { picture: '' }),
  givenWhen('line_data', lineFields, expect.any(Array), 'with `include_line_data`'),
  ...(
    [
      ['id', 'line-1', 'unique in the result'],
      ['type', 'math', '`text`, `math` or `table`'],
      [
        'cnt',
        [
          [84, 25],
          [4, 25],
          [4, 5],
          [84, 5],
        ],
        'the box of the line',
      ],
      ['conversion_output', true, 'every line is part of the output'],
      ['included', true, 'likewise'],
      ['is_printed', true, 'as for the image'],
      ['is_handwritten', false, 'likewise'],
      ['text', '\\( x^{2} \\)', 'from the second line on with the line break before it'],
      ['confidence', number, ''],
      ['confidence_rate', number, ''],
    ] as const
  ).map(([name, value, note]) => given(`line_data.0.${name}`, value, note, { options: lineFields })),
  ...['subtype', 'parent_id', 'children_ids', 'error_id', 'html', 'data', 'after_hyphen'].map((name) =>
    leftOut(`line_data.0.${name}`, 'optional', lineFields),
  ),
  givenWhen('word_data', wordFields, expect.any(Array), 'with `include_word_data`'),
  ...(
    [
      ['type', 'math', '`text` or `math`'],
      [
        'cnt',
        [
          [84, 25],
          [4, 25],
          [4, 5],
          [84, 5],
        ],
        'the box of the word or formula',
      ],
      ['text', '\\( x^{2} \\)', ''],
      ['latex', 'x^{2}', ''],
      ['confidence', number, ''],
      ['confidence_rate', number, ''],
    ] as const
  ).map(([name, value, note]) => given(`word_data.0.${name}`, value, note, { options: wordFields })),
  leftOut('word_data.0.subtype', 'optional', wordFields),
  leftOut('geometry_data', 'triangles are not looked for', { include_geometry_data: true }),
  leftOut('languages_detected', 'of older results only'),
  ...common,
]

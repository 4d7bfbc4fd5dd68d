import { z } from 'zod'
import {
  Callback,
  DATA_OPTIONS,
  FIRST_FORMATS,
  FormatOption,
  LATEX_FORMATS,
  OcrBehavior,
  Region,
  TEXT_FORMATS,
  TRANSFORMS,
} from './option-values.ts'
import {
  COUNT,
  kindOf,
  of,
  ON_OFF,
  PAIR,
  RATE,
  SWITCH,
  SWITCHES,
  TEXTS,
  type Parameter,
} from './parameter-kinds.ts'
import { keysOf } from './keys-of.ts'
import { recordOf } from './record-of.ts'

/**
 * Every documented option of v3/batch: those of v3/latex and v3/text without `src`, `urls` and what belongs to single images only. The
 * form, the check of what is typed as JSON, conflicts, the types of the wire, the engine's validation, the tests of the wire and
 * docs/options.md are made from it.
 */
export const PARAMETERS = {
  ocr_behavior: of('both', kindOf(OcrBehavior, '"latex" or "text"'), {
    start: 'latex',
    field: { kind: 'own' },
    examples: ['latex', 'text'],
  }),
  callback: of(
    'both',
    kindOf(
      // Read where it is used, so that a broken one costs no batch.
      z.unknown(),
      'an object with an address “post”, and perhaps “reply” (without “batch_id”), “body” and “headers”',
      Callback.refine(
        ({ post, reply }) => /^https?:\/\//i.test(post) && !Object.hasOwn(reply ?? {}, 'batch_id'),
      ),
    ),
    {
      level: 'batch',
      isPassedOver: true,
      examples: [
        {
          post: 'https://my.host/hook?token=1',
          reply: { job: '42', nested: { deep: [1, 2] } },
          body: { extra: true },
          headers: { Authorization: 'Bearer XYZ' },
        },
        { post: 'https://my.host/hook' },
      ],
    },
  ),
  metadata: of('both', kindOf(recordOf(z.unknown()), 'an object'), {
    level: 'batch',
    start: { improve_mathpix: false },
    examples: [{ improve_mathpix: false, user_id: '123', nested: { list: [1] } }, { improve_mathpix: true }],
  }),
  tags: of('both', TEXTS, { isPassedOver: true, examples: [['test_tag', 'algebra'], []] }),
  formats: of('both', TEXTS, {
    start: FIRST_FORMATS.latex,
    field: { kind: 'own' },
    examples: [[...LATEX_FORMATS], [...TEXT_FORMATS], ['text']],
  }),
  region: of(
    'both',
    kindOf(
      Region,
      'an object with the numbers “top_left_x”, “top_left_y”, “width” and “height”',
      z.object({
        top_left_x: z.number().min(0),
        top_left_y: z.number().min(0),
        width: z.number().min(1),
        height: z.number().min(1),
      }),
    ),
    { field: { kind: 'own' }, examples: [{ top_left_x: 0, top_left_y: 40, width: 600, height: 200 }] },
  ),
  confidence_threshold: of('both', RATE, {
    field: { kind: 'number', label: 'Least confidence of an image' },
    examples: [0.25, 0, 1],
  }),
  confidence_rate_threshold: of('both', RATE, {
    field: { kind: 'number', label: 'Least confidence of a symbol' },
    examples: [0.75, 0, 1],
  }),
  auto_rotate_confidence_threshold: of('both', RATE, { examples: [0.5, 0.99, 1] }),
  include_detected_alphabets: of('both', SWITCH, { examples: ON_OFF }),
  enable_blue_hsv_filter: of('both', SWITCH, { examples: ON_OFF }),

  ocr: of('latex', TEXTS, {
    field: {
      kind: 'check',
      group: 'Reading',
      label: 'Read words beside the formula too',
      values: { on: ['math', 'text'], off: ['math'] },
    },
    examples: [['math', 'text'], ['math']],
  }),
  format_options: of(
    'latex',
    kindOf(
      z.record(z.string(), FormatOption),
      'an object with formats, each with “transforms”, “math_delims” or “displaymath_delims”',
    ),
    {
      examples: [
        {
          text: { transforms: [...TRANSFORMS], math_delims: ['$', '$'], displaymath_delims: ['$$', '$$'] },
          latex_styled: { transforms: ['rm_spaces'] },
        },
      ],
    },
  ),
  skip_recrop: of('latex', SWITCH, {
    field: { kind: 'check', group: 'Reading', label: 'Use the whole image, do not crop' },
    examples: ON_OFF,
  }),
  beam_size: of('latex', COUNT, { examples: [5, 1] }),
  n_best: of(
    'latex',
    { ...COUNT, wants: 'a whole number from 1 to “beam_size”' },
    {
      rule: {
        kind: 'needs',
        other: 'beam_size',
        words: '“n_best” needs a “beam_size” that is at least as large.',
      },
      examples: [3, 1],
    },
  ),

  data_options: of('text', SWITCHES, {
    field: { kind: 'own' },
    usualFlag: false,
    examples: [Object.fromEntries(DATA_OPTIONS.map((name) => [name, true])), { include_asciimath: true }],
  }),
  alphabets_allowed: of('text', SWITCHES, { usualFlag: true, examples: [{ ru: false, en: true }] }),
  include_equation_tags: of('text', SWITCH, { examples: ON_OFF }),
  numbers_default_to_math: of('text', SWITCH, {
    field: { kind: 'check', group: 'Reading', label: 'Numbers are math' },
    examples: ON_OFF,
  }),
  include_line_data: of('text', SWITCH, {
    field: { kind: 'check', group: 'Reading', label: 'Add data of each line' },
    examples: ON_OFF,
  }),
  include_word_data: of('text', SWITCH, {
    field: { kind: 'check', group: 'Reading', label: 'Add data of each word' },
    rule: {
      kind: 'excludes',
      other: 'include_line_data',
      words: 'Line data and word data cannot be had together.',
      sentence: 'Requesting both line data and word data is not supported.',
    },
    examples: ON_OFF,
  }),
  include_smiles: of('text', SWITCH, { isPassedOver: true, examples: ON_OFF }),
  include_inchi: of('text', SWITCH, {
    isPassedOver: true,
    rule: { kind: 'needs', other: 'include_smiles', words: '“include_inchi” needs “include_smiles”.' },
    examples: ON_OFF,
  }),
  include_geometry_data: of('text', SWITCH, { isPassedOver: true, examples: ON_OFF }),
  include_diagram_text: of('text', SWITCH, { isPassedOver: true, examples: ON_OFF }),
  include_page_info: of('text', SWITCH, { isPassedOver: true, examples: ON_OFF }),
  rm_spaces: of('text', SWITCH, {
    start: true,
    // In latex behaviour it goes as a transform of each format.
    field: {
      kind: 'check',
      group: 'Spaces',
      label: 'Compact: leave out needless spaces',
      behaviour: 'both',
      onIn: 'text',
    },
    examples: ON_OFF,
  }),
  rm_fonts: of('text', SWITCH, { examples: ON_OFF }),
  idiomatic_eqn_arrays: of('text', SWITCH, { examples: ON_OFF }),
  idiomatic_braces: of('text', SWITCH, { examples: ON_OFF }),
  math_fonts_default_to_math: of('text', SWITCH, { examples: ON_OFF }),
  math_inline_delimiters: of('text', PAIR, { field: { kind: 'own' }, examples: [['$', '$']] }),
  math_display_delimiters: of('text', PAIR, { field: { kind: 'own' }, examples: [['$$', '$$']] }),
  enable_spell_check: of('text', SWITCH, { isPassedOver: true, examples: ON_OFF }),
  enable_tables_fallback: of('text', SWITCH, { isPassedOver: true, examples: ON_OFF }),
  fullwidth_punctuation: of('text', kindOf(z.boolean().nullable(), 'true, false or null'), {
    isPassedOver: true,
    examples: [true, false, null],
  }),
  disable_itemize: of('text', SWITCH, { isPassedOver: true, examples: ON_OFF }),
  disable_lstlisting: of('text', SWITCH, { isPassedOver: true, examples: ON_OFF }),
  enable_document_layout: of('text', SWITCH, {
    isPassedOver: true,
    rule: {
      kind: 'excludes',
      other: 'include_word_data',
      words: '“enable_document_layout” and word data cannot be had together.',
    },
    examples: ON_OFF,
  }),
} as const satisfies Readonly<Record<string, Parameter>>

export type ParameterName = keyof typeof PARAMETERS

export function findParameter(name: string): Parameter | undefined {
  return Object.hasOwn(PARAMETERS, name) ? PARAMETERS[name as ParameterName] : undefined
}

/** The table, as what every entry has in common. */
export const parameterEntries: readonly (readonly [name: ParameterName, parameter: Parameter])[] = keysOf(
  PARAMETERS,
).map((name) => [name, PARAMETERS[name]])

/** The callback stands beside the options of a body, not among them. */
type Shape = {
  readonly [Name in Exclude<ParameterName, 'callback'>]: z.ZodOptional<(typeof PARAMETERS)[Name]['type']>
}

/** OCR options as they stand on the wire, top level or inside one value of `urls`. Unknown members pass through. */
export const OcrOptions = z.looseObject(
  Object.fromEntries(parameterEntries.map(([name, { type }]) => [name, type.optional()])) as unknown as Shape,
)
export type OcrOptions = z.infer<typeof OcrOptions>

/**
 * The options a new batch starts with: latex behaviour, `latex_styled` and `text`, compact spacing in both wire shapes, and no use of
 * the images for improving the service.
 */
export const DEFAULT_OPTIONS: OcrOptions = OcrOptions.parse(
  Object.fromEntries(
    parameterEntries.flatMap(([name, { start }]) => (start === undefined ? [] : [[name, start]])),
  ),
)

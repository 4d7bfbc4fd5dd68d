import { z } from 'zod'
import { Callback, Region } from './mathpix.ts'

/**
 * Every documented option of v3/batch: those of v3/latex and v3/text without `src`, `urls` and what belongs to single images only.
 * `wants` says in words what the schema takes.
 */
type Parameter = {
  /** The behaviour in which it has an effect. */
  readonly behaviour: 'latex' | 'text' | 'both'
  /** `batch`: at the top level only; `image`: there, and for one image. */
  readonly level: 'batch' | 'image'
  readonly schema: z.ZodType
  readonly wants: string
}

const SWITCH = { schema: z.boolean(), wants: 'true or false' }
const RATE = { schema: z.number().min(0).max(1), wants: 'a number from 0 to 1' }
const TEXTS = { schema: z.array(z.string()), wants: 'a list of texts' }
const PAIR = { schema: z.tuple([z.string(), z.string()]), wants: 'a list of two texts' }
const SWITCHES = {
  schema: z.record(z.string(), z.boolean()),
  wants: 'an object whose members are true or false',
}

const of = (
  behaviour: Parameter['behaviour'],
  { schema, wants }: Pick<Parameter, 'schema' | 'wants'>,
  level: Parameter['level'] = 'image',
): Parameter => ({ behaviour, level, schema, wants })

/** In the order of the reference: the batch, both behaviours, latex, text. */
export const PARAMETERS = {
  ocr_behavior: of('both', { schema: z.enum(['latex', 'text']), wants: '"latex" or "text"' }),
  callback: of(
    'both',
    {
      schema: Callback.refine(
        ({ post, reply }) => /^https?:\/\//i.test(post) && !Object.hasOwn(reply ?? {}, 'batch_id'),
      ),
      wants:
        'an object with an address “post”, and perhaps “reply” (without “batch_id”), “body” and “headers”',
    },
    'batch',
  ),
  metadata: of('both', { schema: z.record(z.string(), z.unknown()), wants: 'an object' }, 'batch'),
  tags: of('both', TEXTS),
  formats: of('both', TEXTS),
  region: of('both', {
    schema: Region,
    wants: 'an object with the numbers “top_left_x”, “top_left_y”, “width” and “height”',
  }),
  confidence_threshold: of('both', RATE),
  confidence_rate_threshold: of('both', RATE),
  auto_rotate_confidence_threshold: of('both', RATE),
  include_detected_alphabets: of('both', SWITCH),
  enable_blue_hsv_filter: of('both', SWITCH),

  ocr: of('latex', TEXTS),
  format_options: of('latex', {
    schema: z.record(
      z.string(),
      z.looseObject({
        transforms: z.array(z.string()).optional(),
        math_delims: PAIR.schema.optional(),
        displaymath_delims: PAIR.schema.optional(),
      }),
    ),
    wants: 'an object with formats, each with “transforms”, “math_delims” or “displaymath_delims”',
  }),
  skip_recrop: of('latex', SWITCH),
  beam_size: of('latex', { schema: z.int().min(1).max(10), wants: 'a whole number from 1 to 10' }),
  n_best: of('latex', { schema: z.int().min(1).max(10), wants: 'a whole number from 1 to “beam_size”' }),

  data_options: of('text', SWITCHES),
  alphabets_allowed: of('text', SWITCHES),
  include_equation_tags: of('text', SWITCH),
  include_line_data: of('text', SWITCH),
  include_word_data: of('text', SWITCH),
  include_smiles: of('text', SWITCH),
  include_inchi: of('text', SWITCH),
  include_geometry_data: of('text', SWITCH),
  include_diagram_text: of('text', SWITCH),
  include_page_info: of('text', SWITCH),
  rm_spaces: of('text', SWITCH),
  rm_fonts: of('text', SWITCH),
  idiomatic_eqn_arrays: of('text', SWITCH),
  idiomatic_braces: of('text', SWITCH),
  numbers_default_to_math: of('text', SWITCH),
  math_fonts_default_to_math: of('text', SWITCH),
  math_inline_delimiters: of('text', PAIR),
  math_display_delimiters: of('text', PAIR),
  enable_spell_check: of('text', SWITCH),
  enable_tables_fallback: of('text', SWITCH),
  fullwidth_punctuation: of('text', { schema: z.boolean().nullable(), wants: 'true, false or null' }),
  disable_itemize: of('text', SWITCH),
  disable_lstlisting: of('text', SWITCH),
  enable_document_layout: of('text', SWITCH),
} as const satisfies Readonly<Record<string, Parameter>>

export type ParameterName = keyof typeof PARAMETERS

export function findParameter(name: string): Parameter | undefined {
  return Object.hasOwn(PARAMETERS, name) ? PARAMETERS[name as ParameterName] : undefined
}

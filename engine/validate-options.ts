import { LATEX_FORMATS, OcrOptions } from '../shared/mathpix.ts'
import { engineError, type EngineError, type Outcome } from './errors.ts'

/** Options that were checked: of the documented types and inside the documented ranges. Unknown members pass through. */
export type EngineOptions = OcrOptions

const latexFormats: ReadonlySet<unknown> = new Set(LATEX_FORMATS)
const rates = [
  'confidence_threshold',
  'confidence_rate_threshold',
  'auto_rotate_confidence_threshold',
] as const
/** Switches that the shared schema leaves open and the engine acts on. */
const switches = [
  'rm_fonts',
  'idiomatic_braces',
  'idiomatic_eqn_arrays',
  'include_equation_tags',
  'math_fonts_default_to_math',
  'enable_blue_hsv_filter',
] as const
const sides = ['top_left_x', 'top_left_y', 'width', 'height'] as const

/**
 * Checks the options of one image, or the top-level ones of a batch, and says the first fault with the documented id.
 * `null` counts as absent. In text behaviour unknown formats are dropped, in latex behaviour they are a fault.
 */
export function checkOptions(raw: Readonly<Record<string, unknown>>): Outcome<EngineOptions> {
  const given = Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== null))
  if (given['region'] !== undefined && isEmptyObject(given['region'])) delete given['region']
  const fault = checkFormats(given) ?? checkOcr(given) ?? checkRegion(given['region'])
  if (fault) return { ok: false, error: fault }
  if (given['ocr_behavior'] === 'text') keepStrings(given)
  const parsed = OcrOptions.safeParse(given)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const path = issue?.path ?? []
    const expected = issue && 'expected' in issue ? String(issue.expected) : ''
    return { ok: false, error: describeWrongType(path, expected, valueAt(given, path)) }
  }
  const range = checkRanges(parsed.data) ?? checkSwitches(parsed.data) ?? checkConflicts(parsed.data)
  return range ? { ok: false, error: range } : { ok: true, value: parsed.data }
}

function isEmptyObject(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0
  )
}

function checkFormats(given: Readonly<Record<string, unknown>>): EngineError | undefined {
  const formats = given['formats']
  if (formats === undefined) return undefined
  if (!Array.isArray(formats)) return describeWrongType(['formats'], 'array', formats)
  if (given['ocr_behavior'] === 'text') return undefined
  const unknown = formats.filter((name) => !latexFormats.has(name))
  return unknown.length > 0 ? engineError('opts_unknown_format', { formats: unknown }) : undefined
}

function keepStrings(given: Record<string, unknown>): void {
  const formats = given['formats']
  if (Array.isArray(formats)) given['formats'] = formats.filter((name) => typeof name === 'string')
}

/** `["math"]` or `["math", "text"]`, in any order; nothing else is documented. */
function checkOcr(given: Readonly<Record<string, unknown>>): EngineError | undefined {
  const ocr = given['ocr']
  if (ocr === undefined) return undefined
  if (!Array.isArray(ocr)) return describeWrongType(['ocr'], 'array', ocr)
  const isKnown = ocr.includes('math') && ocr.every((entry) => entry === 'math' || entry === 'text')
  return isKnown ? undefined : engineError('opts_unknown_ocr', { ocr })
}

function checkRegion(region: unknown): EngineError | undefined {
  if (region === undefined) return undefined
  if (typeof region !== 'object' || region === null || Array.isArray(region)) {
    return engineError('opts_value_out_of_range', { name: 'region', value: region })
  }
  for (const side of sides) {
    const value: unknown = (region as Record<string, unknown>)[side]
    if (typeof value !== 'number')
      return engineError('opts_number_required', { name: `region.${side}`, value: value ?? null })
    const least = side === 'width' || side === 'height' ? 1 : 0
    if (value < least) return engineError('opts_value_out_of_range', { name: `region.${side}`, value })
  }
  return undefined
}

function checkRanges(options: OcrOptions): EngineError | undefined {
  for (const name of rates) {
    const value = options[name]
    if (value !== undefined && !(value >= 0 && value <= 1))
      return engineError('opts_value_out_of_range', { name, value })
  }
  const { beam_size, n_best } = options
  if (beam_size !== undefined && !isIntegerIn(beam_size, 1, 10)) {
    return engineError('opts_value_out_of_range', { name: 'beam_size', value: beam_size })
  }
  if (n_best === undefined) return undefined
  if (beam_size === undefined) return engineError('opts_conflict', {}, 'n_best needs beam_size')
  if (isIntegerIn(n_best, 1, beam_size)) return undefined
  return engineError('opts_value_out_of_range', { name: 'n_best', value: n_best })
}

function checkSwitches(options: OcrOptions): EngineError | undefined {
  for (const name of switches) {
    const value = options[name]
    if (value !== undefined && typeof value !== 'boolean')
      return engineError('opts_value_out_of_range', { name, value })
  }
  return undefined
}

function checkConflicts(options: OcrOptions): EngineError | undefined {
  if (options.include_line_data !== true || options.include_word_data !== true) return undefined
  return engineError('opts_conflict', {}, 'Requesting both line data and word data is not supported.')
}

function isIntegerIn(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most
}

function describeWrongType(path: readonly PropertyKey[], expected: string, value: unknown): EngineError {
  const name = path.map(String).join('.')
  if (expected === 'array' || (expected === 'tuple' && !Array.isArray(value))) {
    const type = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
    return engineError('opts_expected_array', { option: name, type }, `${name} must be an array`)
  }
  if (expected === 'number') return engineError('opts_number_required', { name, value: value ?? null })
  return engineError('opts_value_out_of_range', { name, value: value ?? null })
}

function valueAt(source: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[name] : undefined,
    source,
  )
}

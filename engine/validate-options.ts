import { LATEX_FORMATS } from '../shared/option-values.ts'
import { findBrokenRules } from '../shared/option-rules.ts'
import { findParameter, parameterEntries, OcrOptions } from '../shared/parameters.ts'
import { engineError, type EngineError, type Outcome } from './errors.ts'

/** Options that were checked: of the documented types and inside the documented ranges. Unknown members pass through. */
export type EngineOptions = OcrOptions

const latexFormats: ReadonlySet<unknown> = new Set(LATEX_FORMATS)
/**
 * Checks the options of one image, or the top-level ones of a batch, and says the first fault with the documented id.
 * `null` counts as absent. In text behaviour unknown formats are dropped, in latex behaviour they are a fault.
 */
export function checkOptions(raw: Readonly<Record<string, unknown>>): Outcome<EngineOptions> {
  const given = Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== null))
  if (given['region'] !== undefined && isEmptyObject(given['region'])) delete given['region']
  const fault = checkFormats(given) ?? checkOcr(given)
  if (fault) return { ok: false, error: fault }
  if (given['ocr_behavior'] === 'text') keepStrings(given)
  const wrong = findWrongValues(given)
  const seen = wrong.find(({ isPassedOver }) => !isPassedOver)
  if (seen) return { ok: false, error: seen.error }
  const left = Object.entries(given).filter(([name]) => wrong.every((other) => other.name !== name))
  const options = OcrOptions.parse(Object.fromEntries(left))
  const conflict = checkRules(options)
  return conflict ? { ok: false, error: conflict } : { ok: true, value: options }
}

/** What does not fit its entry in the table of options. */
function findWrongValues(given: Readonly<Record<string, unknown>>) {
  return parameterEntries.flatMap(([name, { schema, isPassedOver = false }]) => {
    const issue = given[name] === undefined ? undefined : schema.safeParse(given[name]).error?.issues[0]
    if (issue === undefined) return []
    const path = [name, ...issue.path]
    const error = describeWrongType(path, 'expected' in issue ? issue.expected : '', valueAt(given, path))
    return [{ name, isPassedOver, error }]
  })
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

function checkRules(options: OcrOptions): EngineError | undefined {
  for (const { name, rule } of findBrokenRules(options)) {
    const { kind, other, sentence = `${name} ${kind} ${other}` } = rule
    if (findParameter(name)?.isPassedOver) continue
    return kind === 'needs' && options[other] !== undefined
      ? engineError('opts_value_out_of_range', { name, value: options[name] })
      : engineError('opts_conflict', {}, sentence)
  }
  return undefined
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

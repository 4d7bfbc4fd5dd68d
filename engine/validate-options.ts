import { LATEX_FORMATS } from '../shared/option-values.ts'
import { findBrokenRules } from '../shared/option-rules.ts'
import {
  findParameter,
  parameterEntries,
  PARAMETERS,
  type OcrOptions,
  type ParameterName,
} from '../shared/parameters.ts'
import { engineError, type EngineError, type Outcome } from './errors.ts'

/** Options that were checked: of the documented types and inside the documented ranges. Unknown members pass through. */
export type EngineOptions = OcrOptions

const latexFormats: ReadonlySet<unknown> = new Set(LATEX_FORMATS)
/**
 * Checks the options of one image, or the top-level ones of a batch, and says the first fault with the documented id. Members that
 * nobody has documented are left out. `null` counts as absent. In text behaviour unknown formats are dropped, in latex behaviour they are
 * a fault. A value that many images share is looked at once.
 */
export function checkOptions(raw: Readonly<Record<string, unknown>>): Outcome<EngineOptions> {
  const given = Object.fromEntries(Object.entries(pickDocumented(raw)).filter(([, value]) => value !== null))
  if (given['region'] !== undefined && isEmptyObject(given['region'])) delete given['region']
  const fault = checkFormats(given) ?? checkOcr(given)
  if (fault) return { ok: false, error: fault }
  if (given['ocr_behavior'] === 'text' && Array.isArray(given['formats']))
    given['formats'] = namesIn(given['formats']).texts
  const checked = parameterEntries.flatMap(([name, { isPassedOver = false }]) =>
    given[name] === undefined ? [] : { name, isPassedOver, ...readValue(name, given[name]) },
  )
  const wrong = checked.find(({ error, isPassedOver }) => error && !isPassedOver)
  if (wrong?.error) return { ok: false, error: wrong.error }
  const right = checked.filter(({ error }) => !error)
  const options: OcrOptions = Object.fromEntries(right.map(({ name, value }) => [name, value]))
  const conflict = checkRules(options)
  return conflict ? { ok: false, error: conflict } : { ok: true, value: options }
}

/** The members of a request that are documented options: what else came along would be copied for each image. */
export function pickDocumented(raw: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    parameterEntries.flatMap(([name]) => (Object.hasOwn(raw, name) ? [[name, raw[name]] as const] : [])),
  )
}

type ReadValue = { readonly value: unknown; readonly error?: EngineError }

/** By the entry's name: an object that one option has may be what another one has too. */
const known = new Map<string, WeakMap<object, ReadValue>>()

/** A value as its entry in the table of options takes it, or why it does not. */
function readValue(name: ParameterName, value: unknown): ReadValue {
  if (typeof value !== 'object' || value === null) return parseValue(name, value)
  const values = known.get(name) ?? new WeakMap<object, ReadValue>()
  known.set(name, values)
  const read = values.get(value) ?? parseValue(name, value)
  values.set(value, read)
  return read
}

function parseValue(name: ParameterName, given: unknown): ReadValue {
  const { type, schema } = PARAMETERS[name]
  const issue = schema.safeParse(given).error?.issues[0]
  if (issue === undefined) return { value: type.parse(given) }
  const path = [name, ...issue.path]
  const expected = 'expected' in issue ? issue.expected : ''
  return { value: undefined, error: describeWrongType(path, expected, valueAt({ [name]: given }, path)) }
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
  const { unknown } = namesIn(formats)
  return unknown.length > 0 ? engineError('opts_unknown_format', { formats: unknown }) : undefined
}

type FormatNames = { readonly texts: readonly string[]; readonly unknown: readonly unknown[] }

const knownNames = new WeakMap<readonly unknown[], FormatNames>()

function namesIn(formats: readonly unknown[]): FormatNames {
  const names = knownNames.get(formats) ?? {
    texts: formats.filter((name) => typeof name === 'string'),
    unknown: formats.filter((name) => !latexFormats.has(name)),
  }
  knownNames.set(formats, names)
  return names
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

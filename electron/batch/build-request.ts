import { isDeepStrictEqual } from 'node:util'
import {
  TEXT_FORMATS,
  type BatchRequest,
  type Callback,
  type FormatOption,
  type OcrOptions,
} from '../../shared/mathpix.ts'
import type { EngineChoice } from '../../shared/settings.ts'

export type RequestItem = {
  readonly key: string
  /** What the engine fetches: an http(s) address or a data URI. */
  readonly url: string
  readonly overrides: OcrOptions
}

/** Formats whose spacing `rm_spaces` tidies; the others of latex behaviour have no LaTeX spacing. */
const SPACED_FORMATS: ReadonlySet<string> = new Set([
  'text',
  'text_display',
  'latex_normal',
  'latex_styled',
  'latex_simplified',
  'latex_list',
])

/** Members that stand at the top level of a batch only. */
const BATCH_ONLY: ReadonlySet<string> = new Set(['metadata', 'callback', 'urls', 'url'])

/**
 * The body of `POST v3/batch`. An image without options of its own is a plain string. Whatever an image sets
 * is sent whole, because it is not documented whether the service merges nested members or replaces them.
 */
export function buildRequest(
  items: readonly RequestItem[],
  options: OcrOptions,
  engine: EngineChoice['kind'],
  callback?: Callback,
): BatchRequest {
  const top = topLevelOptions(options, engine)
  const urls = Object.fromEntries(items.map((item) => [item.key, urlValue(item, options, top)]))
  return { ...top, urls, ...(callback === undefined ? {} : { callback }) }
}

/** The options of one image by itself, as `options_json` of a single upload. */
export function buildUploadOptions(
  overrides: OcrOptions,
  options: OcrOptions,
  engine: EngineChoice['kind'],
): { endpoint: 'v3/text' | 'v3/latex'; options: OcrOptions } {
  const { ocr_behavior, ...rest } = toWireShape(effectiveOptions(options, overrides))
  const { metadata } = options
  const single = withDefaults({ ...rest, ...(metadata === undefined ? {} : { metadata }) }, engine)
  return { endpoint: ocr_behavior === 'text' ? 'v3/text' : 'v3/latex', options: single }
}

export function topLevelOptions(options: OcrOptions, engine: EngineChoice['kind']): OcrOptions {
  const rest = Object.entries(options).filter(([name]) => name === 'metadata' || !BATCH_ONLY.has(name))
  return withDefaults(toWireShape(Object.fromEntries(rest)), engine)
}

/**
 * The embedded engine shows a doubtful reading as doubtful; by default it would withhold it. Mathpix may keep images only when the
 * user says so; by default it would.
 */
function withDefaults(options: OcrOptions, engine: EngineChoice['kind']): OcrOptions {
  if (engine === 'mathpix') return { ...options, metadata: { improve_mathpix: false, ...options.metadata } }
  if (options.confidence_rate_threshold !== undefined) return options
  return { ...options, confidence_rate_threshold: 0 }
}

function urlValue(item: RequestItem, options: OcrOptions, top: OcrOptions): BatchRequest['urls'][string] {
  const own = ownOptions(item.overrides, options, top)
  return Object.keys(own).length === 0 ? item.url : { ...own, url: item.url }
}

/** What an image must say so that it gets its own options whatever stands at the top level. */
function ownOptions(overrides: OcrOptions, options: OcrOptions, top: OcrOptions): OcrOptions {
  if (Object.keys(overrides).every((name) => BATCH_ONLY.has(name))) return {}
  const wire = toWireShape(effectiveOptions(options, overrides))
  const changed = Object.entries(wire).filter(
    ([name, value]) => !BATCH_ONLY.has(name) && (name in overrides || !isDeepStrictEqual(value, top[name])),
  )
  const own: OcrOptions = Object.fromEntries(changed)
  if (!isDeepStrictEqual(wire.format_options, top.format_options)) {
    const format_options = coverFormatOptions(wire.format_options, top.format_options)
    if (Object.keys(format_options).length > 0) own.format_options = format_options
  }
  for (const [name, usual] of USUAL_FLAGS) {
    if (own[name] && top[name]) own[name] = { ...coverFlags(top[name], usual), ...own[name] }
  }
  return own
}

/** Objects of switches, and what a switch is that is not named: every alphabet is allowed, no content is added. */
const USUAL_FLAGS = [
  ['data_options', false],
  ['alphabets_allowed', true],
] as const

/** Names every switch of the top level, so that a server that merges deeply turns on nothing that the image does not ask for. */
function coverFlags(top: Readonly<Record<string, boolean>>, usual: boolean): Record<string, boolean> {
  return Object.fromEntries(Object.keys(top).map((name) => [name, usual]))
}

/**
 * Options of the batch overlaid with those of the image; formats that the image's own behaviour does not know
 * are not inherited.
 */
export function effectiveOptions(options: OcrOptions, overrides: OcrOptions): OcrOptions {
  const merged: OcrOptions = { ...options, ...overrides }
  const behaviour = merged.ocr_behavior ?? 'latex'
  const isForeign = behaviour !== (options.ocr_behavior ?? 'latex') && overrides.formats === undefined
  if (!isForeign || merged.formats === undefined) return merged
  const known: readonly string[] = behaviour === 'text' ? TEXT_FORMATS : [...SPACED_FORMATS]
  const formats = merged.formats.filter((format) => known.includes(format))
  return {
    ...merged,
    formats: formats.length > 0 ? formats : [behaviour === 'text' ? 'text' : 'latex_styled'],
  }
}

/**
 * `rm_spaces` is one switch for the user and two shapes on the wire: a parameter in text behaviour, a
 * transform of each LaTeX format in latex behaviour.
 */
export function toWireShape(options: OcrOptions): OcrOptions {
  if ((options.ocr_behavior ?? 'latex') === 'text') return options
  const { rm_spaces, ...rest } = options
  if (rm_spaces !== true) return rest
  const format_options: Record<string, FormatOption> = { ...rest.format_options }
  for (const format of rest.formats ?? []) {
    if (!SPACED_FORMATS.has(format)) continue
    const current = format_options[format] ?? {}
    const transforms = current.transforms ?? []
    format_options[format] = {
      ...current,
      transforms: transforms.includes('rm_spaces') ? transforms : [...transforms, 'rm_spaces'],
    }
  }
  return Object.keys(format_options).length === 0 ? rest : { ...rest, format_options }
}

/**
 * Names every format and transform list of the top level, so that a server that merges deeply adds nothing.
 */
function coverFormatOptions(
  own: OcrOptions['format_options'],
  top: OcrOptions['format_options'],
): Record<string, FormatOption> {
  const covered: Record<string, FormatOption> = { ...own }
  for (const [format, inherited] of Object.entries(top ?? {})) {
    const current = covered[format] ?? {}
    covered[format] = { ...(inherited.transforms ? { transforms: [] } : {}), ...current }
  }
  return covered
}

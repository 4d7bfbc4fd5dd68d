import { isDeepStrictEqual } from 'node:util'
import type { BatchRequest } from '../../../shared/mathpix.ts'
import { SPACED_FORMATS, type Callback, type FormatOption } from '../../../shared/option-values.ts'
import { effectiveOptions } from '../../../shared/merge-options.ts'
import { SWITCHES } from '../../../shared/parameter-kinds.ts'
import { parameterEntries, type OcrOptions } from '../../../shared/parameters.ts'
import type { EngineChoice } from '../../../shared/settings.ts'

export type RequestItem = {
  readonly key: string
  /** What the engine fetches: an http(s) address or a data URI. */
  readonly url: string
  readonly overrides: OcrOptions
}

const spacedFormats: ReadonlySet<string> = new Set(SPACED_FORMATS)

/** Members that stand at the top level of a batch only. */
const BATCH_ONLY: ReadonlySet<string> = new Set([
  'urls',
  'url',
  ...parameterEntries.flatMap(([name, { level }]) => (level === 'batch' ? [name] : [])),
])

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
  // What stands beside the options of a batch stands among those of an upload.
  const beside = Object.entries(options).filter(([name]) => name === 'metadata' || name === 'callback')
  const single = withDefaults({ ...rest, ...Object.fromEntries(beside) }, engine)
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
  for (const [name, { usualFlag }] of parameterEntries) {
    const [flags, topFlags] = [own[name], top[name]].map((value) => SWITCHES.type.safeParse(value).data)
    if (usualFlag !== undefined && flags && topFlags)
      Object.assign(own, { [name]: { ...coverFlags(topFlags, usualFlag), ...flags } })
  }
  return own
}

/** Names every switch of the top level, so that a server that merges deeply turns on nothing that the image does not ask for. */
function coverFlags(top: Readonly<Record<string, boolean>>, usual: boolean): Record<string, boolean> {
  return Object.fromEntries(Object.keys(top).map((name) => [name, usual]))
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
    if (!spacedFormats.has(format)) continue
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

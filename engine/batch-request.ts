import { mergeOptions } from '../shared/merge-options.ts'
import type { Callback } from '../shared/option-values.ts'
import { engineError, type EngineError, type Outcome } from './errors.ts'
import { isObject, parseJsonObject, type JsonObject } from './parse-json.ts'
import { takeTurns, waitForTurn } from './take-turns.ts'
import { readUrlKeys } from './url-keys.ts'
import { checkCallback } from './validate-callback.ts'
import { checkOptions, pickDocumented, type EngineOptions } from './validate-options.ts'

/** Options that an image has for itself, as they came: they lie over those of the batch. */
export type OwnOptions = Readonly<Record<string, unknown>>

/** One image of a batch: where its bytes are and the options that are its own, or why it cannot be tried at all. */
type RequestedImage = { readonly key: string } & (
  { readonly url: string; readonly options?: OwnOptions } | { readonly error: EngineError }
)

export type RequestedBatch = {
  readonly images: readonly RequestedImage[]
  /** Those that hold for all images. */
  readonly options: EngineOptions
  readonly callback?: Callback
}

/** Characters of a body that takes long to parse; several of them may arrive at one moment. */
const LARGE = 100_000

/**
 * Reads the body of `POST v3/batch` in the documented order: JSON, callback, options. Faults of the top-level options refuse
 * the request; faults of one image stay with that image. A body may hold hundreds of thousands of images: other requests have their
 * turn in between, and options that hold for all are checked once.
 */
export async function readBatchRequest(text: string): Promise<Outcome<RequestedBatch>> {
  if (text.length > LARGE) await waitForTurn()
  const body = parseJsonObject(text)
  if (!body.ok) return body
  const raw = body.value
  const callback = raw['callback'] == null ? undefined : checkCallback(raw['callback'])
  if (callback && !callback.ok) return callback
  const urls = raw['urls']
  const keys = isObject(urls) ? await readUrlKeys(text) : []
  if (!isObject(urls) || keys.length === 0) {
    return {
      ok: false,
      error: engineError('image_missing', {}, 'urls must be an object with at least one image'),
    }
  }
  const topLevel = pickDocumented(raw)
  const turn = takeTurns()
  const isNeeded = await needsFormats(topLevel, keys, urls, turn)
  const checked = checkOptions(isNeeded ? topLevel : { ...topLevel, formats: [] })
  if (!checked.ok) return checked
  const common = checkOptions(topLevel)
  const images: RequestedImage[] = []
  for (const key of keys) {
    images.push(readImage(key, urls[key], topLevel, common))
    await turn()
  }
  // Where each image brings its own formats, those of the top count for images that are text only.
  const { formats } = topLevel
  const options = isNeeded
    ? checked.value
    : { ...checked.value, formats: Array.isArray(formats) ? formats.filter(isText) : [] }
  return { ok: true, value: { images, options, ...(callback ? { callback: callback.value } : {}) } }
}

function readImage(
  key: string,
  value: unknown,
  topLevel: OwnOptions,
  common: Outcome<EngineOptions>,
): RequestedImage {
  const own = isObject(value) ? value : {}
  const url = typeof value === 'string' ? value : own['url']
  if (typeof url !== 'string' || url === '') return { key, error: engineError('image_missing') }
  const documented = pickDocumented(own)
  const hasOwn = Object.keys(documented).length > 0
  const options = hasOwn ? layOver(topLevel, documented) : common
  if (!options.ok) return { key, error: options.error }
  return { key, url, ...(hasOwn ? { options: documented } : {}) }
}

/** The options of one image: those of the batch, overlaid with its own. */
export function layOver(common: OwnOptions, own: OwnOptions = {}): Outcome<EngineOptions> {
  return checkOptions(mergeOptions(common, own))
}

/**
 * Whether top-level `formats` are used as latex formats by any image. Where each image brings its own or has another
 * behaviour, the names at the top are nobody's fault.
 */
async function needsFormats(
  topLevel: OwnOptions,
  keys: readonly string[],
  urls: JsonObject,
  turn: ReturnType<typeof takeTurns>,
): Promise<boolean> {
  if (!Array.isArray(topLevel['formats']) || topLevel['ocr_behavior'] === 'text') return true
  for (const key of keys) {
    const value = urls[key]
    const own = isObject(value) ? value : {}
    if (own['formats'] === undefined && (own['ocr_behavior'] ?? 'latex') === 'latex') return true
    await turn()
  }
  return false
}

const isText = (value: unknown) => typeof value === 'string'

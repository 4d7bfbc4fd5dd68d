import { z } from 'zod'
import { Region, type Callback } from './option-values.ts'
import type { OcrOptions } from './parameters.ts'
import { recordOf } from './record-of.ts'

/**
 * The v3 wire format in Mathpix's own words. Reading is lenient (unknown fields are kept, every result field is
 * optional), because the service adds fields freely; what we send is checked strictly where the options are made.
 */

export const ErrorInfo = z.looseObject({ id: z.string(), message: z.string().optional() })
export type ErrorInfo = z.infer<typeof ErrorInfo>

export const ErrorEnvelope = z.looseObject({ error: z.string(), error_info: ErrorInfo })
export type ErrorEnvelope = z.infer<typeof ErrorEnvelope>

/** One image's result, of either behaviour. `error: ""` means success (legacy default-format results). */
export const OcrResult = z.looseObject({
  request_id: z.string().optional(),
  version: z.string().optional(),
  error: z.string().nullish(),
  error_info: ErrorInfo.nullish(),
  text: z.string().optional(),
  text_display: z.string().optional(),
  latex: z.string().optional(),
  latex_normal: z.string().optional(),
  latex_styled: z.string().optional(),
  latex_simplified: z.string().optional(),
  latex_list: z.array(z.string()).optional(),
  mathml: z.string().optional(),
  asciimath: z.string().optional(),
  html: z.string().optional(),
  data: z.array(z.looseObject({ type: z.string(), value: z.string() })).optional(),
  latex_confidence: z.number().optional(),
  latex_confidence_rate: z.number().optional(),
  confidence: z.number().optional(),
  confidence_rate: z.number().optional(),
  position: z.looseObject(Region.shape).optional(),
  detection_map: z.record(z.string(), z.number()).optional(),
  detection_list: z.array(z.string()).optional(),
  is_printed: z.boolean().optional(),
  is_handwritten: z.boolean().optional(),
  image_width: z.number().optional(),
  image_height: z.number().optional(),
  /** Of a file with several pages, of which the first was read. Mathpix's word, which only the embedded engine uses for images. */
  num_pages: z.number().optional(),
  /** Why words on the image were left out; a word of the embedded engine. */
  unread_words: z.string().optional(),
})
export type OcrResult = z.infer<typeof OcrResult>

/**
 * One result of a foreign server, as much of it as can be used: a member of the wrong type is left out, so that it
 * costs neither the image nor the others of its batch. What reports an error in an unknown shape stays an error.
 */
export function readResult(value: unknown): OcrResult {
  const parsed = OcrResult.safeParse(value)
  if (parsed.success) return parsed.data
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { error: UNREADABLE }
  const wrong = new Set(parsed.error.issues.map(({ path }) => path[0]))
  const rest = OcrResult.parse(Object.fromEntries(Object.entries(value).filter(([name]) => !wrong.has(name))))
  const reportsError = wrong.has('error') || wrong.has('error_info')
  return reportsError && !isFailedResult(rest) ? { ...rest, error: UNREADABLE } : rest
}
const UNREADABLE = 'The answer for this image could not be read.'

/** `batch_id` is opaque: a number or a string, printed without decimals into the path. */
export const BatchId = z.union([z.number().int(), z.string().min(1)])
export type BatchId = z.infer<typeof BatchId>

export const BatchAccepted = z.looseObject({ batch_id: BatchId })
export type BatchAccepted = z.infer<typeof BatchAccepted>

/** `results` holds only what is finished; old servers send null for "nothing yet". */
export const BatchResults = z.looseObject({
  keys: z.array(z.string()),
  results: z
    .record(z.string(), z.unknown().transform(readResult))
    .nullish()
    .transform((results) => results ?? {}),
})
export type BatchResults = z.infer<typeof BatchResults>

/** The same as it is polled: the results are read one by one when they are wanted, because most of them were read before. */
export const PolledResults = BatchResults.extend({
  results: recordOf(z.unknown())
    .nullish()
    .transform((results) => results ?? {}),
})
export type PolledResults = z.infer<typeof PolledResults>

/** A result that is there in name only: null, or an object without members. */
export function saysNothing(result: unknown): boolean {
  if (typeof result !== 'object' || Array.isArray(result)) return false
  return result === null || Object.keys(result).length === 0
}

/** The body of `POST v3/batch`: options for all, and key → image with options of its own. */
export type BatchRequest = OcrOptions & {
  urls: Record<string, string | (OcrOptions & { url: string })>
  callback?: Callback
}

/** True for a result that failed: a non-empty `error`, or any `error_info`. */
export function isFailedResult(result: OcrResult): boolean {
  return Boolean(result.error) || Boolean(result.error_info)
}

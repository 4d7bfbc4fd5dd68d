import { readLimited } from '../../node/read-limited.ts'
import type { AppError } from '../../shared/errors.ts'
import { ErrorInfo } from '../../shared/mathpix.ts'
import { redactDeep, redactText } from '../../shared/redact.ts'
import type { Scrub } from '../../shared/scrub-secrets.ts'
import type { ApiReply } from './api-fetch.ts'
import { cleanReply } from './clean-reply.ts'
import { classifyNetworkError, networkError } from './network-error.ts'
import { parseRetryAfter } from './retry-rules.ts'

/** Results of 100 images with word data stay far below; a larger body is somebody else's. */
const MAX_BODY = 64 * 1024 * 1024

export type Reply =
  | { readonly kind: 'json'; readonly status: number; readonly body: Record<string, unknown> }
  /** The server said no, in its own words or by a status; `retryAfterMs` when it said when. */
  | {
      readonly kind: 'refusal'
      readonly status: number
      readonly error: AppError
      readonly body?: Record<string, unknown>
      readonly retryAfterMs?: number
    }
  /** Nothing that can be understood: not JSON, not an object, a server error, a redirect. */
  | {
      readonly kind: 'garbage'
      readonly status: number
      readonly error: AppError
      readonly body?: Record<string, unknown>
      readonly retryAfterMs?: number
    }
  /** It broke off; `body` is what had come of it. */
  | { readonly kind: 'lost'; readonly error: AppError; readonly body?: Record<string, unknown> }

/**
 * Reads a whole reply. `error_info` counts before the status, as the service mostly answers errors with HTTP
 * 200. Here every word of a server enters: `scrub` takes out the keys that were sent, before anything is kept, cut short or shown.
 */
export async function readReply(response: ApiReply, now: () => number, scrub: Scrub): Promise<Reply> {
  const { status } = response
  // A time to wait until is by the server's clock: ours may be wrong by hours.
  const sentAt = Date.parse(headerOf(response, 'date') ?? '')
  const at = Number.isNaN(sentAt) ? now() : sentAt
  const retryAfterMs = parseRetryAfter(headerOf(response, 'retry-after') ?? null, at)
  const wait = retryAfterMs === undefined ? {} : { retryAfterMs }
  const { text, failure } = await readText(response)
  const body = parseObject(text.replace(/^\uFEFF/, ''), scrub)
  const said = { ...(body === undefined ? {} : { body }), ...wait }
  if (failure instanceof BodyTooLarge)
    return { kind: 'garbage', status, error: unexpected('The answer is far too large.'), ...said }
  if (failure !== undefined)
    return {
      kind: 'lost',
      error: classifyNetworkError(failure).error,
      ...(body === undefined ? {} : { body }),
    }
  const envelope = body && findEnvelope(body)
  if (envelope) return { kind: 'refusal', status, error: envelope, ...said }
  if (status === 401 || status === 429)
    return { kind: 'refusal', status, error: errorOfStatus(status), ...said }
  if (status >= 400 && status < 500)
    return { kind: 'refusal', status, error: networkError('http', status), ...said }
  if (status >= 300) return { kind: 'garbage', status, error: networkError('http', status), ...said }
  if (!body)
    return {
      kind: 'garbage',
      status,
      error: unexpected('The server answered with a page or a text instead of data.'),
      ...wait,
    }
  return { kind: 'json', status, body }
}

/**
 * The error of an envelope `{error, error_info}`; undefined when the body reports success (`error: ""`
 * included).
 */
function findEnvelope(body: Record<string, unknown>): AppError | undefined {
  const info = ErrorInfo.safeParse(body['error_info'] ?? firstOf(body['errors']))
  const text = typeof body['error'] === 'string' ? body['error'] : ''
  if (info.success) {
    const { id, message, ...rest } = info.data
    const detail = flatten(rest)
    return {
      kind: 'mathpix',
      id,
      message: redactText(message ?? text),
      ...(Object.keys(detail).length === 0 ? {} : { detail: redactDeep(detail) as Record<string, unknown> }),
    }
  }
  return text === '' ? undefined : { kind: 'mathpix', id: 'unknown', message: redactText(text) }
}

/** Some of the service's endpoints answer `errors: [{id, message}]`. */
function firstOf(errors: unknown): unknown {
  return Array.isArray(errors) ? errors[0] : undefined
}

/** Details stand directly in `error_info`; one page of the documentation has them in an object `detail`. */
function flatten({ detail, ...rest }: Record<string, unknown>): Record<string, unknown> {
  if (detail === undefined) return rest
  const isObject = typeof detail === 'object' && detail !== null && !Array.isArray(detail)
  return isObject ? { ...detail, ...rest } : { ...rest, detail }
}

export function unexpected(message: string): AppError {
  return { kind: 'unexpected_response', message }
}

function errorOfStatus(status: 401 | 429): AppError {
  return status === 401
    ? { kind: 'mathpix', id: 'http_unauthorized', message: 'Invalid credentials' }
    : { kind: 'mathpix', id: 'http_max_requests', message: 'Too many requests' }
}

class BodyTooLarge extends Error {}

function headerOf({ headers }: ApiReply, name: string): string | undefined {
  const value = headers[name]
  return Array.isArray(value) ? value[0] : value
}

/** What came, and why it is not all. */
type Received = { readonly text: string; readonly failure?: unknown }

async function readText(response: ApiReply): Promise<Received> {
  if (Number(headerOf(response, 'content-length')) > MAX_BODY) {
    response.body.destroy()
    return { text: '', failure: new BodyTooLarge() }
  }
  const pieces: Uint8Array[] = []
  try {
    const bytes = await readLimited(keepFirst(response.body, pieces), MAX_BODY)
    return bytes ? { text: bytes.toString('utf8') } : { text: '', failure: new BodyTooLarge() }
  } catch (failure) {
    return { text: Buffer.concat(pieces).toString('utf8'), failure }
  }
}

/** Far more than the reply to a POST has. */
const KEPT_BYTES = 64 * 1024

async function* keepFirst(stream: AsyncIterable<Uint8Array>, kept: Uint8Array[]): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const piece of stream) {
    if (size < KEPT_BYTES) kept.push(piece)
    size += piece.byteLength
    yield piece
  }
}

function parseObject(text: string, scrub: Scrub): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    const body = withWholeBatchId(value as Record<string, unknown>, text)
    cleanReply(body, scrub)
    return body
  } catch {
    return undefined
  }
}

/** A number that JavaScript cannot hold loses its last digits when it is read: as text it keeps them. */
function withWholeBatchId(body: Record<string, unknown>, text: string): Record<string, unknown> {
  const { batch_id } = body
  if (typeof batch_id !== 'number' || Number.isSafeInteger(batch_id)) return body
  const written = [...text.matchAll(/"batch_id"\s*:\s*(\d+)/g)].map(([, digits]) => digits)
  const digits = written.find((candidate) => Number(candidate) === batch_id)
  return digits === undefined ? body : { ...body, batch_id: digits }
}

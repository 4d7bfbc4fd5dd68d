import {
  BatchAccepted,
  OcrResult,
  PolledResults,
  readResult,
  type BatchId,
  type BatchRequest,
} from '../../shared/mathpix.ts'
import type { OcrOptions } from '../../shared/parameters.ts'
import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'
import { createScrub } from '../../shared/scrub-secrets.ts'
import { FormData } from 'undici'
import type { z } from 'zod'
import type { ApiFetch, ApiRequest } from './api-fetch.ts'
import { KeysNotAllowedError } from './guard-keys.ts'
import { classifyNetworkError } from './network-error.ts'
import { readReply, unexpected, type Reply } from './read-reply.ts'
import { callbackSecretsOf, secretsOf } from './secrets-of.ts'
import { isRateLimit, KEYS_REFUSED_IDS } from './retry-rules.ts'

/**
 * Everything a request needs; built anew for each, because the local engine's port and the keys may change
 * between two.
 */
export type Connection = {
  readonly fetch: ApiFetch
  /** Origin and optional path prefix, without `/v3`. */
  readonly baseUrl: string
  readonly credentials: { readonly app_id: string; readonly app_key: string }
  readonly now?: () => number
  /** Milliseconds for a whole request with its reply; absent members are the usual ones. */
  readonly timeouts?: { readonly post?: number; readonly get?: number }
}

/**
 * What became of a POST. `refused`: certainly not accepted, nothing is billed. `unclear`: it was sent and may
 * have been accepted.
 */
export type PostOutcome<T> =
  | { readonly outcome: 'accepted'; readonly value: T }
  | { readonly outcome: 'refused'; readonly error: AppError; readonly retryAfterMs?: number }
  | { readonly outcome: 'unclear'; readonly message: string }

export type FetchOutcome =
  | { readonly ok: true; readonly value: PolledResults }
  | { readonly ok: false; readonly error: AppError; readonly retryAfterMs?: number }

export const NO_RESULT = 'The server answered with something other than results.'

/** A body of 5 MB over a slow line takes its time; the server itself answers within milliseconds. */
const POST_TIMEOUT_MS = 90_000
const GET_TIMEOUT_MS = 30_000

/** `POST v3/batch`. */
export async function submitBatch(
  connection: Connection,
  request: BatchRequest,
): Promise<PostOutcome<BatchId>> {
  const secrets = callbackSecretsOf(request.callback)
  const outcome = await post(connection, 'v3/batch', JSON.stringify(request), secrets)
  if (outcome.outcome !== 'accepted') return outcome
  const reply = outcome.value
  // A batch_id means accepted (and billed), whatever else the reply says, and however it ends.
  const accepted = BatchAccepted.safeParse(reply.body)
  if (accepted.success) return { outcome: 'accepted', value: accepted.data.batch_id }
  return judgePost(reply, 'The server answered without a number for the batch.')
}

/**
 * `POST v3/text` or `v3/latex` with the image's bytes. A result with an error (nothing found in the image, …)
 * is an answer like any other; only a request that was not worked on counts as refused.
 */
export async function ocrImage(
  connection: Connection,
  endpoint: 'v3/text' | 'v3/latex',
  image: { readonly name: string; readonly mime: string; readonly bytes: Uint8Array<ArrayBuffer> },
  options: OcrOptions,
): Promise<PostOutcome<OcrResult>> {
  const form = new FormData()
  form.append('file', new Blob([image.bytes], { type: image.mime }), image.name)
  form.append('options_json', JSON.stringify(options))
  const secrets = callbackSecretsOf(options['callback'])
  const outcome = await post(connection, endpoint, form, secrets)
  if (outcome.outcome !== 'accepted') return outcome
  const reply = outcome.value
  // One that broke off behind its last brace is whole.
  const isAnswer =
    reply.kind === 'json' || reply.kind === 'lost' || (reply.kind === 'refusal' && reply.status < 400)
  const body = isAnswer && reply.body && looksLikeResult(reply.body) ? reply.body : undefined
  if (body && !(reply.kind === 'refusal' && isNotWorkedOn(reply.error)))
    return { outcome: 'accepted', value: readResult(body) }
  return judgePost(reply, NO_RESULT)
}

/** `GET v3/batch/{batch_id}`. */
export async function fetchBatch(
  connection: Connection,
  batch_id: BatchId,
  signal?: AbortSignal,
): Promise<FetchOutcome> {
  // Half a surrogate pair is no text that an address could hold.
  const path = `v3/batch/${encodeURIComponent(String(batch_id).replace(/\p{Surrogate}/gu, '\ufffd'))}`
  const timeout = connection.timeouts?.get ?? GET_TIMEOUT_MS
  const attempt = await send(connection, path, { method: 'GET', signal }, timeout)
  if (attempt.kind === 'failed') return { ok: false, error: attempt.failure.error }
  const { reply } = attempt
  if (reply.kind !== 'json') return { ok: false, error: reply.error, ...waitOf(reply) }
  const parsed = PolledResults.safeParse(reply.body)
  if (parsed.success) return { ok: true, value: parsed.data }
  return { ok: false, error: unexpected(NO_RESULT) }
}

/** Any other GET of the API that costs nothing; refused and unreadable answers are errors. */
export async function getJson<T>(
  connection: Connection,
  path: string,
  schema: z.ZodType<T>,
): Promise<Result<T>> {
  const timeout = connection.timeouts?.get ?? GET_TIMEOUT_MS
  const attempt = await send(connection, path, { method: 'GET' }, timeout)
  if (attempt.kind === 'failed') return { ok: false, error: attempt.failure.error }
  const { reply } = attempt
  if (reply.kind !== 'json') return { ok: false, error: reply.error }
  const parsed = schema.safeParse(reply.body)
  if (parsed.success) return { ok: true, value: parsed.data }
  return { ok: false, error: unexpected('The server answered in a shape that is not known.') }
}

async function post(
  connection: Connection,
  path: string,
  body: string | FormData,
  secrets: readonly string[],
): Promise<PostOutcome<Reply>> {
  const headers: Record<string, string> =
    typeof body === 'string' ? { 'content-type': 'application/json' } : {}
  const timeout = connection.timeouts?.post ?? POST_TIMEOUT_MS
  const attempt = await send(connection, path, { method: 'POST', body, headers, secrets }, timeout)
  if (attempt.kind === 'replied') return { outcome: 'accepted', value: attempt.reply }
  const { error, neverSent } = attempt.failure
  return neverSent ? { outcome: 'refused', error } : { outcome: 'unclear', message: error.message }
}

/**
 * A reply that brought no value: was the POST worked on? A clear no is a refusal, everything else stays
 * unclear; so does a server that broke down over the request, whether it says so by status or by id.
 */
function judgePost(reply: Reply, message: string): Exclude<PostOutcome<never>, { outcome: 'accepted' }> {
  if (reply.kind === 'refusal' && !isBreakdown(reply))
    return { outcome: 'refused', error: reply.error, ...waitOf(reply) }
  return { outcome: 'unclear', message: reply.kind === 'json' ? message : inOurWords(reply.error) }
}

function inOurWords({ kind, message }: AppError): string {
  return kind === 'mathpix' ? `The server had a problem with the request: “${message}”.` : message
}

/** A result has at least one member that results are made of; anything else is somebody else's JSON. */
function looksLikeResult(body: Record<string, unknown>): boolean {
  return Object.keys(OcrResult.shape).some((name) => body[name] !== undefined)
}

/** An error about the sender, not about the image. */
function isNotWorkedOn(error: AppError): boolean {
  return error.kind === 'mathpix' && (isRateLimit(error) || KEYS_REFUSED_IDS.has(error.id))
}

function isBreakdown({ status, error }: { readonly status: number; readonly error: AppError }): boolean {
  const id = error.kind === 'mathpix' ? error.id : undefined
  return BREAKDOWN_IDS.has(id ?? '') || (status >= 500 && id !== 'http_max_requests')
}
const BREAKDOWN_IDS: ReadonlySet<string> = new Set(['sys_exception', 'connection_closed'])

type Attempt =
  | { readonly kind: 'replied'; readonly reply: Reply }
  | { readonly kind: 'failed'; readonly failure: { readonly error: AppError; readonly neverSent: boolean } }

type Sent = Pick<ApiRequest, 'method' | 'body'> & {
  readonly headers?: ApiRequest['headers']
  readonly secrets?: readonly string[]
  readonly signal?: AbortSignal | undefined
}

async function send(
  connection: Connection,
  path: string,
  { secrets, signal, ...init }: Sent,
  timeoutMs: number,
): Promise<Attempt> {
  const timeout = AbortSignal.timeout(timeoutMs)
  const scrub = createScrub(secretsOf(connection.credentials, secrets))
  try {
    const response = await connection.fetch(`${connection.baseUrl.replace(/\/+$/, '')}/${path}`, {
      ...init,
      headers: { ...init.headers, ...connection.credentials },
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    })
    return { kind: 'replied', reply: await readReply(response, connection.now ?? Date.now, scrub) }
  } catch (error) {
    if (error instanceof KeysNotAllowedError)
      return { kind: 'failed', failure: { error: error.error, neverSent: true } }
    return { kind: 'failed', failure: classifyNetworkError(error) }
  }
}

function waitOf(reply: Reply): { readonly retryAfterMs?: number } {
  return 'retryAfterMs' in reply ? { retryAfterMs: reply.retryAfterMs } : {}
}

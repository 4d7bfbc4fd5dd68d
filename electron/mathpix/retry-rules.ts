import type { AppError } from '../../shared/errors.ts'

/**
 * All rules of trying again in one place. What is retried is a GET, or a POST that was certainly not
 * accepted; a POST whose reply was lost is never repeated by itself, because it may have started a batch that
 * is billed.
 */

/** `error_info.id`s that clear by waiting. */
const RETRYABLE_IDS: ReadonlySet<string> = new Set([
  'http_max_requests',
  'sys_exception',
  'connection_closed',
])

/** Keys refused: no request will succeed until the user changes them. */
export const KEYS_REFUSED_IDS: ReadonlySet<string> = new Set([
  'http_unauthorized',
  'account_disabled',
  'expired_license',
  'unauthorized_token_request',
])

/** A refusal that holds for every further request of the run: the keys, or the month's quota. */
export function stopsTheRun(error: AppError): boolean {
  if (error.kind === 'credentials') return true
  return error.kind === 'mathpix' && (KEYS_REFUSED_IDS.has(error.id) || isQuota(error))
}

/** How often a POST that was certainly not accepted is tried before its items go back to the user. */
const MAX_POST_ATTEMPTS = 6

/** The same when the line is down: offline is waited out, for about an hour by the steps of `backoffMs`. */
const MAX_OFFLINE_ATTEMPTS = 64

/**
 * May a POST that ended as `refused` be sent again by itself? Yes when it never left (no network, nobody
 * listens) or when the server asked to wait; a server that said no is not asked again.
 */
export function mayRepeatPost(error: AppError): boolean {
  return isRateLimit(error) || isNeverSent(error)
}

export function maxPostAttempts(error: AppError): number {
  return isNeverSent(error) ? MAX_OFFLINE_ATTEMPTS : MAX_POST_ATTEMPTS
}

/** Waiting does not mend a certificate, and a status is an answer. */
export function isNeverSent(error: AppError): boolean {
  return error.kind === 'network' && ['offline', 'refused', 'timeout'].includes(error.reason)
}

/** True when waiting may help. A monthly quota does not clear by waiting. */
export function isRetryable(error: AppError): boolean {
  if (error.kind === 'network') return true
  if (error.kind === 'unexpected_response') return true
  if (error.kind !== 'mathpix' || !RETRYABLE_IDS.has(error.id)) return false
  return !isQuota(error)
}

/** Rate limit only: a POST refused for it may be sent again by itself. */
export function isRateLimit(error: AppError): boolean {
  return error.kind === 'mathpix' && error.id === 'http_max_requests' && !isQuota(error)
}

/**
 * 1, 2, 4 … 60 s, each spread by ±25 % so that several batches do not come back at once; `Retry-After` wins.
 */
export function backoffMs(attempt: number, random: () => number, retryAfterMs?: number): number {
  if (retryAfterMs !== undefined) return Math.min(retryAfterMs, MAX_RETRY_AFTER_MS)
  const base = Math.min(60_000, 1000 * 2 ** Math.min(attempt, 10))
  return Math.round(base * (0.75 + random() * 0.5))
}

/** A server that asks for more is asked again after an hour all the same. */
const MAX_RETRY_AFTER_MS = 3_600_000

/**
 * `Retry-After` as milliseconds from `now`, when the reply was sent: delta-seconds or an HTTP date; undefined when absent or
 * unreadable.
 */
export function parseRetryAfter(value: string | null, now: number): number | undefined {
  if (value === null || value.trim() === '') return undefined
  if (/^\s*\d+(\.\d+)?\s*$/.test(value)) return Math.round(Number(value) * 1000)
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

/** A limit by the month, which waiting does not clear. */
export function isQuota(error: Extract<AppError, { kind: 'mathpix' }>): boolean {
  const limit = error.detail?.['limit_name']
  return typeof limit === 'string' && limit.endsWith('_monthly_limit')
}

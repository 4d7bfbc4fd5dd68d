import type { Submission } from '../../shared/batch.ts'
import type { AppError } from '../../shared/errors.ts'
import type { BatchId, PolledResults } from '../../shared/mathpix.ts'
import type { Result } from '../../shared/result.ts'
import { fetchBatch, type Connection, type FetchOutcome } from './client.ts'
import { backoffMs, isQuota, isRetryable } from './retry-rules.ts'

/** Milliseconds. Limits of the pace at which an engine is asked. */
export type PollPace = {
  readonly first: (images: number) => number
  readonly min: number
  readonly max: number
}

/**
 * About one second per five images first; never faster than once a second, as GETs are not documented as free
 * of the rate limit.
 */
export const MATHPIX_PACE: PollPace = {
  first: (images) => Math.min(Math.max(1000, images * 200), 10_000),
  min: 1000,
  max: 10_000,
}

/** The engine on this computer costs nothing to ask. */
export const LOCAL_PACE: PollPace = { first: () => 250, min: 250, max: 1000 }

/**
 * How long to wait before the next GET: the first wait by the number of images, then what the rest takes at
 * the pace so far (remaining × elapsed / done), within the limits of the pace.
 */
export function pollDelay(
  pace: PollPace,
  progress: {
    readonly total: number
    readonly done: number
    readonly elapsedMs: number
    readonly polls: number
  },
): number {
  if (progress.polls === 0) return pace.first(progress.total)
  if (progress.done === 0) return Math.min(pace.max, Math.max(pace.min, progress.elapsedMs / 4))
  const remaining = Math.max(0, progress.total - progress.done)
  const estimate = (remaining * progress.elapsedMs) / progress.done
  return Math.round(Math.min(pace.max, Math.max(pace.min, estimate)))
}

export type PollOptions = {
  /** Asked before each GET: the port or the keys may have changed. */
  readonly connect: () => Promise<Result<Connection>>
  readonly batch_id: BatchId
  readonly pace: PollPace
  readonly total: number
  /** When the images were submitted, ms since 1970; the pace so far is measured from there. */
  readonly since: number
  /** A resumed batch has probably finished meanwhile: it is asked at once. */
  readonly isResumed: boolean
  readonly signal: AbortSignal
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
  readonly now: () => number
  readonly random: () => number
}

type Waiting = NonNullable<Submission['waiting']>

export type PollEvent =
  /** `stalled` says that nothing new has come for long. */
  | { readonly kind: 'results'; readonly response: PolledResults; readonly stalled?: Waiting }
  /** Not a failure of the batch: asked again after `until`. */
  | { readonly kind: 'waiting'; readonly waiting: Waiting }
  /** No further GET can bring anything: keys refused, batch unknown. */
  | { readonly kind: 'lost'; readonly error: AppError }

/** Milliseconds of waiting without a new result after which the user is told. */
const STALLED_AFTER_MS = 300_000

export const STALLED: Waiting = {
  reason:
    'The server has not read any more images for some minutes. It is asked again and again; what is here stays, and the batch can be canceled.',
}

/** Polls until the caller stops iterating, the signal fires or the batch is lost. */
export async function* pollBatch(options: PollOptions): AsyncGenerator<PollEvent, void, undefined> {
  const { signal, sleep, now } = options
  const isStopped = () => signal.aborted
  let polls = options.isResumed ? 1 : 0
  let done = 0
  let failures = 0
  // Counted in waits, not by the clock, which may leap.
  let idleMs = 0
  if (!options.isResumed)
    await sleep(pollDelay(options.pace, { total: options.total, done, elapsedMs: 0, polls }), signal)
  while (!isStopped()) {
    const connection = await options.connect()
    const outcome: FetchOutcome = connection.ok
      ? await fetchBatch(connection.value, options.batch_id, signal)
      : connection
    if (isStopped()) return
    polls += 1
    if (outcome.ok) {
      failures = 0
      const before = done
      done = Object.keys(outcome.value.results).length
      if (done > before) idleMs = 0
      yield {
        kind: 'results',
        response: outcome.value,
        ...(idleMs >= STALLED_AFTER_MS ? { stalled: STALLED } : {}),
      }
      const ms = pollDelay(options.pace, {
        total: options.total,
        done,
        elapsedMs: now() - options.since,
        polls,
      })
      idleMs += ms
      await sleep(ms, signal)
      continue
    }
    const { error, retryAfterMs } = outcome
    if (!isWorthAskingAgain(error)) {
      yield { kind: 'lost', error }
      return
    }
    const wait = Math.max(options.pace.min, backoffMs(failures, options.random, retryAfterMs))
    // An engine on this computer is back within seconds of a restart: no minute-long waits for it.
    const ms = retryAfterMs === undefined ? Math.min(wait, options.pace.max * 6) : wait
    failures += 1
    yield { kind: 'waiting', waiting: describeWaiting(error, now() + ms) }
    await sleep(ms, signal)
  }
}

/** The batch is accepted and paid for: only the server's plain no ends the asking, a spent quota does not. */
function isWorthAskingAgain(error: AppError): boolean {
  if (error.kind === 'mathpix' && error.id === 'http_max_requests') return true
  return isRetryable(error) || error.kind === 'engine'
}

/** Why nothing moves, in plain words. */
export function describeWaiting(error: AppError, until: number): Waiting {
  return { reason: waitingReason(error), until: new Date(until).toISOString() }
}

function waitingReason(error: AppError): string {
  switch (error.kind) {
    case 'engine':
      return error.message
    case 'mathpix':
      if (error.id !== 'http_max_requests')
        return 'The server has a problem at the moment. It is asked again.'
      return isQuota(error)
        ? 'The monthly limit of your Mathpix account is used up. The server is asked again from time to time.'
        : 'Too many requests at the moment; the server asks to wait.'
    case 'network':
      if (error.reason === 'offline') return `${error.message} The batch goes on when the connection returns.`
      if (error.reason === 'http')
        return `${error.message.replace(/\.$/, '')}, which may pass. It is asked again.`
      return `${error.message} It is tried again.`
    case 'unexpected_response':
      return `${error.message} It is asked again.`
    default:
      return 'The server has a problem at the moment. It is asked again.'
  }
}

import type { Submission } from '../../shared/batch.ts'
import type { AppError } from '../../shared/errors.ts'
import { saysNothing, type BatchId, type PolledResults } from '../../shared/mathpix.ts'
import type { Result } from '../../shared/result.ts'
import type { Clock } from '../clock.ts'
import { fetchBatch, type Connection, type FetchOutcome } from './client.ts'
import { backoffMs, isQuota, isRetryable } from './retry-rules.ts'

/** Milliseconds. Limits of the pace at which an engine is asked. */
export type PollPace = {
  readonly first: (images: number) => number
  readonly min: number
  readonly max: number
  /** How long an answer that may be mistaken ("no such batch") has to come again and again before it is believed. */
  readonly patience: number
}

/**
 * About one second per five images first; never faster than once a second, as GETs are not documented as free
 * of the rate limit.
 */
export const MATHPIX_PACE: PollPace = {
  first: (images) => Math.min(Math.max(1000, images * 200), 10_000),
  min: 1000,
  max: 10_000,
  patience: 600_000,
}

/** The engine on this computer costs nothing to ask. */
export const LOCAL_PACE: PollPace = { first: () => 250, min: 250, max: 1000, patience: 3000 }

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
  /** A resumed batch has probably finished meanwhile: it is asked at once. */
  readonly isResumed: boolean
  readonly signal: AbortSignal
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
  readonly clock: Clock
  readonly random: () => number
}

type WaitReason = NonNullable<Submission['waiting']>

export type PollEvent =
  /** `stalled` says that nothing new has come for long. */
  | { readonly kind: 'results'; readonly response: PolledResults; readonly stalled?: WaitReason }
  /** Not a failure of the batch: asked again after `until`. */
  | { readonly kind: 'waiting'; readonly waiting: WaitReason }
  /** For long the server has said that it has no such batch, or could not be asked. It is asked on, but nobody should count on it. */
  | { readonly kind: 'doubtful'; readonly error: AppError }
  /** No further GET can bring anything: keys refused. */
  | { readonly kind: 'lost'; readonly error: AppError }

/** Milliseconds of waiting without a new result after which the user is told. */
const STALLED_AFTER_MS = 300_000

export const STALLED: WaitReason = {
  reason:
    'The server has not read any more images for some minutes. It is asked again and again; what is here stays, and the batch can be canceled.',
}

/** Polls until the caller stops iterating, the signal fires or the batch is lost. */
export async function* pollBatch(options: PollOptions): AsyncGenerator<PollEvent, void, undefined> {
  const { signal, sleep, clock, pace } = options
  const started = clock.elapsed()
  const isStopped = () => signal.aborted
  let polls = options.isResumed ? 1 : 0
  let done = 0
  let failures = 0
  // Counted in waits, not by the clock, which may leap.
  let idleMs = 0
  let doubtMs = 0
  if (!options.isResumed)
    await sleep(pollDelay(pace, { total: options.total, done, elapsedMs: 0, polls }), signal)
  while (!isStopped()) {
    const connection = await options.connect()
    const outcome: FetchOutcome = connection.ok
      ? await fetchBatch(connection.value, options.batch_id, signal)
      : connection
    if (isStopped()) return
    polls += 1
    if (outcome.ok) {
      failures = 0
      doubtMs = 0
      const before = done
      done = Object.values(outcome.value.results).filter((result) => !saysNothing(result)).length
      if (done > before) idleMs = 0
      yield {
        kind: 'results',
        response: outcome.value,
        ...(idleMs >= STALLED_AFTER_MS ? { stalled: STALLED } : {}),
      }
      const ms = pollDelay(pace, {
        total: options.total,
        done,
        elapsedMs: clock.elapsed() - started,
        polls,
      })
      idleMs += ms
      await sleep(ms, signal)
      continue
    }
    const { error, retryAfterMs } = outcome
    const isDoubtful = mayBeMistaken(error)
    if (!isDoubtful && !isWorthAskingAgain(error)) {
      yield { kind: 'lost', error }
      return
    }
    const wait = Math.max(pace.min, backoffMs(failures, options.random, retryAfterMs))
    // An engine on this computer is back within seconds of a restart: no minute-long waits for it.
    const ms = retryAfterMs === undefined ? Math.min(wait, pace.max * 6) : wait
    failures += 1
    yield isDoubtful && doubtMs >= pace.patience
      ? { kind: 'doubtful', error }
      : { kind: 'waiting', waiting: describeWaiting(error, clock.now() + ms) }
    if (isDoubtful) doubtMs += ms
    await sleep(ms, signal)
  }
}

/** The batch is accepted and paid for: only the server's plain no ends the asking, a spent quota does not. */
function isWorthAskingAgain(error: AppError): boolean {
  if (error.kind === 'mathpix' && error.id === 'http_max_requests') return true
  if (error.kind === 'credentials') return error.reason === 'missing' || error.reason === 'malformed'
  return isRetryable(error) || error.kind === 'engine'
}

/** One server of many may not have heard of the batch yet, and other keys may be in use for a while. */
function mayBeMistaken(error: AppError): boolean {
  if (error.kind === 'credentials') return error.reason === 'other_account'
  return error.kind === 'mathpix' && error.id === 'batch_unknown_id'
}

/** Why nothing moves, in plain words. */
export function describeWaiting(error: AppError, until: number): WaitReason {
  return { reason: waitingReason(error), until: new Date(until).toISOString() }
}

function waitingReason(error: AppError): string {
  switch (error.kind) {
    case 'engine':
      return error.message
    case 'credentials':
      return error.reason === 'other_account'
        ? 'These images were sent with other keys. Their results are asked for when those are set again.'
        : 'The results can be asked for when the keys are set again.'
    case 'mathpix':
      if (error.id === 'batch_unknown_id')
        return 'The server does not find this batch at the moment. It is asked again.'
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

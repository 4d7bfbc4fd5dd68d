import type { Batch, Submission } from '../../../shared/batch.ts'
import {
  acceptSubmission,
  failSubmission,
  markSending,
  markUnclear,
  setWaiting,
  WAITING_FOR_TURN,
} from '../../../shared/batch-rules.ts'
import { endIfEmpty, maySend, settleCanceled } from '../../../shared/control-rules.ts'
import type { AppError } from '../../../shared/errors.ts'
import type { BatchRequest } from '../../../shared/mathpix.ts'
import { submitBatch } from '../../mathpix/client.ts'
import { describeWaiting } from '../../mathpix/poll.ts'
import { accountFor } from '../../money/till.ts'
import { backoffMs, isNeverSent, maxPostAttempts, mayRepeatPost } from '../../mathpix/retry-rules.ts'
import type { BatchRecord } from '../batch-record.ts'
import { avoidDataUris, clearTheWay } from './other-routes.ts'
import type { RunDeps } from './run-deps.ts'
import { buildBatchBody, pendingItems } from '../ways/wire-batch.ts'

/**
 * Makes the POST of one submission and brings its state on disk: `processing`, `failed`, `unclear` or
 * `canceled`. The state `submitting` is on disk before the first byte is sent, `waiting` says that the last
 * try was certainly not accepted. Never POSTs twice unless that is certain.
 */
export async function postSubmission(
  record: BatchRecord,
  submissionId: string,
  deps: RunDeps,
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 0; ;) {
    if (!(await clearTheWay(record, submissionId, deps, signal))) return
    const waiting = find(record, submissionId)
    if (waiting?.state !== 'submitting') return
    const images = pendingItems(record, submissionId).length
    if (images === 0) {
      await refuse(record, submissionId, NOTHING_LEFT, deps)
      return
    }
    const turn = await deps.gate.pass(record, { submission: waiting, images }, signal)
    if (!turn) return
    const result = await tryPost(record, submissionId, deps, signal).catch((error: unknown) => {
      turn.end(true)
      throw error
    })
    turn.end(hasLeft(result))
    if (result === 'settled' || result === 'settled_here') return
    if (result === 'not_sent') {
      if (!(await putBack(record, submissionId, deps)) || signal.aborted) return
      continue
    }
    attempt += 1
    const isLocal = waiting.engine.kind === 'local'
    if (attempt >= (isLocal ? MAX_LOCAL_ATTEMPTS : maxPostAttempts(result.error))) {
      await refuse(record, submissionId, result.error, deps)
      return
    }
    const wait = backoffMs(attempt - 1, deps.random, result.retryAfterMs)
    const ms = isLocal ? Math.min(wait, MAX_LOCAL_WAIT_MS) : wait
    const reason = describeWaiting(result.error, deps.now() + ms)
    if (!(await putBack(record, submissionId, deps, reason))) return
    await deps.sleep(ms, signal)
  }
}

/** Nothing was accepted: its items are ready again, and what was counted for it is given back. */
async function refuse(
  record: BatchRecord,
  submissionId: string,
  error: AppError,
  deps: RunDeps,
): Promise<void> {
  await deps.till.giveBack(submissionId)
  await record.update((batch) =>
    settleCanceled(
      isCanceled(batch, submissionId) ? batch : failSubmission(batch, submissionId, error, 'ready'),
      submissionId,
    ),
  )
}

/**
 * Nothing was sent, or it was certainly not accepted: says so on disk. Answers whether it is still to be sent; a submission that was
 * canceled meanwhile is not.
 */
async function putBack(
  record: BatchRecord,
  submissionId: string,
  deps: RunDeps,
  waiting: NonNullable<Submission['waiting']> = WAITING_FOR_TURN,
): Promise<boolean> {
  if (find(record, submissionId)?.state === 'submitting') {
    await record.update((batch) => settleCanceled(setWaiting(batch, submissionId, waiting), submissionId))
    if (find(record, submissionId)?.state === 'submitting') return true
  }
  await deps.till.giveBack(submissionId)
  await record.update((batch) => settleCanceled(batch, submissionId))
  return false
}

const NOT_BUILT: AppError = { kind: 'bug', message: 'The request for these images could not be made.' }

/** An engine that is being started again is back within seconds. */
const MAX_LOCAL_WAIT_MS = 2000
const MAX_LOCAL_ATTEMPTS = 20

const NOTHING_LEFT: AppError = {
  kind: 'canceled',
  message: 'All its images were removed before it was sent.',
}

/**
 * What became of one try: settled by the server or without it, stopped in time (paused, canceled, the app is being closed), or why
 * another one is safe.
 */
type PostResult =
  'settled' | 'settled_here' | 'not_sent' | { readonly error: AppError; readonly retryAfterMs?: number }

function hasLeft(result: PostResult): boolean {
  return typeof result === 'string' ? result === 'settled' : !isNeverSent(result.error)
}

/** Undefined when it cannot be made: our fault, and nothing was sent. */
async function buildBody(
  record: BatchRecord,
  submission: Submission,
  deps: RunDeps,
): Promise<BatchRequest | undefined> {
  try {
    return await buildBatchBody(record, submission, deps)
  } catch (error) {
    deps.log.error('request could not be built', error)
    return undefined
  }
}

async function tryPost(
  record: BatchRecord,
  submissionId: string,
  deps: RunDeps,
  signal: AbortSignal,
): Promise<PostResult> {
  const isStopped = () => signal.aborted || !maySend(record.batch, submissionId)
  if (isStopped()) return 'not_sent'
  const { id, engine } = find(record, submissionId) ?? {}
  if (id === undefined || engine === undefined) return 'not_sent'
  const isLocal = engine.kind === 'local'
  const connection = await deps.connect(engine)
  if (!connection.ok) {
    if (isLocal && connection.error.kind === 'engine') return { error: connection.error }
    await refuse(record, id, connection.error, deps)
    return 'settled_here'
  }
  if (isStopped()) return 'not_sent'
  const account = isLocal ? undefined : accountFor(engine.baseUrl, connection.value)
  const marked = await record.update((batch) => markSending(batch, id, account))
  const submission = find(record, id)
  if (isStopped() || !submission) return 'not_sent'
  if (!marked.ok) {
    // The disk still says that nothing was sent: after a crash the POST would be made a second time.
    await refuse(record, id, marked.error, deps)
    return 'settled_here'
  }
  const request = await buildBody(record, submission, deps)
  const images = Object.keys(request?.urls ?? {}).length
  if (!request || images === 0) {
    await refuse(record, id, request ? NOTHING_LEFT : NOT_BUILT, deps)
    return 'settled_here'
  }
  const counted = await deps.till.reserve(engine, connection.value, [{ id, images }])
  if (!counted.ok) {
    await refuse(record, id, counted.error, deps)
    return 'settled_here'
  }
  if (!isLocal) await deps.origin.advance()
  // Between this look and the first byte nothing can happen.
  if (isStopped()) return 'not_sent'
  // No abort signal: a POST that was begun is followed to its end, so that a batch_id that was paid for is
  // not lost.
  const posted = await submitBatch(connection.value, request)
  deps.log.info('batch posted', {
    engine: engine.kind,
    images,
    outcome: posted.outcome,
  })
  switch (posted.outcome) {
    case 'accepted':
      await record.update((batch) => acceptSubmission(batch, id, posted.value))
      return 'settled'
    case 'unclear':
      // The engine on this computer bills nothing and keeps its batches apart: sending again is free, so the
      // lost reply is settled by that.
      if (isLocal) return { error: { kind: 'unclear_post', message: posted.message } }
      await record.update((batch) => (isCanceled(batch, id) ? batch : markUnclear(batch, id, posted.message)))
      return 'settled'
    case 'refused': {
      const { error } = posted
      const wait = posted.retryAfterMs === undefined ? {} : { retryAfterMs: posted.retryAfterMs }
      if (await avoidDataUris(record, submission, error, deps)) {
        await record.update((batch) => endIfEmpty(settleCanceled(batch, id), id))
        return 'settled'
      }
      if (mayRepeatPost(error) || (isLocal && error.kind === 'network')) return { error, ...wait }
      await refuse(record, id, error, deps)
      return 'settled'
    }
  }
}

export function find(record: BatchRecord, submissionId: string): Submission | undefined {
  return record.batch.submissions.find(({ id }) => id === submissionId)
}

function isCanceled({ submissions }: Batch, submissionId: string): boolean {
  return submissions.find(({ id }) => id === submissionId)?.state === 'canceled'
}

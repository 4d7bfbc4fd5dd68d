import type { Submission } from '../../../shared/batch.ts'
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
import type { BatchId, BatchRequest } from '../../../shared/mathpix.ts'
import { submitBatch, type Connection, type PostOutcome } from '../../mathpix/client.ts'
import { describeWaiting } from '../../mathpix/poll.ts'
import { accountFor } from '../../money/till.ts'
import { backoffMs, isNeverSent, maxPostAttempts, mayRepeatPost } from '../../mathpix/retry-rules.ts'
import type { SubmissionAtWork } from './submission-at-work.ts'
import { avoidDataUris, clearTheWay } from './take-other-ways.ts'
import { buildBatchBody } from '../ways/wire-batch.ts'

/**
 * Makes the POST of one submission and brings its state on disk: `processing`, `failed`, `unclear` or
 * `canceled`. The state `submitting` is on disk before the first byte is sent, `waiting` says that the last
 * try was certainly not accepted. Never POSTs twice unless that is certain.
 */
export async function postSubmission(work: SubmissionAtWork): Promise<void> {
  const { record, deps, signal } = work
  for (let attempt = 0; ;) {
    if (!(await clearTheWay(work))) return
    const waiting = work.current()
    if (waiting?.state !== 'submitting') return
    const images = work.pending.length
    if (images === 0) {
      await refuse(work, NOTHING_LEFT)
      return
    }
    const turn = await deps.gate.pass(record, { submission: waiting, images }, signal)
    if (!turn) return
    const result = await tryPost(work).catch((error: unknown) => {
      turn.end(true)
      throw error
    })
    turn.end(hasLeft(result))
    if (result === 'settled' || result === 'settled_here') return
    if (result === 'not_sent') {
      if (!(await putBack(work)) || signal.aborted) return
      continue
    }
    attempt += 1
    const isLocal = waiting.engine.kind === 'local'
    if (attempt >= (isLocal ? MAX_LOCAL_ATTEMPTS : maxPostAttempts(result.error))) {
      await refuse(work, result.error)
      return
    }
    const wait = backoffMs(attempt - 1, deps.random, result.retryAfterMs)
    const ms = isLocal ? Math.min(wait, MAX_LOCAL_WAIT_MS) : wait
    if (!(await putBack(work, describeWaiting(result.error, deps.now() + ms)))) return
    await deps.sleep(ms, signal)
  }
}

/** Nothing was accepted: its items are ready again, and what was counted for it is given back. */
async function refuse(work: SubmissionAtWork, error: AppError): Promise<void> {
  await work.giveBack()
  await work.update((batch, id) =>
    settleCanceled(isCanceled(work) ? batch : failSubmission(batch, id, error, 'ready'), id),
  )
}

/**
 * Nothing was sent, or it was certainly not accepted: says so on disk. Answers whether it is still to be sent; a submission that was
 * canceled meanwhile is not.
 */
async function putBack(
  work: SubmissionAtWork,
  waiting: NonNullable<Submission['waiting']> = WAITING_FOR_TURN,
): Promise<boolean> {
  if (work.current()?.state === 'submitting') {
    await work.update((batch, id) => settleCanceled(setWaiting(batch, id, waiting), id))
    if (work.current()?.state === 'submitting') return true
  }
  await work.giveBack()
  await work.update(settleCanceled)
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
  { record, deps }: SubmissionAtWork,
  submission: Submission,
): Promise<BatchRequest | undefined> {
  try {
    return await buildBatchBody(record, submission, deps)
  } catch (error) {
    deps.log.error('request could not be built', error)
    return undefined
  }
}

async function tryPost(work: SubmissionAtWork): Promise<PostResult> {
  const { engine } = work.current() ?? {}
  if (isStopped(work) || !engine) return 'not_sent'
  const connection = await work.deps.connect(engine)
  if (connection.ok) return markAndPost(work, engine, connection.value)
  const { error } = connection
  return engine.kind === 'local' && error.kind === 'engine' ? { error } : settleHere(work, error)
}

async function markAndPost(
  work: SubmissionAtWork,
  engine: Submission['engine'],
  connection: Connection,
): Promise<PostResult> {
  const { deps, id } = work
  if (isStopped(work)) return 'not_sent'
  const isLocal = engine.kind === 'local'
  const account = isLocal ? undefined : accountFor(engine.baseUrl, connection)
  const marked = await work.update((batch) => markSending(batch, id, account))
  const submission = work.current()
  if (isStopped(work) || !submission) return 'not_sent'
  // The disk still says that nothing was sent: after a crash the POST would be made a second time.
  if (!marked.ok) return settleHere(work, marked.error)
  const request = await buildBody(work, submission)
  const images = Object.keys(request?.urls ?? {}).length
  if (!request || images === 0) return settleHere(work, request ? NOTHING_LEFT : NOT_BUILT)
  const counted = await deps.till.reserve(engine, connection, [{ id, images }])
  if (!counted.ok) return settleHere(work, counted.error)
  if (!isLocal) await deps.origin.advance()
  // Between this look and the first byte nothing can happen.
  if (isStopped(work)) return 'not_sent'
  // No abort signal: a POST that was begun is followed to its end, so that a batch_id that was paid for is
  // not lost.
  const posted = await submitBatch(connection, request)
  deps.log.info('batch posted', { engine: engine.kind, images, outcome: posted.outcome })
  return settlePosted(work, submission, posted)
}

const isStopped = ({ record, id, signal }: SubmissionAtWork) => signal.aborted || !maySend(record.batch, id)

async function settleHere(work: SubmissionAtWork, error: AppError): Promise<PostResult> {
  await refuse(work, error)
  return 'settled_here'
}

async function settlePosted(
  work: SubmissionAtWork,
  submission: Submission,
  posted: PostOutcome<BatchId>,
): Promise<PostResult> {
  const isLocal = submission.engine.kind === 'local'
  switch (posted.outcome) {
    case 'accepted':
      await work.update((batch, id) => acceptSubmission(batch, id, posted.value))
      return 'settled'
    case 'unclear':
      // The engine on this computer bills nothing and keeps its batches apart: sending again is free, so the
      // lost reply is settled by that.
      if (isLocal) return { error: { kind: 'unclear_post', message: posted.message } }
      await work.update((batch, id) => (isCanceled(work) ? batch : markUnclear(batch, id, posted.message)))
      return 'settled'
    case 'refused': {
      const { error } = posted
      const wait = posted.retryAfterMs === undefined ? {} : { retryAfterMs: posted.retryAfterMs }
      if (await avoidDataUris(work, submission, error)) {
        await work.update((batch, id) => endIfEmpty(settleCanceled(batch, id), id))
        return 'settled'
      }
      if (mayRepeatPost(error) || (isLocal && error.kind === 'network')) return { error, ...wait }
      await refuse(work, error)
      return 'settled'
    }
  }
}

function isCanceled(work: SubmissionAtWork): boolean {
  return work.current()?.state === 'canceled'
}

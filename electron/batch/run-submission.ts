import type { Submission } from '../../shared/batch.ts'
import { acceptSubmission, failSubmission, markUnclear, setWaiting } from '../../shared/batch-rules.ts'
import type { AppError } from '../../shared/errors.ts'
import { submitBatch } from '../mathpix/client.ts'
import { describeWaiting, LOCAL_PACE, MATHPIX_PACE, pollBatch } from '../mathpix/poll.ts'
import type { Till } from '../money/till.ts'
import { backoffMs, maxPostAttempts, mayRepeatPost } from '../mathpix/retry-rules.ts'
import type { BatchRecord } from './batch-record.ts'
import { avoidDataUris, clearTheWay, takeResults } from './other-routes.ts'
import type { Routes } from './routes.ts'
import type { ServiceDeps } from './service-deps.ts'
import { buildBatchBody, hostImages, pendingItems, unhostImages } from './wire-batch.ts'

export type RunDeps = Pick<
  ServiceDeps,
  'connect' | 'dir' | 'host' | 'settings' | 'runner' | 'now' | 'random' | 'sleep' | 'log' | 'events'
> & {
  /** Counts what is billed before it is sent. */
  readonly till: Till
  readonly routes: Routes
  /** Has the submissions sent that images of this one have moved to. */
  readonly takeUp: (record: BatchRecord, submissionId: string) => void
}

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
  for (let attempt = 0; ; attempt += 1) {
    if (!(await clearTheWay(record, submissionId, deps, signal))) return
    const marked = await record.update((batch) => setWaiting(batch, submissionId, undefined))
    const submission = find(record, submissionId)
    if (submission?.state !== 'submitting' || signal.aborted) return
    if (!marked.ok) {
      // The disk still says that nothing was sent: after a crash the POST would be made a second time.
      await record.update((batch) => failSubmission(batch, submissionId, marked.error, 'ready'))
      return
    }
    if (pendingItems(record, submissionId).length === 0) {
      await deps.till.giveBack(submissionId)
      await record.update((batch) => failSubmission(batch, submissionId, NOTHING_LEFT, 'ready'))
      return
    }
    const result = await tryPost(record, submission, deps)
    if (result === 'settled') return
    const isLocal = submission.engine.kind === 'local'
    if (attempt + 1 >= (isLocal ? MAX_LOCAL_ATTEMPTS : maxPostAttempts(result.error))) {
      await deps.till.giveBack(submissionId)
      await record.update((batch) => failSubmission(batch, submissionId, result.error, 'ready'))
      return
    }
    const wait = backoffMs(attempt, deps.random, result.retryAfterMs)
    const ms = isLocal ? Math.min(wait, MAX_LOCAL_WAIT_MS) : wait
    await record.update((batch) =>
      setWaiting(batch, submissionId, describeWaiting(result.error, deps.now() + ms)),
    )
    await deps.sleep(ms, signal)
  }
}

/** An engine that is being started again is back within seconds. */
const MAX_LOCAL_WAIT_MS = 2000
const MAX_LOCAL_ATTEMPTS = 20

const NOTHING_LEFT: AppError = {
  kind: 'canceled',
  message: 'All its images were removed before it was sent.',
}

/** One try. Answers why to wait when another one is safe, else `settled`. */
async function tryPost(
  record: BatchRecord,
  submission: Submission,
  deps: RunDeps,
): Promise<'settled' | { error: AppError; retryAfterMs?: number }> {
  const { id, engine } = submission
  const isLocal = engine.kind === 'local'
  const connection = await deps.connect(engine)
  if (!connection.ok) {
    if (isLocal && connection.error.kind === 'engine') return { error: connection.error }
    await deps.till.giveBack(id)
    await record.update((batch) => failSubmission(batch, id, connection.error, 'ready'))
    return 'settled'
  }
  const request = await buildBatchBody(record, submission, deps)
  const images = Object.keys(request.urls).length
  const counted = await deps.till.reserve(engine, connection.value, [{ id, images }])
  if (!counted.ok) {
    await record.update((batch) => failSubmission(batch, id, counted.error, 'ready'))
    return 'settled'
  }
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
      await record.update((batch) =>
        isCanceled(batch.submissions, id) ? batch : markUnclear(batch, id, posted.message),
      )
      return 'settled'
    case 'refused': {
      const { error } = posted
      const wait = posted.retryAfterMs === undefined ? {} : { retryAfterMs: posted.retryAfterMs }
      if (await avoidDataUris(record, submission, error, deps)) return 'settled'
      if (mayRepeatPost(error) || (isLocal && error.kind === 'network')) return { error, ...wait }
      await deps.till.giveBack(id)
      await record.update((batch) =>
        isCanceled(batch.submissions, id) ? batch : failSubmission(batch, id, error, 'ready'),
      )
      return 'settled'
    }
  }
}

/**
 * Asks for the results of an accepted submission until each image has one, and folds them in as they come.
 */
export async function pollSubmission(
  record: BatchRecord,
  submissionId: string,
  deps: RunDeps,
  signal: AbortSignal,
  isResumed: boolean,
): Promise<void> {
  const submission = find(record, submissionId)
  if (submission?.state !== 'processing' || submission.batch_id === undefined) return
  if (isResumed) hostImages(record, submission, deps)
  const events = pollBatch({
    connect: () => deps.connect(submission.engine),
    batch_id: submission.batch_id,
    pace: submission.engine.kind === 'local' ? LOCAL_PACE : MATHPIX_PACE,
    total: submission.itemIds.length,
    since: Date.parse(submission.submittedAt),
    isResumed,
    signal,
    sleep: deps.sleep,
    now: deps.now,
    random: deps.random,
  })
  for await (const event of events) {
    if (event.kind === 'results') {
      await takeResults(record, submissionId, event.response, event.stalled, deps)
    } else if (event.kind === 'waiting') {
      await record.update((batch) => setWaiting(batch, submissionId, event.waiting))
    } else {
      deps.log.warn('batch lost', { engine: submission.engine.kind, kind: event.error.kind })
      await record.update((batch) => failSubmission(batch, submissionId, event.error, 'error'))
    }
    if (find(record, submissionId)?.state !== 'processing') break
  }
  const ended = find(record, submissionId)
  if (ended && ended.state !== 'processing') unhostImages(record, ended, deps)
}

export function find(record: BatchRecord, submissionId: string): Submission | undefined {
  return record.batch.submissions.find(({ id }) => id === submissionId)
}

function isCanceled(submissions: readonly Submission[], id: string): boolean {
  return submissions.find((submission) => submission.id === id)?.state === 'canceled'
}

import PQueue from 'p-queue'
import type { Item, Submission } from '../../../shared/batch.ts'
import {
  acceptSubmission,
  applyResults,
  failPendingItem,
  failSubmission,
  setWaiting,
} from '../../../shared/batch-rules.ts'
import { applyLateAnswer, maySend, settleCanceled } from '../../../shared/control-rules.ts'
import type { AppError } from '../../../shared/errors.ts'
import { applyResult } from '../../../shared/item-result.ts'
import type { OcrResult } from '../../../shared/mathpix.ts'
import type { Result } from '../../../shared/result.ts'
import { ocrImage, type PostOutcome } from '../../mathpix/client.ts'
import { describeWaiting } from '../../mathpix/poll.ts'
import {
  backoffMs,
  isNeverSent,
  maxPostAttempts,
  mayRepeatPost,
  stopsTheRun,
} from '../../mathpix/retry-rules.ts'
import type { BatchRecord } from '../batch-record.ts'
import type { Refusal } from './refusal.ts'
import { buildUploadOptions } from '../ways/build-request.ts'
import { learnFromUpload } from './other-routes.ts'
import type { RunDeps } from './run-deps.ts'
import { find } from './run-submission.ts'
import { COPY_MISSING, pendingItems, readImage } from '../ways/wire-batch.ts'

/** Uploads at a time: enough to keep a line busy, few enough for 50 images a minute. */
const CONCURRENCY = 4

/**
 * Sends the images of one submission one by one. Each upload is marked on disk before it is begun: after a
 * crash, one that was begun and has no answer may have been billed and is left to the user, the others go on.
 */
export async function runUploads(
  record: BatchRecord,
  submissionId: string,
  deps: RunDeps,
  signal: AbortSignal,
  refusal: Refusal,
): Promise<void> {
  const submission = find(record, submissionId)
  if (submission?.state === 'submitting') {
    const counted = await countUploads(record, submission, deps)
    if (!counted.ok) {
      await record.update((batch) => failSubmission(batch, submissionId, counted.error, 'ready'))
      return
    }
    const saved = await record.update((batch) => acceptSubmission(batch, submissionId))
    if (!saved.ok) {
      await deps.till.giveBack(submissionId)
      await record.update((batch) => failSubmission(batch, submissionId, saved.error, 'ready'))
      return
    }
  }
  for (const item of pendingItems(record, submissionId)) {
    if (record.privateOf(item.id).uploadStartedIn === submissionId) {
      await record.update((batch) => failPendingItem(batch, submissionId, item.id, REPLY_LOST))
    }
  }
  const stopped = AbortSignal.any([signal, refusal.signal])
  const queue = new PQueue({ concurrency: CONCURRENCY })
  await queue.addAll(
    pendingItems(record, submissionId).map(
      (item) => () => uploadItem(record, submissionId, item.id, deps, stopped, refusal),
    ),
  )
  const { error } = refusal
  if (!error) return
  // Only now: those on their way had to be answered before the others are ready again.
  const left = pendingItems(record, submissionId).length
  await deps.till.giveBack(submissionId, left)
  if (find(record, submissionId)?.state === 'processing')
    await record.update((batch) => failSubmission(batch, submissionId, error, 'ready'))
}

async function countUploads(
  record: BatchRecord,
  { id, engine }: Submission,
  deps: RunDeps,
): Promise<Result<void>> {
  const connection = await deps.connect(engine)
  if (!connection.ok) return connection
  return deps.till.reserve(engine, connection.value, [{ id, images: pendingItems(record, id).length }])
}

const REPLY_LOST: AppError = {
  kind: 'unclear_post',
  message:
    'The image was sent and the reply was lost. It may have been read and billed; sending it again may be billed again.',
}

async function uploadItem(
  record: BatchRecord,
  submissionId: string,
  itemId: string,
  deps: RunDeps,
  signal: AbortSignal,
  refusal: Refusal,
): Promise<void> {
  const mark = (uploadStartedIn: string | undefined) => {
    const data = { ...record.privateOf(itemId) }
    delete data.uploadStartedIn
    return { [itemId]: uploadStartedIn === undefined ? data : { ...data, uploadStartedIn } }
  }
  for (let attempt = 0; ;) {
    const submission = find(record, submissionId)
    const turn = submission && (await deps.gate.pass(record, { submission, images: 1, itemId }, signal))
    const item = pendingItems(record, submissionId).find(({ id }) => id === itemId)
    if (!item || find(record, submissionId)?.state !== 'processing') {
      // Removed or stopped before it was sent.
      turn?.end(false)
      await deps.till.giveBack(submissionId, 1)
      return
    }
    if (!turn) return
    const saved = await record.update(
      (batch) => setWaiting(batch, submissionId, undefined),
      mark(submissionId),
    )
    const outcome: UploadOutcome = saved.ok
      ? await tryUpload(record, submissionId, item, deps, signal)
      : { outcome: 'refused', error: saved.error }
    if (outcome.outcome === 'refused' && stopsTheRun(outcome.error)) refusal.of(outcome.error)
    turn.end(outcome.outcome !== 'not_sent' && !(outcome.outcome === 'refused' && isNeverSent(outcome.error)))
    if (outcome.outcome === 'not_sent') {
      await record.update((batch) => settleCanceled(batch, submissionId, itemId), mark(undefined))
      continue
    }
    if (outcome.outcome === 'accepted') {
      const keys = record.batch.items
        .filter((other) => other.submissionId === submissionId)
        .map(({ key }) => key)
      const response = { keys, results: { [item.key]: outcome.value } }
      learnFromUpload(item, outcome.value, submission, deps)
      record.changeRemoved(itemId, (removed) =>
        removed.submissionId === submissionId ? applyResult(removed, outcome.value) : removed,
      )
      await record.update(
        (batch) =>
          applyResults(applyLateAnswer(batch, submissionId, itemId, outcome.value), submissionId, response),
        mark(undefined),
      )
      return
    }
    if (outcome.outcome === 'unclear') {
      const error: AppError = { kind: 'unclear_post', message: outcome.message }
      await record.update((batch) => failPendingItem(batch, submissionId, itemId, error))
      return
    }
    const { error, retryAfterMs } = outcome
    await record.update((batch) => settleCanceled(batch, submissionId, itemId), mark(undefined))
    if (stopsTheRun(error)) return
    attempt += 1
    if (!mayRepeatPost(error) || attempt >= maxPostAttempts(error)) {
      await deps.till.giveBack(submissionId, 1)
      await record.update((batch) => failPendingItem(batch, submissionId, itemId, error))
      return
    }
    const ms = backoffMs(attempt - 1, deps.random, retryAfterMs)
    const waiting = describeWaiting(error, deps.now() + ms)
    await record.update((batch) => setWaiting(batch, submissionId, waiting))
    await deps.sleep(ms, signal)
  }
}

type UploadOutcome = PostOutcome<OcrResult> | { readonly outcome: 'not_sent' }

async function tryUpload(
  record: BatchRecord,
  submissionId: string,
  item: Item,
  deps: RunDeps,
  signal: AbortSignal,
): Promise<UploadOutcome> {
  const { options } = record.batch
  // That of the submission: the batch may have been given another one since.
  const engine = find(record, submissionId)?.engine ?? record.batch.engine
  const connection = await deps.connect(engine)
  if (!connection.ok) return { outcome: 'refused', error: connection.error }
  const { endpoint, options: wire } = buildUploadOptions(item.overrides, options, engine.kind)
  const mime = item.image?.mime ?? 'image/png'
  const bytes = await readImage(record, item, deps).catch(() => undefined)
  if (!bytes) return { outcome: 'refused', error: COPY_MISSING }
  if (engine.kind !== 'local') await deps.origin.advance()
  // Between this look and the first byte nothing can happen.
  const isWanted = pendingItems(record, submissionId).some(({ id }) => id === item.id)
  if (signal.aborted || !isWanted || !maySend(record.batch, submissionId)) return { outcome: 'not_sent' }
  return ocrImage(connection.value, endpoint, { name: `image.${mime.slice(6)}`, mime, bytes }, wire)
}

import PQueue from 'p-queue'
import type { Item, Submission } from '../../shared/batch.ts'
import {
  acceptSubmission,
  applyResults,
  failPendingItem,
  failSubmission,
  setWaiting,
} from '../../shared/batch-rules.ts'
import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'
import { ocrImage } from '../mathpix/client.ts'
import { describeWaiting } from '../mathpix/poll.ts'
import { backoffMs, KEYS_REFUSED_IDS, maxPostAttempts, mayRepeatPost } from '../mathpix/retry-rules.ts'
import type { BatchRecord } from './batch-record.ts'
import { buildUploadOptions } from './build-request.ts'
import { learnFromUpload } from './other-routes.ts'
import { find, type RunDeps } from './run-submission.ts'
import { pendingItems, readImage } from './wire-batch.ts'

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
  const queue = new PQueue({ concurrency: CONCURRENCY })
  await queue.addAll(
    pendingItems(record, submissionId).map(
      (item) => () => uploadItem(record, submissionId, item.id, deps, signal),
    ),
  )
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
): Promise<void> {
  const mark = (uploadStartedIn: string | undefined) => {
    const data = { ...record.privateOf(itemId) }
    delete data.uploadStartedIn
    return { [itemId]: uploadStartedIn === undefined ? data : { ...data, uploadStartedIn } }
  }
  for (let attempt = 0; ; attempt += 1) {
    const item = pendingItems(record, submissionId).find(({ id }) => id === itemId)
    const submission = find(record, submissionId)
    if (!item || submission?.state !== 'processing') {
      // Removed or stopped before it was sent.
      await deps.till.giveBack(submissionId, 1)
      return
    }
    if (signal.aborted) return
    const saved = await record.update((batch) => batch, mark(submissionId))
    const outcome = saved.ok
      ? await tryUpload(record, item, deps)
      : { outcome: 'refused' as const, error: saved.error }
    if (outcome.outcome === 'accepted') {
      const keys = record.batch.items
        .filter((other) => other.submissionId === submissionId)
        .map(({ key }) => key)
      const response = { keys, results: { [item.key]: outcome.value } }
      learnFromUpload(item, outcome.value, submission, deps)
      await record.update(
        (batch) => applyResults(setWaiting(batch, submissionId, undefined), submissionId, response),
        mark(undefined),
      )
      return
    }
    if (outcome.outcome === 'unclear') {
      const error: AppError = { kind: 'unclear_post', message: outcome.message }
      await record.update((batch) => failPendingItem(batch, submissionId, itemId, error))
      return
    }
    const { error } = outcome
    if (error.kind === 'credentials' || (error.kind === 'mathpix' && KEYS_REFUSED_IDS.has(error.id))) {
      await deps.till.giveBack(submissionId, 1)
      await record.update((batch) => failSubmission(batch, submissionId, error, 'ready'), mark(undefined))
      return
    }
    if (!mayRepeatPost(error) || attempt + 1 >= maxPostAttempts(error)) {
      await deps.till.giveBack(submissionId, 1)
      await record.update((batch) => failPendingItem(batch, submissionId, itemId, error), mark(undefined))
      return
    }
    const ms = backoffMs(attempt, deps.random, 'retryAfterMs' in outcome ? outcome.retryAfterMs : undefined)
    const waiting = describeWaiting(error, deps.now() + ms)
    await record.update((batch) => setWaiting(batch, submissionId, waiting), mark(undefined))
    await deps.sleep(ms, signal)
  }
}

async function tryUpload(record: BatchRecord, item: Item, deps: RunDeps): ReturnType<typeof ocrImage> {
  const { engine, options } = record.batch
  const connection = await deps.connect(engine)
  if (!connection.ok) return { outcome: 'refused', error: connection.error }
  const { endpoint, options: wire } = buildUploadOptions(item.overrides, options, engine.kind)
  const mime = item.image?.mime ?? 'image/png'
  try {
    const bytes = await readImage(record, item, deps)
    return await ocrImage(connection.value, endpoint, { name: `image.${mime.slice(6)}`, mime, bytes }, wire)
  } catch {
    return {
      outcome: 'refused',
      error: { kind: 'image', reason: 'missing', message: 'The stored copy of this image is missing.' },
    }
  }
}

import PQueue from 'p-queue'
import type { Batch, Item, Submission } from '../../../shared/batch.ts'
import { acceptSubmission, applyResults, failPendingItem, setWaiting } from '../../../shared/batch-rules.ts'
import { applyLateAnswer, endIfEmpty, maySend, settleCanceled } from '../../../shared/control-rules.ts'
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
import type { Refusal } from './refusal.ts'
import { buildUploadOptions } from '../ways/build-request.ts'
import { learnFromUpload } from './take-other-ways.ts'
import type { SubmissionAtWork } from './submission-at-work.ts'
import { COPY_MISSING, readImage } from '../ways/wire-batch.ts'

/** Uploads at a time: enough to keep a line busy, few enough for 50 images a minute. */
const CONCURRENCY = 4

/**
 * Sends the images of one submission one by one. Each upload is marked on disk before it is begun: after a
 * crash, one that was begun and has no answer may have been billed and is left to the user, the others go on.
 */
export async function runUploads(work: SubmissionAtWork, refusal: Refusal): Promise<void> {
  const { record, signal } = work
  const submission = work.current()
  /** Those that were counted: one that is removed from here on gives back its own when it would have its turn. */
  let counted: readonly Item[] | undefined
  if (submission?.state === 'submitting') {
    const reserved = await countUploads(work, submission)
    if (!reserved.ok) {
      await work.returnItems(reserved.error)
      return
    }
    const saved = await work.update((batch, id) => {
      counted = work.pending
      return acceptSubmission(batch, id)
    })
    if (!saved.ok) {
      await work.giveBack()
      await work.returnItems(saved.error)
      return
    }
  }
  for (const item of work.pending) {
    if (record.privateOf(item.id).uploadStartedIn === work.id) {
      await work.update((batch, id) => failPendingItem(batch, id, item.id, REPLY_LOST))
    }
  }
  const stoppable = work.with({ signal: AbortSignal.any([signal, refusal.signal]) })
  const queue = new PQueue({ concurrency: CONCURRENCY })
  await queue.addAll(
    (counted ?? work.pending).map(
      ({ id }) =>
        () =>
          uploadItem(new UploadAtWork(stoppable, id), refusal),
    ),
  )
  const { error } = refusal
  // Only now: those on their way had to be answered before the others are ready again.
  if (error) await work.giveBack(work.pending.length)
  if (work.current()?.state !== 'processing') return
  if (error) await work.returnItems(error)
  // Its last images may have been removed before they had their turn.
  else await work.update(endIfEmpty)
}

async function countUploads(
  { deps, id, pending }: SubmissionAtWork,
  { engine }: Submission,
): Promise<Result<void>> {
  const connection = await deps.connect(engine)
  if (!connection.ok) return connection
  return deps.till.reserve(engine, connection.value, [{ id, images: pending.length }])
}

const REPLY_LOST: AppError = {
  kind: 'unclear_post',
  message:
    'The image was sent and the reply was lost. It may have been read and billed; sending it again may be billed again.',
}

/** One image of a submission of uploads. */
class UploadAtWork {
  readonly work: SubmissionAtWork
  readonly itemId: string

  constructor(work: SubmissionAtWork, itemId: string) {
    this.work = work
    this.itemId = itemId
  }

  /** Undefined when it was removed or stopped before it was sent. */
  get item(): Item | undefined {
    const item = this.work.pending.find(({ id }) => id === this.itemId)
    return this.work.current()?.state === 'processing' ? item : undefined
  }

  /** Changes the batch, and says on disk whether an upload has begun. */
  update(change: (batch: Batch, id: string) => Batch, hasBegun: boolean): Promise<Result<void>> {
    const data = { ...this.work.record.privateOf(this.itemId) }
    delete data.uploadStartedIn
    const marked = hasBegun ? { ...data, uploadStartedIn: this.work.id } : data
    return this.work.update(change, { [this.itemId]: marked })
  }

  async fail(error: AppError): Promise<void> {
    await this.work.update((batch, id) => failPendingItem(batch, id, this.itemId, error))
  }
}

async function uploadItem(upload: UploadAtWork, refusal: Refusal): Promise<void> {
  const { work, itemId } = upload
  const { record, deps, signal } = work
  for (let attempt = 0; ;) {
    const submission = work.current()
    const turn = submission && (await deps.gate.pass(record, { submission, images: 1, itemId }, signal))
    const { item } = upload
    if (!item) {
      turn?.end(false)
      await work.giveBack(1)
      return
    }
    if (!turn) return
    const saved = await upload.update((batch, id) => setWaiting(batch, id, undefined), true)
    const outcome: UploadOutcome = saved.ok
      ? await tryUpload(upload, item)
      : { outcome: 'refused', error: saved.error }
    if (outcome.outcome === 'refused' && stopsTheRun(outcome.error)) refusal.of(outcome.error)
    turn.end(outcome.outcome !== 'not_sent' && !(outcome.outcome === 'refused' && isNeverSent(outcome.error)))
    if (outcome.outcome === 'not_sent') {
      await upload.update((batch, id) => settleCanceled(batch, id, itemId), false)
      continue
    }
    if (outcome.outcome === 'accepted') {
      learnFromUpload(item, outcome.value, submission, deps)
      await keepAnswer(upload, item, outcome.value)
      return
    }
    if (outcome.outcome === 'unclear') {
      await upload.fail({ kind: 'unclear_post', message: outcome.message })
      return
    }
    const { error, retryAfterMs } = outcome
    await upload.update((batch, id) => settleCanceled(batch, id, itemId), false)
    if (stopsTheRun(error)) return
    attempt += 1
    if (!mayRepeatPost(error) || attempt >= maxPostAttempts(error)) {
      await work.giveBack(1)
      await upload.fail(error)
      return
    }
    const ms = backoffMs(attempt - 1, deps.random, retryAfterMs)
    const waiting = describeWaiting(error, deps.now() + ms)
    await work.update((batch, id) => setWaiting(batch, id, waiting))
    await deps.sleep(ms, signal)
  }
}

async function keepAnswer(upload: UploadAtWork, { key }: Item, result: OcrResult): Promise<void> {
  const { work, itemId } = upload
  const keys = work.record.batch.items
    .filter(({ submissionId }) => submissionId === work.id)
    .map((item) => item.key)
  const response = { keys, results: { [key]: result } }
  work.record.changeRemoved(itemId, (removed) =>
    removed.submissionId === work.id ? applyResult(removed, result) : removed,
  )
  await upload.update(
    (batch, id) => applyResults(applyLateAnswer(batch, id, itemId, result), id, response),
    false,
  )
}

type UploadOutcome = PostOutcome<OcrResult> | { readonly outcome: 'not_sent' }

async function tryUpload(upload: UploadAtWork, item: Item): Promise<UploadOutcome> {
  const { record, deps, signal, id } = upload.work
  const { options } = record.batch
  // That of the submission: the batch may have been given another one since.
  const engine = upload.work.current()?.engine ?? record.batch.engine
  const connection = await deps.connect(engine)
  if (!connection.ok) return { outcome: 'refused', error: connection.error }
  const { endpoint, options: wire } = buildUploadOptions(item.overrides, options, engine.kind)
  const mime = item.image?.mime ?? 'image/png'
  const bytes = await readImage(record, item, deps).catch(() => undefined)
  if (!bytes) return { outcome: 'refused', error: COPY_MISSING }
  if (engine.kind !== 'local') await deps.origin.advance()
  // Between this look and the first byte nothing can happen.
  const isWanted = upload.work.pending.some((pending) => pending.id === item.id)
  if (signal.aborted || !isWanted || !maySend(record.batch, id)) return { outcome: 'not_sent' }
  return ocrImage(connection.value, endpoint, { name: `image.${mime.slice(6)}`, mime, bytes }, wire)
}

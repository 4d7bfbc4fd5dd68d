import { z } from 'zod'
import type { Batch, Submission } from '../../../shared/batch.ts'
import { acceptSubmission, type SubmissionStart } from '../../../shared/batch-rules.ts'
import { BatchId, OcrResult } from '../../../shared/mathpix.ts'
import { recordOf } from '../../../shared/record-of.ts'
import { foldResults } from '../../../shared/other-ways.ts'
import { sentKeyOf } from '../../../shared/outstanding.ts'
import { findMissedBatch, isMissed } from '../../../shared/unclear-rules.ts'

const Posted = z.looseObject({
  batch_id: BatchId.optional().catch(undefined),
  reply: z
    .looseObject({ batch_id: BatchId.optional().catch(undefined) })
    .optional()
    .catch(undefined),
  result: recordOf(z.unknown()).optional().catch(undefined),
  results: recordOf(z.unknown()).optional().catch(undefined),
})

export type TakenCallback = {
  readonly batch_id?: BatchId
  /** Only entries that are results; the rest is left to the poll. */
  readonly results: Readonly<Record<string, OcrResult>>
}

/**
 * What a callback says, as far as it can be understood: `result` (as posted) or `results` (as polled), the `batch_id` a string or a
 * number, in `reply` or beside it. Undefined when it says nothing.
 */
export function readCallback(body: unknown): TakenCallback | undefined {
  const posted = Posted.safeParse(body)
  if (!posted.success) return undefined
  const { reply, result, results } = posted.data
  const batch_id = reply?.batch_id ?? posted.data.batch_id
  const entries = Object.entries(result ?? results ?? {}).flatMap(([key, value]) => {
    const read = OcrResult.safeParse(value)
    return read.success && isResult(read.data) ? [[key, read.data] as const] : []
  })
  if (batch_id === undefined && entries.length === 0) return undefined
  return { ...(batch_id === undefined ? {} : { batch_id }), results: Object.fromEntries(entries) }
}

const isResult = (result: OcrResult) =>
  Object.keys(OcrResult.shape).some((name) => result[name] !== undefined)

/** What to do with a callback for a submission in its present state. */
export type CallbackFate = 'use' | 'keep_for_later' | 'ignore'

export function judgeCallback(submission: Submission, callback: TakenCallback): CallbackFate {
  if (submission.state === 'submitting') return 'keep_for_later'
  if (submission.state === 'processing')
    return submission.batch_id === undefined || isSameBatch(submission.batch_id, callback) ? 'use' : 'ignore'
  if (!isMissed(submission)) return 'ignore'
  // Without a batch_id the rest could never be asked for.
  return callback.batch_id === undefined ? 'ignore' : 'use'
}

function isSameBatch(batch_id: BatchId, callback: TakenCallback): boolean {
  return callback.batch_id === undefined || String(callback.batch_id) === String(batch_id)
}

/**
 * Folds a callback into the batch. It counts for the keys that it brings and for nothing else: what it leaves out stays pending and is
 * polled. The same callback again changes nothing. Images that did not arrive enter the submission `next`.
 */
export function applyCallback(
  batch: Batch,
  submissionId: string,
  callback: TakenCallback,
  next: Pick<SubmissionStart, 'id' | 'submittedAt'>,
): Batch {
  const submission = batch.submissions.find(({ id }) => id === submissionId)
  if (!submission) return batch
  const open = isMissed(submission)
    ? findMissedBatch(batch, submissionId, callback.batch_id)
    : submission.batch_id === undefined
      ? acceptSubmission(batch, submissionId, callback.batch_id)
      : batch
  if (Object.keys(callback.results).length === 0) return open
  const keys = open.items
    .filter((item) => item.submissionId === submissionId)
    .map((item) => sentKeyOf(submission, item))
  return foldResults(open, submissionId, { keys, results: callback.results }, next)
}

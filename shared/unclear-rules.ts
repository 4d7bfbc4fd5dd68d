import type { Batch, Submission } from './batch.ts'
import { changeItems, changeSubmission, omit } from './batch-changes.ts'
import { acceptSubmission } from './batch-rules.ts'
import type { BatchId } from './mathpix.ts'

/**
 * What becomes of a submission whose reply was lost when the engine turns out to have it after all. Pure transitions, as those of
 * batch-rules.ts.
 */

/** True while the `batch_id` of a POST that may have been accepted is still wanted: the user waits, or gave up. */
export function isMissed(submission: Submission): boolean {
  if (submission.batch_id !== undefined) return false
  return (
    submission.state === 'unclear' ||
    submission.state === 'canceled' ||
    (submission.state === 'failed' && submission.error?.kind === 'unclear_post')
  )
}

/**
 * The lost reply came by another way. The images that still wait for it are pending again, also those that were given up; what was
 * sent again, canceled or answered meanwhile stays as it is.
 */
export function findMissedBatch(batch: Batch, submissionId: string, batch_id: BatchId | undefined): Batch {
  const submission = batch.submissions.find(({ id }) => id === submissionId)
  if (!submission || !isMissed(submission)) return batch
  const reopened = changeItems(batch, (item) =>
    // What the user canceled is not taken up again by itself; a retry can fetch it.
    submission.state !== 'canceled' &&
    item.submissionId === submissionId &&
    item.state === 'error' &&
    item.error?.kind === 'unclear_post'
      ? { ...omit(item, 'error'), state: 'pending' }
      : item,
  )
  const accepted = acceptSubmission(reopened, submissionId, batch_id)
  return changeSubmission(accepted, submissionId, (found) => omit(found, 'looked'))
}

/** What looking for it brought; it stays unclear. */
export function noteLook(batch: Batch, submissionId: string, looked: Submission['looked']): Batch {
  return changeSubmission(batch, submissionId, (submission) =>
    submission.state === 'unclear' && looked ? { ...submission, looked } : submission,
  )
}

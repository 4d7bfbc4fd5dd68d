import type { Batch, Item, Submission } from './batch.ts'
import { changeItems, changeSubmission, failItem, omit } from './batch-changes.ts'
import { CANCELED, cancelSubmission, returnItem, unmarkSending, WAITING_FOR_TURN } from './batch-rules.ts'
import type { AppError } from './errors.ts'
import { applyResult } from './item-result.ts'
import type { OcrResult } from './mathpix.ts'

/**
 * Pausing and canceling: pure transitions, as those of batch-rules.ts. What was certainly not sent comes back ready, what was
 * accepted can be fetched later, and what may have been accepted says so: no way through them leads to a second bill.
 */

/** While it is paused, nothing new is sent. */
export function setPaused(batch: Batch, isPaused: boolean): Batch {
  if ((batch.isPaused ?? false) === isPaused) return batch
  if (!isPaused) return omit(batch, 'isPaused')
  const submissions = batch.submissions.map((submission) => {
    if (submission.waiting?.cause !== 'rate_plan') return submission
    return submission.state === 'submitting'
      ? { ...submission, waiting: WAITING_FOR_TURN }
      : omit(submission, 'waiting')
  })
  return { ...batch, submissions, isPaused }
}

/** Whether anything may be sent for this submission now. */
export function maySend(batch: Batch, submissionId: string): boolean {
  const submission = batch.submissions.find(({ id }) => id === submissionId)
  return batch.isPaused !== true && submission !== undefined && isOpen(submission)
}

const isOpen = ({ state }: Submission) => state === 'submitting' || state === 'processing'

const CANCELED_WHILE_SENDING: AppError = {
  kind: 'unclear_post',
  message: 'Canceled while the image was being sent. It may have been accepted.',
}

/**
 * Stops the named items that are under way. `isBegun` tells of a single upload whether it was begun. A submission that has nothing
 * left to wait for ends.
 */
export function cancelItems(
  batch: Batch,
  itemIds: readonly string[],
  isBegun: (item: Item) => boolean,
): Batch {
  const wanted = new Set(itemIds)
  const submissions = new Map(batch.submissions.map((submission) => [submission.id, submission]))
  const touched = new Set<string>()
  const unsent = new Set<string>()
  const next = changeItems(batch, (item) => {
    const submission = submissions.get(item.submissionId ?? '')
    if (!wanted.has(item.id) || item.state !== 'pending' || !submission) return item
    touched.add(submission.id)
    switch (fateOf(item, submission, isBegun)) {
      case 'not_sent':
        unsent.add(item.id)
        return returnItem(item)
      case 'accepted':
        return failItem(item, CANCELED)
      case 'unknown':
        return failItem(item, CANCELED_WHILE_SENDING)
    }
  })
  return [...touched].reduce((current, id) => endIfEmpty(leaveOut(current, id, unsent), id), next)
}

function fateOf(
  item: Item,
  { state, waiting, batch_id }: Submission,
  isBegun: (item: Item) => boolean,
): 'not_sent' | 'accepted' | 'unknown' {
  if (state === 'unclear') return batch_id === undefined ? 'unknown' : 'accepted'
  if (item.sentAs === 'upload') return isBegun(item) ? 'unknown' : 'not_sent'
  if (state === 'submitting') return waiting === undefined ? 'unknown' : 'not_sent'
  return 'accepted'
}

function leaveOut(batch: Batch, submissionId: string, itemIds: ReadonlySet<string>): Batch {
  return changeSubmission(batch, submissionId, (submission) =>
    submission.itemIds.some((id) => itemIds.has(id))
      ? { ...submission, itemIds: submission.itemIds.filter((id) => !itemIds.has(id)) }
      : submission,
  )
}

/** Ends a submission that has nothing left to wait for. */
export function endIfEmpty(batch: Batch, submissionId: string): Batch {
  const hasPending = batch.items.some(
    (item) => item.submissionId === submissionId && item.state === 'pending',
  )
  return hasPending ? batch : cancelSubmission(batch, submissionId)
}

/** It turned out that nothing was accepted: items canceled meanwhile were not sent. */
export function settleCanceled(batch: Batch, submissionId: string, itemId?: string): Batch {
  const unsent = itemId === undefined ? unmarkSending(batch, submissionId) : batch
  return changeItems(unsent, (item) =>
    isCanceledWhileSending(item, submissionId) && (itemId === undefined || item.id === itemId)
      ? { ...item, error: CANCELED }
      : item,
  )
}

/** The answer to a single upload that was canceled while it was on its way: it is paid for, so it is kept. */
export function applyLateAnswer(
  batch: Batch,
  submissionId: string,
  itemId: string,
  result: OcrResult,
): Batch {
  return changeItems(batch, (item) =>
    item.id === itemId && isCanceledWhileSending(item, submissionId) ? applyResult(item, result) : item,
  )
}

function isCanceledWhileSending(item: Item, submissionId: string): boolean {
  return item.submissionId === submissionId && item.state === 'error' && item.error?.kind === 'unclear_post'
}

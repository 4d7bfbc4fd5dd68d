import type { Batch, Item, SentBecause, Submission } from './batch.ts'
import type { Way } from './way.ts'
import { changeItems, changeSubmission, failItem, findItem, omit, putItems } from './batch-changes.ts'
import type { AppError } from './errors.ts'
import { applyResult } from './item-result.ts'
import { sentKeyOf, settle } from './outstanding.ts'
import { readResult, type BatchId, type PolledResults } from './mathpix.ts'
import type { EngineChoice } from './settings.ts'

/**
 * A submission from its start to its end: the transitions of the state machine drawn in batch.ts, pure, each from a Batch to a Batch.
 */

/** The wait of a submission that has not had its turn. */
export const WAITING_FOR_TURN = { reason: 'Waiting for its turn to be sent.' } as const

export type SubmissionStart = {
  readonly id: string
  readonly engine: EngineChoice
  readonly submittedAt: string
  /** The way that each item goes; its keys are the items of the submission. */
  readonly sentAs: ReadonlyMap<string, Way>
  /** Why some of them go it. */
  readonly sentBecause?: ReadonlyMap<string, SentBecause>
  readonly insteadOf?: string
  readonly callback?: Submission['callback']
}

/** Items leave for an engine: the state on disk before the POST is made. */
export function startSubmission(batch: Batch, start: SubmissionStart): Batch {
  const submission: Submission = {
    id: start.id,
    engine: start.engine,
    state: 'submitting',
    itemIds: [...start.sentAs.keys()],
    submittedAt: start.submittedAt,
    ...(start.callback === undefined ? {} : { callback: start.callback }),
    ...(start.insteadOf === undefined ? {} : { insteadOf: start.insteadOf }),
    // Taken away on disk just before the POST: until then it is certain that nothing was sent.
    waiting: WAITING_FOR_TURN,
  }
  const next = changeItems(batch, (item) => {
    const sentAs = start.sentAs.get(item.id)
    if (sentAs === undefined) return item
    const sentBecause = start.sentBecause?.get(item.id)
    return {
      ...omit(item, 'error', 'sentCopy', 'sentBecause'),
      state: 'pending',
      submissionId: start.id,
      sentAs,
      ...(sentBecause === undefined ? {} : { sentBecause }),
    }
  })
  return { ...next, submissions: [...next.submissions, submission] }
}

/**
 * The POST is about to leave: which images it brings, under which keys and for which account. On disk before the first byte, for only
 * with these can the answers be asked for again.
 */
export function markSending(batch: Batch, submissionId: string, account: string | undefined): Batch {
  return changeSubmission(batch, submissionId, (submission) => {
    if (submission.state !== 'submitting') return submission
    const keys = pendingOf(batch, submission).map(({ id, key }) => [id, key] as const)
    return {
      ...omit(submission, 'waiting', 'account'),
      sentKeys: Object.fromEntries(keys),
      ...(account === undefined ? {} : { account }),
    }
  })
}

/** It is certain that the last POST was not accepted. */
export function unmarkSending(batch: Batch, submissionId: string): Batch {
  return changeSubmission(batch, submissionId, (submission) =>
    submission.sentKeys === undefined ? submission : omit(submission, 'sentKeys', 'account'),
  )
}

/**
 * The engine took it. Single uploads have no `batch_id`. One that the user canceled while the POST was on its
 * way stays canceled, but keeps the `batch_id`, so that a retry can fetch what was paid for.
 */
export function acceptSubmission(batch: Batch, submissionId: string, batch_id?: BatchId): Batch {
  const known = batch_id === undefined ? {} : { batch_id }
  // What was canceled meanwhile is known to be there now and can be fetched.
  const settled = changeItems(batch, (item) =>
    batch_id !== undefined && item.submissionId === submissionId && item.error?.kind === 'unclear_post'
      ? failItem(item, CANCELED)
      : item,
  )
  return changeSubmission(settled, submissionId, (submission) =>
    submission.state === 'canceled'
      ? { ...submission, ...known }
      : { ...omit(submission, 'waiting', 'error'), state: 'processing', ...known },
  )
}

/** Why the submission waits at the moment; undefined when all is well again. */
export function setWaiting(
  batch: Batch,
  submissionId: string,
  waiting: Submission['waiting'] | undefined,
): Batch {
  return changeSubmission(batch, submissionId, (submission) => {
    if (waiting === undefined)
      return submission.waiting === undefined ? submission : omit(submission, 'waiting')
    const { reason, until, cause } = submission.waiting ?? {}
    if (submission.state !== 'submitting' && submission.state !== 'processing') return submission
    const isSame = reason === waiting.reason && until === waiting.until && cause === waiting.cause
    return isSame ? submission : { ...submission, waiting }
  })
}

/**
 * Folds what a GET brought into the batch. Only pending items of this submission change, so the first answer
 * for a key counts, unknown keys are ignored and edits stay. Keys that the server does not list get an error
 * once it has answered all it lists.
 */
export function applyResults(batch: Batch, submissionId: string, response: PolledResults): Batch {
  const submission = batch.submissions.find(({ id }) => id === submissionId)
  if (submission?.state !== 'processing') return batch
  const listed = new Set(response.keys)
  const pending = pendingOf(batch, submission)
  const answered = pending.flatMap((item) => {
    const key = sentKeyOf(submission, item)
    if (Object.hasOwn(response.results, key)) return takeAnswer(item, response.results[key])
    return isComplete(response) && !listed.has(key) ? settle(failItem(item, NOT_LISTED), submissionId) : []
  })
  const folded = putItems(batch, answered)
  return answered.length < pending.length ? folded : completeSubmission(folded, submissionId)
}

/** An answer that we cannot take in is our fault, and costs this image alone. */
function takeAnswer(item: Item, answer: unknown): Item {
  try {
    return applyResult(item, readResult(answer))
  } catch {
    const failed = failItem(item, NOT_TAKEN_IN)
    return item.submissionId === undefined ? failed : settle(failed, item.submissionId)
  }
}

const NOT_TAKEN_IN: AppError = { kind: 'bug', message: 'The answer for this image could not be taken in.' }

/** Every key that the server lists has its answer. */
export function isComplete({ keys, results }: PolledResults): boolean {
  return keys.length > 0 && keys.every((key) => Object.hasOwn(results, key))
}

/** Looks at the submission's own items only: fifty submissions of one batch are polled every second. */
export function pendingOf(batch: Batch, { id, itemIds }: Submission): Item[] {
  return itemIds.flatMap((itemId) => {
    const item = findItem(batch, itemId)
    return item?.submissionId === id && item.state === 'pending' ? item : []
  })
}

/** One pending item of a running submission cannot be answered any more; the others go on. */
export function failPendingItem(batch: Batch, submissionId: string, itemId: string, error: AppError): Batch {
  const failed = changeItems(batch, (item) =>
    item.id === itemId && item.submissionId === submissionId && item.state === 'pending'
      ? failItem(item, error)
      : item,
  )
  const isOpen = failed.items.some((item) => item.submissionId === submissionId && item.state === 'pending')
  return isOpen ? failed : completeSubmission(failed, submissionId)
}

function completeSubmission(batch: Batch, submissionId: string): Batch {
  return changeSubmission(batch, submissionId, (open) => ({
    ...omit(open, 'waiting', 'error'),
    state: 'completed',
  }))
}

export const NOT_LISTED: AppError = {
  kind: 'unexpected_response',
  message: 'The server did not answer for this image.',
}

/**
 * Refused or given up. `to` says where its pending items go: `ready` when nothing was accepted, else `error`.
 */
export function failSubmission(
  batch: Batch,
  submissionId: string,
  error: AppError,
  to: 'ready' | 'error',
): Batch {
  const settled = settlePending(batch, submissionId, (item) =>
    to === 'error' ? failItem(item, error) : returnItem(item),
  )
  return changeSubmission(settled, submissionId, (submission) => ({
    ...omit(submission, 'waiting'),
    state: 'failed',
    error,
  }))
}

/**
 * The reply to the POST was lost: it may have been accepted. Its items stay pending until the user chooses.
 */
export function markUnclear(batch: Batch, submissionId: string, message: string): Batch {
  return changeSubmission(batch, submissionId, (submission) => ({
    ...omit(submission, 'waiting'),
    state: 'unclear',
    error: { kind: 'unclear_post', message },
  }))
}

export const CANCELED: AppError = { kind: 'canceled', message: 'Canceled before the result came.' }

/** We stop asking. What the engine had accepted may still be finished there and can be fetched by a retry. */
export function cancelSubmission(batch: Batch, submissionId: string): Batch {
  const settled = settlePending(batch, submissionId, (item) => failItem(item, CANCELED))
  return changeSubmission(settled, submissionId, (submission) => ({
    ...omit(submission, 'waiting'),
    state: 'canceled',
  }))
}

/** Back to where it was before it was to be sent. */
export function returnItem(item: Item): Item {
  return { ...omit(item, 'submissionId', 'sentAs', 'sentCopy', 'sentBecause'), state: 'ready' }
}

function settlePending(batch: Batch, submissionId: string, settle: (item: Item) => Item): Batch {
  return changeItems(batch, (item) =>
    item.submissionId === submissionId && item.state === 'pending' ? settle(item) : item,
  )
}

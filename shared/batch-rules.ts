import type { Batch, Item, SentBecause, Submission } from './batch.ts'
import { changeItems, changeSubmission, failItem, findItem, omit, putItems } from './batch-changes.ts'
import type { AppError } from './errors.ts'
import { applyResult } from './item-result.ts'
import { readResult, type BatchId, type OcrOptions, type PolledResults } from './mathpix.ts'
import type { EngineChoice } from './settings.ts'

/**
 * The transitions of the state machine drawn in batch.ts: pure, each from a Batch to a Batch.
 */

/** The wait of a submission that has not had its turn. */
export const WAITING_FOR_TURN = { reason: 'Waiting for its turn to be sent.' } as const

type SentAs = NonNullable<Item['sentAs']>

export type SubmissionStart = {
  readonly id: string
  readonly engine: EngineChoice
  readonly submittedAt: string
  /** How each item travels; its keys are the items of the submission. */
  readonly sentAs: ReadonlyMap<string, SentAs>
  /** Why some of them travel like this. */
  readonly sentBecause?: ReadonlyMap<string, SentBecause>
  readonly insteadOf?: string
  readonly callback?: Submission['callback']
}

/**
 * Puts removed items back; one whose submission ended meanwhile is ready to be sent again, not pending for
 * ever.
 */
export function restoreItems(batch: Batch, items: readonly Item[]): Batch {
  return putItems(
    batch,
    items.map((item) =>
      item.state === 'pending' && !isInActiveSubmission(batch, item) ? { ...item, state: 'ready' } : item,
    ),
  )
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
  const hasAnsweredAll = listed.size > 0 && response.keys.every((key) => Object.hasOwn(response.results, key))
  const pending = pendingOf(batch, submission)
  const answered = pending.flatMap((item) => {
    if (Object.hasOwn(response.results, item.key))
      return applyResult(item, readResult(response.results[item.key]))
    return hasAnsweredAll && !listed.has(item.key) ? failItem(item, NOT_LISTED) : []
  })
  const folded = putItems(batch, answered)
  return answered.length < pending.length ? folded : completeSubmission(folded, submissionId)
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

/**
 * True for a submission that ended on our side only: asking again by its `batch_id` costs nothing, a new POST
 * may.
 */
export function canReopen(submission: Submission): boolean {
  if (submission.batch_id === undefined) return false
  if (submission.state === 'canceled') return true
  if (submission.state !== 'failed') return false
  const { error } = submission
  return error?.kind === 'credentials' || (error?.kind === 'mathpix' && KEYS_REFUSED.has(error.id))
}
const KEYS_REFUSED: ReadonlySet<string> = new Set([
  'http_unauthorized',
  'account_disabled',
  'expired_license',
  'unauthorized_token_request',
])

/** True for an item whose answer can be asked for: its submission was accepted, and we stopped waiting for it. */
function canFetch(item: Item, submission: Submission | undefined): boolean {
  if (item.state !== 'error' || submission?.batch_id === undefined) return false
  return canReopen(submission) || item.error?.kind === 'canceled'
}

/**
 * Gets items ready for another run: failed ones that have something to send and completed ones. Results and
 * edits stay. Those whose answer can still be asked for become pending in their submission again, so that no
 * second POST is made for them.
 */
export function retryItems(batch: Batch, itemIds: readonly string[]): Batch {
  const wanted = new Set(itemIds)
  const submissions = new Map(batch.submissions.map((submission) => [submission.id, submission]))
  const reopened = new Set<string>()
  const next = changeItems(batch, (item) => {
    if (!wanted.has(item.id) || (item.state !== 'error' && item.state !== 'completed')) return item
    if (item.submissionId !== undefined && canFetch(item, submissions.get(item.submissionId))) {
      reopened.add(item.submissionId)
      return { ...omit(item, 'error'), state: 'pending' }
    }
    if (!canBeSent(item)) return item
    return { ...omit(item, 'error'), state: 'ready' }
  })
  return [...reopened].reduce(
    (current, id) =>
      changeSubmission(current, id, (submission) => ({
        ...omit(submission, 'waiting', 'error'),
        state: 'processing',
      })),
    next,
  )
}

/** A file needs its upright copy; a URL is sent as it is, unless it was refused at intake. */
export function canBeSent(item: Item): boolean {
  return item.source.kind === 'file'
    ? item.image !== undefined
    : item.error?.kind !== 'image' || item.submissionId !== undefined
}

export function editItem(batch: Batch, itemId: string, latex: string | null): Batch {
  return changeItems(batch, (item) => {
    if (item.id !== itemId) return item
    return latex === null ? omit(item, 'edit') : { ...item, edit: latex }
  })
}

export function reviewItems(
  batch: Batch,
  itemIds: readonly string[],
  marks: { readonly flagged?: boolean | undefined; readonly accepted?: boolean | undefined },
): Batch {
  const wanted = new Set(itemIds)
  return changeItems(batch, (item) =>
    wanted.has(item.id)
      ? { ...item, flagged: marks.flagged ?? item.flagged, accepted: marks.accepted ?? item.accepted }
      : item,
  )
}

/** `set` replaces members of the items' own options whole; `reset` gives members back to the batch. */
export function setItemOptions(
  batch: Batch,
  itemIds: readonly string[],
  set: OcrOptions,
  reset: readonly string[],
): Batch {
  const wanted = new Set(itemIds)
  return changeItems(batch, (item) => {
    if (!wanted.has(item.id)) return item
    const kept = Object.entries(item.overrides).filter(([name]) => !reset.includes(name))
    return { ...item, overrides: { ...Object.fromEntries(kept), ...set } }
  })
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

function isInActiveSubmission(batch: Batch, item: Item): boolean {
  const submission = batch.submissions.find(({ id }) => id === item.submissionId)
  return submission !== undefined && ['submitting', 'processing', 'unclear'].includes(submission.state)
}

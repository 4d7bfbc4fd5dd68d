import type { Batch, Item, Submission } from './batch.ts'
import { changeItems, changeSubmission, findItem, omit } from './batch-changes.ts'

/**
 * The one place that says whether an image may be sent, and who has to be asked first. A submission is *outstanding* for an item when
 * it may have an answer for it that has not come: it was sent with the item in it, and neither answered nor was given up.
 */

/** The key under which a submission answers for an item: the one that was sent, whatever the item is called now. */
export function sentKeyOf({ sentKeys }: Submission, { id, key }: Item): string {
  return sentKeys !== undefined && Object.hasOwn(sentKeys, id) ? (sentKeys[id] ?? key) : key
}

/** Nothing more is to be asked of a submission for this item. */
export function settle(item: Item, submissionId: string): Item {
  const { settledIn = [] } = item
  return settledIn.includes(submissionId) ? item : { ...item, settledIn: [...settledIn, submissionId] }
}

/** Submissions that may have an answer for the item which has not come, the latest first. What was sent before its present result is done with. */
export function outstandingOf(batch: Batch, item: Item): Submission[] {
  const answered = batch.submissions.findLastIndex(({ id }) => id === item.answeredBy)
  return batch.submissions
    .slice(answered + 1)
    .filter((submission) => wasSentIn(submission, item) && item.settledIn?.includes(submission.id) !== true)
    .reverse()
}

/** The one of them that can be asked, by its `batch_id`. */
export function askableOf(batch: Batch, item: Item): Submission | undefined {
  return outstandingOf(batch, item).find(
    (submission) => submission.batch_id !== undefined && !isGone(submission),
  )
}

/** True when the item may have been billed under a submission that nobody can ask: the reply was lost, and its number with it. */
export function mayBeBilledTwice(batch: Batch, item: Item): boolean {
  if (item.error?.kind === 'unclear_post') return true
  return outstandingOf(batch, item).some(
    ({ batch_id, engine }) => batch_id === undefined && engine.kind !== 'local',
  )
}

function wasSentIn(submission: Submission, item: Item): boolean {
  if (submission.sentKeys !== undefined) return Object.hasOwn(submission.sentKeys, item.id)
  // Written before keys were kept: what was accepted and then not waited for.
  if (submission.batch_id === undefined || item.submissionId !== submission.id) return false
  const isLeft = submission.state === 'canceled' || submission.state === 'failed'
  return item.state === 'error' && (isLeft || item.error?.kind === 'canceled')
}

/** The engine on this computer lost its data: nothing was paid, and nothing will come. */
function isGone({ engine, state, error }: Submission): boolean {
  return (
    engine.kind === 'local' &&
    state === 'failed' &&
    error?.kind === 'mathpix' &&
    error.id === 'batch_unknown_id'
  )
}

/**
 * Before items in these states are sent: those that a `batch_id` may have an answer for wait for that instead. They are pending in its submission,
 * which is `processing` again. For the others nobody has an answer.
 */
export function askFirst(
  batch: Batch,
  itemIds: readonly string[],
  states: readonly Item['state'][] = ['ready'],
): Batch {
  const wanted = new Set(itemIds)
  const asked = new Map<string, string[]>()
  const next = changeItems(batch, (item) => {
    if (!wanted.has(item.id) || !states.includes(item.state)) return item
    const submission = askableOf(batch, item) ?? onItsWayOf(batch, item)
    if (!submission) return item
    asked.set(submission.id, [...(asked.get(submission.id) ?? []), item.id])
    return { ...omit(item, 'error'), state: 'pending', submissionId: submission.id }
  })
  return [...asked].reduce((current, [id, ids]) => reopen(current, id, ids), next)
}

/**
 * Images of a paid batch that is not asked for any more because the server refused a GET (other keys, an error of its own) or a fault of ours
 * ended the asking. Their answers may be there all the same. What the user canceled or gave up is not among them.
 */
export function refusedOf(batch: Batch): Item[] {
  const ended = new Map(
    batch.submissions.filter(isEndedByRefusal).map((submission) => [submission.id, submission]),
  )
  return batch.items.filter((item) => {
    const submission = ended.get(item.submissionId ?? '')
    if (!submission || item.state !== 'error' || item.error?.kind === 'canceled') return false
    return outstandingOf(batch, item).includes(submission)
  })
}

function isEndedByRefusal(submission: Submission): boolean {
  const { state, batch_id, error } = submission
  return state === 'failed' && batch_id !== undefined && error?.kind !== 'unclear_post' && !isGone(submission)
}

/** They wait for their answers again, as what was accepted and never refused does. */
export function askRefusedAgain(batch: Batch): Batch {
  const ids = refusedOf(batch).map(({ id }) => id)
  return ids.length === 0 ? batch : askFirst(batch, ids, ['error'])
}

/** The reply to a POST with the item in it is still to come, and says what is to be done. */
function onItsWayOf(batch: Batch, item: Item): Submission | undefined {
  return outstandingOf(batch, item).find(({ state }) => state === 'submitting')
}

function reopen(batch: Batch, submissionId: string, itemIds: readonly string[]): Batch {
  return changeSubmission(batch, submissionId, (submission) => ({
    ...(submission.batch_id === undefined
      ? submission
      : { ...omit(submission, 'waiting', 'error', 'looked'), state: 'processing' as const }),
    itemIds: [...new Set([...submission.itemIds, ...itemIds])],
  }))
}

/** The user does not want to wait for this submission's answers: its pending items may be sent again. */
export function giveUpAnswers(batch: Batch, submissionId: string): Batch {
  const submission = batch.submissions.find(({ id }) => id === submissionId)
  if (submission?.batch_id === undefined) return batch
  return submission.itemIds.reduce((current, id) => {
    const item = findItem(current, id)
    if (item?.submissionId !== submissionId || item.state !== 'pending') return current
    return changeItems(current, (other) => (other === item ? settle(other, submissionId) : other))
  }, batch)
}

/** Before items are taken out: what has nothing more to say of them forgets them, so that the same image added again is a new one. */
export function forgetAnswered(batch: Batch, items: readonly Item[]): Batch {
  return items.reduce((current, item) => {
    const outstanding = new Set(outstandingOf(current, item).map(({ id }) => id))
    const submissions = current.submissions.map((submission) => {
      if (outstanding.has(submission.id) || submission.sentKeys?.[item.id] === undefined) return submission
      const others = Object.entries(submission.sentKeys).filter(([id]) => id !== item.id)
      return { ...submission, sentKeys: Object.fromEntries(others) }
    })
    const isSame = submissions.every((submission, index) => submission === current.submissions[index])
    return isSame ? current : { ...current, submissions }
  }, batch)
}

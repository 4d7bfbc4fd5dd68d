import type { Batch, Item, Submission } from './batch.ts'
import { changeItems, changeSubmission, omit } from './batch-changes.ts'

/** What a second run means for each item: pure transitions, as those of batch-rules.ts. */

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
function canBeSent(item: Item): boolean {
  return item.source.kind === 'file'
    ? item.image !== undefined
    : item.error?.kind !== 'image' || item.submissionId !== undefined
}

import type { Batch, Item, Submission } from './batch.ts'
import { changeItems, failItem, omit, putItems } from './batch-changes.ts'
import { returnItem } from './batch-rules.ts'
import type { AppError } from './errors.ts'
import { askableOf, mayBeBilledTwice } from './outstanding.ts'
import type { OcrOptions } from './parameters.ts'

/** What the user does to items, whatever is under way: pure transitions, as those of batch-rules.ts. */

/** What an item's LaTeX becomes; null is the engine's result again. */
export type ItemEdit = { readonly itemId: string; readonly latex: string | null }

export function editItems(batch: Batch, edits: readonly ItemEdit[]): Batch {
  const byId = new Map(edits.map(({ itemId, latex }) => [itemId, latex]))
  return changeItems(batch, (item) => {
    const latex = byId.get(item.id)
    if (latex === undefined) return item
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

/** What is known of the requests for an item that only main knows of. */
export type IsBegun = (item: Item) => boolean

/**
 * Puts removed items back, each in a state that holds now: pending only where its answer still comes by itself. What a `batch_id` may
 * have an answer for is `ready`, and asked for before it is sent. `isBegun` tells of a single upload whether it was begun.
 */
export function restoreItems(batch: Batch, items: readonly Item[], isBegun: IsBegun = () => false): Batch {
  return putItems(
    batch,
    items.map((item) => (item.state === 'pending' ? restorePending(batch, item, isBegun) : item)),
  )
}

function restorePending(batch: Batch, item: Item, isBegun: IsBegun): Item {
  const submission = batch.submissions.find(({ id }) => id === item.submissionId)
  // Its answer finds it also when it is marked as failed.
  if (item.sentAs === 'upload' && isBegun(item)) return failItem(item, MAYBE_SENT)
  if (submission && isStillIn(submission, item)) return item
  if (askableOf(batch, item)) return { ...item, state: 'ready' }
  return mayBeBilledTwice(batch, item) ? failItem(item, MAYBE_SENT) : returnItem(item)
}

/** It waits for its turn with the others, or it was sent with them and the answer is still to come. */
function isStillIn(submission: Submission, item: Item): boolean {
  const { state, waiting, sentKeys, batch_id } = submission
  if (state === 'submitting' && waiting !== undefined) return true
  if (state !== 'submitting' && state !== 'processing' && state !== 'unclear') return false
  return sentKeys === undefined ? batch_id !== undefined : Object.hasOwn(sentKeys, item.id)
}

const MAYBE_SENT: AppError = {
  kind: 'unclear_post',
  message: 'Removed while the image was being sent. It may have been accepted.',
}

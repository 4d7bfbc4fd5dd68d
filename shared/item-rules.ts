import type { Batch, Item } from './batch.ts'
import { changeItems, omit, putItems } from './batch-changes.ts'
import type { OcrOptions } from './mathpix.ts'

/** What the user does to items, whatever is under way: pure transitions, as those of batch-rules.ts. */

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

function isInActiveSubmission(batch: Batch, item: Item): boolean {
  const submission = batch.submissions.find(({ id }) => id === item.submissionId)
  return submission !== undefined && ['submitting', 'processing', 'unclear'].includes(submission.state)
}

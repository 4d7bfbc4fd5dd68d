import type { Batch, Item } from './batch.ts'
import { changeItems, omit } from './batch-changes.ts'
import { askFirst } from './outstanding.ts'

/** What a second run means for each item: pure transitions, as those of batch-rules.ts. */

/**
 * Gets items ready for another run: failed ones that have something to send and completed ones. Results and
 * edits stay. Those whose answer can still be asked for become pending in their submission again, so that no
 * second POST is made for them.
 */
export function retryItems(batch: Batch, itemIds: readonly string[]): Batch {
  const wanted = new Set(itemIds)
  const asked = askFirst(batch, itemIds, ['error', 'completed'])
  return changeItems(asked, (item) => {
    if (!wanted.has(item.id) || (item.state !== 'error' && item.state !== 'completed')) return item
    return canBeSent(item) ? { ...omit(item, 'error'), state: 'ready' } : item
  })
}

/** A file needs its upright copy; a URL is sent as it is, unless it was refused at intake. */
function canBeSent(item: Item): boolean {
  return item.source.kind === 'file'
    ? item.image !== undefined
    : item.error?.kind !== 'image' || item.submissionId !== undefined
}

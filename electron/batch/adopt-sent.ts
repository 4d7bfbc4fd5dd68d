import type { Batch } from '../../shared/batch.ts'
import { changeSubmission, findItem } from '../../shared/batch-changes.ts'
import { fileIdOf } from '../../shared/item-keys.ts'
import type { BatchRecord } from './batch-record.ts'

/**
 * An image that was taken out while its answer was on the way, and added again, is the same image: it gets the place that it had in
 * what was sent, so that its answer is asked for before it is sent a second time.
 */
export function adoptSent(batch: Batch, itemIds: readonly string[], record: BatchRecord): Batch {
  const left = leftBehind(batch, record)
  if (left.size === 0) return batch
  return itemIds.reduce((current, id) => {
    const image = identityOf(record, id)
    const sent = image === undefined ? undefined : left.get(image)
    if (!sent || findItem(current, id)?.state !== 'ready') return current
    left.delete(image ?? '')
    return changeSubmission(current, sent.submissionId, ({ sentKeys, ...submission }) => {
      const { [sent.itemId]: key, ...others } = sentKeys ?? {}
      return { ...submission, sentKeys: { ...others, ...(key === undefined ? {} : { [id]: key }) } }
    })
  }, batch)
}

/** Images in what was sent that are not in the batch any more, each with its place there. */
function leftBehind(batch: Batch, record: BatchRecord) {
  const places = new Map<string, { readonly submissionId: string; readonly itemId: string }>()
  for (const { id: submissionId, sentKeys, batch_id } of batch.submissions) {
    if (batch_id === undefined) continue
    for (const itemId of Object.keys(sentKeys ?? {})) {
      const image = findItem(batch, itemId) ? undefined : identityOf(record, itemId)
      if (image !== undefined) places.set(image, { submissionId, itemId })
    }
  }
  return places
}

/** The original's digest and the page; undefined while it is not known. */
function identityOf(record: BatchRecord, itemId: string): string | undefined {
  const { hash } = record.privateOf(itemId)
  return hash === undefined ? undefined : `${hash} ${itemId.slice(fileIdOf(itemId).length)}`
}

import type { Batch } from '../../../shared/batch.ts'
import { changeSubmission, findItem } from '../../../shared/batch-changes.ts'
import { fileIdOf } from '../../../shared/item-keys.ts'
import type { BatchRecord } from '../batch-record.ts'

/**
 * An image that was taken out while its answer was on the way, and added again, is the same image: it gets the place that it had in
 * what was sent, so that its answer is asked for before it is sent a second time.
 */
export function adoptSent(batch: Batch, itemIds: readonly string[], record: BatchRecord): Batch {
  const left = leftBehind(batch, record)
  if (left.size === 0) return batch
  return itemIds.reduce((current, id) => {
    const image = identityOf(record, id)
    const places = image === undefined ? undefined : left.get(image)
    if (!places || findItem(current, id)?.state !== 'ready') return current
    // The other one stays noted: it may be put back as well.
    return places.reduce(
      (next, { submissionId, key }) =>
        changeSubmission(next, submissionId, (submission) =>
          submission.sentKeys === undefined || Object.hasOwn(submission.sentKeys, id)
            ? submission
            : { ...submission, sentKeys: { ...submission.sentKeys, [id]: key } },
        ),
      current,
    )
  }, batch)
}

type SentPlace = { readonly submissionId: string; readonly key: string }

/** Images in what was sent that are not in the batch any more, each with its places there. */
function leftBehind(batch: Batch, record: BatchRecord): Map<string, SentPlace[]> {
  const places = new Map<string, SentPlace[]>()
  for (const { id: submissionId, sentKeys = {} } of batch.submissions) {
    for (const [itemId, key] of Object.entries(sentKeys)) {
      const image = findItem(batch, itemId) ? undefined : identityOf(record, itemId)
      if (image !== undefined) places.set(image, [...(places.get(image) ?? []), { submissionId, key }])
    }
  }
  return places
}

/** The same image was taken out while the reply to its upload was lost: nobody can be asked whether that is billed. */
export function mayHaveBeenUploaded(record: BatchRecord, itemId: string): boolean {
  const image = identityOf(record, itemId)
  if (image === undefined) return false
  return record
    .privateIds()
    .some(
      (id) =>
        record.privateOf(id).uploadStartedIn !== undefined &&
        identityOf(record, id) === image &&
        !findItem(record.batch, id),
    )
}

/** The original's digest and the page; undefined while it is not known. */
function identityOf(record: BatchRecord, itemId: string): string | undefined {
  const { hash } = record.privateOf(itemId)
  return hash === undefined ? undefined : `${hash} ${itemId.slice(fileIdOf(itemId).length)}`
}

import type { Batch } from '../../../shared/batch.ts'
import { changeSubmission, findItem } from '../../../shared/batch-changes.ts'
import { fileIdOf } from '../../../shared/item-keys.ts'
import { outstandingOf } from '../../../shared/outstanding.ts'
import type { BatchRecord } from '../batch-record.ts'

/**
 * An image that was taken out while its answer was on the way, and added again, is the same image, also when the first one was put back
 * since: it gets the place that it had in what was sent, so that its answer is asked for before it is sent a second time.
 */
export function adoptSent(batch: Batch, itemIds: readonly string[], record: BatchRecord): Batch {
  const places = placesElsewhere(batch, itemIds, record)
  return [...places].reduce(
    (current, [id, sent]) =>
      // The other one stays noted: its answer is the same.
      sent.reduce(
        (next, { submissionId, key }) =>
          changeSubmission(next, submissionId, (submission) =>
            submission.sentKeys === undefined || Object.hasOwn(submission.sentKeys, id)
              ? submission
              : { ...submission, sentKeys: { ...submission.sentKeys, [id]: key } },
          ),
        current,
      ),
    batch,
  )
}

type SentPlace = { readonly submissionId: string; readonly key: string }

/** Of the named ready items those whose image was sent as another item, of which nobody knows the answer; each with its places there. */
function placesElsewhere(
  batch: Batch,
  itemIds: readonly string[],
  record: BatchRecord,
): Map<string, SentPlace[]> {
  const wanted = new Map<string, string[]>()
  for (const id of itemIds) {
    const image = findItem(batch, id)?.state === 'ready' ? identityOf(record, id) : undefined
    if (image !== undefined) wanted.set(image, [...(wanted.get(image) ?? []), id])
  }
  const places = new Map<string, SentPlace[]>()
  for (const submission of batch.submissions) {
    for (const [sentId, key] of Object.entries(submission.sentKeys ?? {})) {
      const ids = (wanted.get(identityOf(record, sentId) ?? '') ?? []).filter((id) => id !== sentId)
      const other = findItem(batch, sentId)
      if (other && ids.length > 0 && !outstandingOf(batch, other).includes(submission)) continue
      for (const id of ids) places.set(id, [...(places.get(id) ?? []), { submissionId: submission.id, key }])
    }
  }
  return places
}

/** The reply to a single upload of the same image, as this item or another one, was lost: nobody can be asked whether that is billed. */
export function mayHaveBeenUploaded(record: BatchRecord, itemId: string): boolean {
  const image = identityOf(record, itemId)
  return record
    .privateIds()
    .some((id) => (id === itemId || identityOf(record, id) === image) && hasOpenUpload(record, id))
}

function hasOpenUpload(record: BatchRecord, itemId: string): boolean {
  const { uploadStartedIn } = record.privateOf(itemId)
  if (uploadStartedIn === undefined) return false
  const { submissions } = record.batch
  const answeredBy = findItem(record.batch, itemId)?.answeredBy
  const placeOf = (submissionId: string) => submissions.findIndex(({ id }) => id === submissionId)
  return answeredBy === undefined || placeOf(answeredBy) < placeOf(uploadStartedIn)
}

/** The original's digest and the page; undefined while it is not known. */
function identityOf(record: BatchRecord, itemId: string): string | undefined {
  const { hash } = record.privateOf(itemId)
  return hash === undefined ? undefined : `${hash} ${itemId.slice(fileIdOf(itemId).length)}`
}

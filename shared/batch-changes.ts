import type { Batch, BatchChange, BatchHead, Item, Submission } from './batch.ts'
import type { AppError } from './errors.ts'

/**
 * How a Batch is changed and compared. What did not change keeps its identity, so that `diffBatch` finds a
 * change by comparing references.
 */

/** Adds new items or puts changed ones in place; the order is that of the ids, which is the drop order. */
export function putItems(batch: Batch, items: readonly Item[]): Batch {
  if (items.length === 0) return batch
  const incoming = new Map(items.map((item) => [item.id, item]))
  const kept = batch.items.map((item) => {
    const next = incoming.get(item.id)
    incoming.delete(item.id)
    return next ?? item
  })
  if (incoming.size === 0) return { ...batch, items: kept }
  const all = [...kept, ...incoming.values()]
  return { ...batch, items: all.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)) }
}

export function removeItems(batch: Batch, itemIds: readonly string[]): Batch {
  const gone = new Set(itemIds)
  return { ...batch, items: batch.items.filter((item) => !gone.has(item.id)) }
}

/** Changes the items for which `change` returns something else. */
export function changeItems(batch: Batch, change: (item: Item) => Item): Batch {
  const items = batch.items.map(change)
  return items.every((item, index) => item === batch.items[index]) ? batch : { ...batch, items }
}

export function failItem(item: Item, error: AppError): Item {
  return { ...item, state: 'error', error }
}

/** Applies one change as it was journalled or sent; the page's copy may use the same function. */
export function applyChange(batch: Batch, change: BatchChange): Batch {
  const rest = change.removedItemIds.length === 0 ? batch : removeItems(batch, change.removedItemIds)
  return { ...change.head, items: putItems(rest, change.items).items }
}

/** What changed between two states of one batch. */
export function diffBatch(
  before: Batch,
  after: Batch,
): { items: Item[]; removedItemIds: string[]; hasNewHead: boolean } {
  const old = new Map(before.items.map((item) => [item.id, item]))
  const items: Item[] = []
  for (const item of after.items) {
    if (old.get(item.id) !== item) items.push(item)
    old.delete(item.id)
  }
  const hasNewHead = HEAD_FIELDS.some((field) => before[field] !== after[field])
  return { items, removedItemIds: [...old.keys()], hasNewHead }
}

const HEAD_FIELDS = ['id', 'name', 'createdAt', 'engine', 'options', 'submissions', 'isPaused'] as const

export function headOf(batch: Batch): BatchHead {
  return omit(batch, 'items')
}

export function changeSubmission(
  batch: Batch,
  submissionId: string,
  change: (submission: Submission) => Submission,
): Batch {
  const submissions = batch.submissions.map((submission) =>
    submission.id === submissionId ? change(submission) : submission,
  )
  const isSame = submissions.every((submission, index) => submission === batch.submissions[index])
  return isSame ? batch : { ...batch, submissions }
}

/** A copy without the named members. */
export function omit<T extends object, K extends keyof T>(value: T, ...names: K[]): Omit<T, K> {
  const copy = { ...value }
  for (const name of names) Reflect.deleteProperty(copy, name)
  return copy
}

import type { Batch, BatchChange, BatchHead, Item, Submission } from './batch.ts'
import type { AppError } from './errors.ts'

/**
 * How a Batch is changed and compared. What did not change keeps its identity, so that `diffBatch` finds a
 * change by comparing references.
 */

/** An item by its id, found in its place: the items are in the order of their ids. */
export function findItem(batch: Pick<Batch, 'items'>, itemId: string): Item | undefined {
  return batch.items[placeOf(batch.items, itemId)]
}

/** Adds new items or puts changed ones in place; the order is that of the ids, which is the drop order. */
export function putItems(batch: Batch, items: readonly Item[]): Batch {
  if (items.length === 0) return batch
  const all = [...batch.items]
  const added = new Map<string, Item>()
  for (const item of items) {
    const place = placeOf(batch.items, item.id)
    if (place < 0) added.set(item.id, item)
    else all[place] = item
  }
  if (added.size === 0) return { ...batch, items: all }
  all.push(...added.values())
  return { ...batch, items: all.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)) }
}

/** Where an item stands, or -1. Five thousand items are changed one by one: a search through all would show. */
function placeOf(items: readonly Item[], itemId: string): number {
  let low = 0
  let high = items.length - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const id = items[middle]?.id ?? ''
    if (id === itemId) return middle
    if (id < itemId) low = middle + 1
    else high = middle - 1
  }
  return -1
}

export function removeItems(batch: Batch, itemIds: readonly string[]): Batch {
  const gone = new Set(itemIds)
  return { ...batch, items: batch.items.filter((item) => !gone.has(item.id)) }
}

/** Changes the items for which `change` returns something else. */
export function changeItems(batch: Batch, change: (item: Item) => Item): Batch {
  let items: Item[] | undefined
  batch.items.forEach((item, index) => {
    const next = change(item)
    if (next === item) return
    items ??= [...batch.items]
    items[index] = next
  })
  return items ? { ...batch, items } : batch
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
  const hasNewHead = HEAD_FIELDS.some((field) => before[field] !== after[field])
  if (before.items === after.items) return { items: [], removedItemIds: [], hasNewHead }
  const items: Item[] = []
  const removedItemIds: string[] = []
  // Both are in the order of the ids: one walk along both.
  let place = 0
  for (const item of after.items) {
    let old = before.items[place]
    if (old === item) {
      place += 1
      continue
    }
    while (old && old.id < item.id) {
      removedItemIds.push(old.id)
      old = before.items[(place += 1)]
    }
    if (old !== item) items.push(item)
    if (old?.id === item.id) place += 1
  }
  for (const { id } of before.items.slice(place)) removedItemIds.push(id)
  return { items, removedItemIds, hasNewHead }
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

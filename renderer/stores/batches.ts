import { create } from 'zustand'
import type { Batch, BatchChange, BatchHead, BatchSummary, Item } from '../../shared/batch.ts'

/**
 * The page's mirror of the main process: the list of batches and the one batch that is open. Items keep their identity until the
 * main process changes them, so that a row re-renders only for its own change.
 */
export type BatchesState = {
  readonly summaries: readonly BatchSummary[]
  readonly head: BatchHead | undefined
  /** Ids in drop order. */
  readonly order: readonly string[]
  readonly items: ReadonlyMap<string, Item>
}

const NOTHING_OPEN = { head: undefined, order: [], items: new Map<string, Item>() } as const

export const useBatches = create<BatchesState>(() => ({ summaries: [], ...NOTHING_OPEN }))

export function showBatch({ items, ...head }: Batch): void {
  useBatches.setState({
    head,
    order: items.map(({ id }) => id),
    items: new Map(items.map((item) => [item.id, item])),
  })
}

export function closeBatch(): void {
  useBatches.setState(NOTHING_OPEN)
}

/** Folds one change of the open batch in; changes of other batches only reach the summaries. */
export function applyChange(change: BatchChange): void {
  const state = useBatches.getState()
  if (state.head?.id !== change.head.id) return
  useBatches.setState(foldChange(state, optionSaves > 0 ? keepShownOptions(state, change) : change))
}

let optionSaves = 0

/**
 * Shows a change of options at once and then keeps it through `save`. Answers that are on their way meanwhile carry older options:
 * taking those would undo a click on the screen, and the next click would be reckoned from them.
 */
export async function saveOptions(shown: BatchChange, save: () => Promise<boolean>): Promise<boolean> {
  applyChange(shown)
  optionSaves += 1
  try {
    return await save()
  } finally {
    optionSaves -= 1
  }
}

function keepShownOptions({ head, items }: BatchesState, change: BatchChange): BatchChange {
  return {
    ...change,
    head: { ...change.head, options: head?.options ?? change.head.options },
    items: change.items.map((item) => ({
      ...item,
      overrides: items.get(item.id)?.overrides ?? item.overrides,
    })),
  }
}

/** Pure: what a change makes of the open batch. The order of ids is the drop order, also for items that come back. */
export function foldChange(
  { items, order }: Pick<BatchesState, 'items' | 'order'>,
  change: BatchChange,
): Pick<BatchesState, 'head' | 'items' | 'order'> {
  if (change.items.length === 0 && change.removedItemIds.length === 0) {
    return { head: change.head, items, order }
  }
  const next = new Map(items)
  for (const item of change.items) next.set(item.id, item)
  for (const id of change.removedItemIds) next.delete(id)
  const hasSameIds = next.size === items.size && change.items.every(({ id }) => items.has(id))
  const isSameOrder = hasSameIds && change.removedItemIds.length === 0
  return { head: change.head, items: next, order: isSameOrder ? order : [...next.keys()].sort() }
}

export const selectItem = (id: string | undefined) => (state: BatchesState) =>
  id === undefined ? undefined : state.items.get(id)

/** Whether an item waits in a part of the run that has not been sent. */
export const isUnsentItem =
  ({ state, submissionId }: Item) =>
  ({ head }: BatchesState) => {
    if (state !== 'pending') return false
    const submission = head?.submissions.find(({ id }) => id === submissionId)
    return submission?.state === 'submitting' && submission.waiting !== undefined
  }

import type { BatchChange, Item } from '../../shared/batch.ts'

/** Two changes of one batch as one: the later head, the latest state of each item. */
export function mergeChanges(first: BatchChange, second: BatchChange): BatchChange {
  const items = new Map<string, Item>(first.items.map((item) => [item.id, item]))
  for (const id of second.removedItemIds) items.delete(id)
  for (const item of second.items) items.set(item.id, item)
  const removed = new Set([...first.removedItemIds, ...second.removedItemIds])
  for (const id of items.keys()) removed.delete(id)
  return { head: second.head, items: [...items.values()], removedItemIds: [...removed] }
}

export type ChangeQueue = {
  push(change: BatchChange): void
  /** Sends what waits, now. */
  flush(): void
}

/**
 * Lets at most one change of a batch through per interval and merges what comes between: the first at once,
 * so that a click is answered without delay.
 */
export function createChangeQueue(send: (change: BatchChange) => void, intervalMs = 50): ChangeQueue {
  const waiting = new Map<string, BatchChange>()
  const timers = new Map<string, NodeJS.Timeout>()

  function release(batchId: string): void {
    const change = waiting.get(batchId)
    timers.delete(batchId)
    if (!change) return
    waiting.delete(batchId)
    hold(batchId)
    send(change)
  }

  function hold(batchId: string): void {
    const timer = setTimeout(() => release(batchId), intervalMs)
    timer.unref()
    timers.set(batchId, timer)
  }

  return {
    push(change) {
      const { id } = change.head
      const earlier = waiting.get(id)
      if (earlier || timers.has(id)) {
        waiting.set(id, earlier ? mergeChanges(earlier, change) : change)
      } else {
        hold(id)
        send(change)
      }
    },
    flush() {
      for (const timer of timers.values()) clearTimeout(timer)
      timers.clear()
      for (const [id, change] of [...waiting]) {
        waiting.delete(id)
        send(change)
      }
    },
  }
}

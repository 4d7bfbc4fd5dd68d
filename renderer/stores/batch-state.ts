import type { BatchHead, Item } from '../../shared/batch.ts'
import { isRunning } from '../../shared/batch-progress.ts'

export function isBatchRunning(head: BatchHead | undefined): boolean {
  return head !== undefined && isRunning(head)
}

export type QueueCounts = {
  readonly total: number
  readonly done: number
  readonly failed: number
  readonly preparing: number
  readonly ready: number
}

export function countItems(items: Iterable<Item>): QueueCounts {
  const counts = { total: 0, done: 0, failed: 0, preparing: 0, ready: 0 }
  for (const item of items) {
    counts.total += 1
    if (item.state === 'completed') counts.done += 1
    if (item.state === 'error') counts.failed += 1
    if (item.state === 'preparing') counts.preparing += 1
    if (item.state === 'ready') counts.ready += 1
  }
  return counts
}

/** `1 image`, `2 images`. */
export function countOf(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
}

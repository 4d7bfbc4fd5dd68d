import { describe, expect, it, vi } from 'vitest'
import type { BatchChange, Item } from '../../shared/batch.ts'
import { createChangeQueue, mergeChanges } from './change-queue.ts'

const head = {
  id: 'b',
  name: 'n',
  createdAt: '',
  engine: { kind: 'local' },
  options: {},
  submissions: [],
} as const
const item = (id: string, key = id): Item => ({
  id,
  key,
  source: { kind: 'file', name: id },
  state: 'ready',
  overrides: {},
  flagged: false,
  accepted: false,
})
const change = (items: Item[], removedItemIds: string[] = [], name = 'n'): BatchChange => ({
  head: { ...head, name, submissions: [] },
  items,
  removedItemIds,
})

describe('mergeChanges', () => {
  it('keeps the latest of each item and the latest head', () => {
    const merged = mergeChanges(
      change([item('1', 'old'), item('2')], ['9']),
      change([item('1', 'new'), item('9')], ['2'], 'later'),
    )
    expect(merged.items.map(({ key }) => key).sort()).toEqual(['9', 'new'])
    expect(merged.removedItemIds).toEqual(['2'])
    expect(merged.head.name).toBe('later')
  })
})

describe('the queue', () => {
  it('lets the first change through at once and the others as one', () => {
    vi.useFakeTimers()
    const sent: BatchChange[] = []
    const queue = createChangeQueue((one) => sent.push(one), 50)
    queue.push(change([item('1')]))
    queue.push(change([item('2')]))
    queue.push(change([item('3')]))
    expect(sent).toHaveLength(1)
    vi.advanceTimersByTime(50)
    expect(sent.map(({ items }) => items.length)).toEqual([1, 2])
    vi.advanceTimersByTime(50)
    queue.push(change([item('4')]))
    expect(sent).toHaveLength(3)
    vi.useRealTimers()
  })
})

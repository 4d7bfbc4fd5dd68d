import { describe, expect, it } from 'vitest'
import type { BatchChange, BatchHead, Item } from '../../shared/batch.ts'
import { makeBatch, makeDone, makeItem } from '../../testing/renderer/make-item.ts'
import { foldChange } from './batches.ts'

const head: BatchHead = makeBatch([])

const stateOf = (items: readonly Item[]) => ({
  items: new Map(items.map((item) => [item.id, item])),
  order: items.map(({ id }) => id),
})
const change = (patch: Partial<BatchChange>): BatchChange => ({
  head,
  items: [],
  removedItemIds: [],
  ...patch,
})

describe('foldChange', () => {
  const state = stateOf([makeItem(1), makeItem(2), makeItem(3)])

  it('replaces only what changed, and keeps the order’s identity', () => {
    const next = foldChange(state, change({ items: [makeDone(2, 'x')] }))
    expect(next.items.get(makeItem(2).id)?.state).toBe('completed')
    expect(next.items.get(makeItem(1).id)).toBe(state.items.get(makeItem(1).id))
    expect(next.order).toBe(state.order)
  })

  it('keeps everything when only the head changed', () => {
    const next = foldChange(state, change({ head: { ...head, name: 'Renamed' } }))
    expect(next.head?.name).toBe('Renamed')
    expect(next.items).toBe(state.items)
  })

  it('removes, and puts what comes back into its old place', () => {
    const middle = makeItem(2)
    const without = foldChange(state, change({ removedItemIds: [middle.id] }))
    expect(without.order).toEqual([makeItem(1).id, makeItem(3).id])
    expect(foldChange(without, change({ items: [middle] })).order).toEqual(state.order)
  })

  it('sees that one came while another went', () => {
    const next = foldChange(state, change({ items: [makeItem(4)], removedItemIds: [makeItem(1).id] }))
    expect(next.order).toEqual([2, 3, 4].map((position) => makeItem(position).id))
  })
})

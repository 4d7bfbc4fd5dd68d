import { describe, expect, it } from 'vitest'
import { applyChange, diffBatch, headOf, putItems, removeItems } from './batch-changes.ts'
import { batchOf, itemOf } from '../testing/shared/small-batch.ts'

describe('a change', () => {
  it('is what differs, and brings the older state to the newer one', () => {
    const before = batchOf(itemOf('1'), itemOf('2'), itemOf('4'))
    const after = putItems(removeItems(before, ['2']), [itemOf('3'), itemOf('4', { flagged: true })])
    const difference = diffBatch(before, after)
    expect(difference).toMatchObject({ removedItemIds: ['2'], hasNewHead: false })
    expect(difference.items.map(({ id }) => id)).toEqual(['3', '4'])
    expect(applyChange(before, { head: headOf(after), ...difference })).toEqual(after)
    expect(diffBatch(before, { ...before, name: 'new' }).hasNewHead).toBe(true)
  })
})

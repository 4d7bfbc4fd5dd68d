import { beforeEach, describe, expect, it } from 'vitest'
import { makeBatch, makeItem } from '../../testing/renderer/make-item.ts'
import { applyChange, saveOptions, showBatch, useBatches } from './batches.ts'

const headOf = () => {
  const { head } = useBatches.getState()
  if (!head) throw new Error('no batch is open')
  return head
}
const formats = () => headOf().options.formats

beforeEach(() => showBatch(makeBatch([makeItem(1)], { options: { formats: ['text'] } })))

describe('saveOptions', () => {
  it('shows the change before it is kept, and no older answer takes it back', async () => {
    const before = headOf()
    const changed = { ...before, options: { formats: ['text', 'asciimath'] } }
    await saveOptions({ head: changed, items: [], removedItemIds: [] }, () => {
      expect(formats()).toEqual(['text', 'asciimath'])
      applyChange({ head: { ...before, name: 'renamed' }, items: [makeItem(1)], removedItemIds: [] })
      expect(formats()).toEqual(['text', 'asciimath'])
      expect(headOf().name).toBe('renamed')
      return Promise.resolve(true)
    })
    applyChange({ head: before, items: [], removedItemIds: [] })
    expect(formats()).toEqual(['text'])
  })

  it('does so for the options of one image too', async () => {
    const head = headOf()
    const item = makeItem(1)
    const own = { ...item, overrides: { rm_spaces: false } }
    await saveOptions({ head, items: [own], removedItemIds: [] }, () => {
      applyChange({ head, items: [{ ...item, flagged: true }], removedItemIds: [] })
      expect(useBatches.getState().items.get(item.id)).toMatchObject({
        flagged: true,
        overrides: { rm_spaces: false },
      })
      return Promise.resolve(true)
    })
  })
})

import { describe, expect, it } from 'vitest'
import { removeItems } from './batch-changes.ts'
import { applyResults } from './batch-rules.ts'
import { editItems, restoreItems, reviewItems, setItemOptions } from './item-rules.ts'
import { batchOf, itemOf, running, states } from '../testing/shared/small-batch.ts'

describe('items', () => {
  it('come back in their place, ready if their submission ended meanwhile', () => {
    const batch = running('1', '2')
    const [first] = batch.items
    const done = applyResults(removeItems(batch, ['1']), 's', {
      keys: ['k1', 'k2'],
      results: { k1: {}, k2: {} },
    })
    const back = restoreItems(done, first ? [first] : [])
    expect(back.items.map(({ id, state }) => [id, state])).toEqual([
      ['1', 'ready'],
      ['2', 'completed'],
    ])
    expect(states(restoreItems(removeItems(batch, ['1']), first ? [first] : []))).toEqual([
      'pending',
      'pending',
    ])
  })

  it('keep what they have when options, marks and edits change', () => {
    let batch = batchOf(itemOf('1', { overrides: { n_best: 2, beam_size: 3 } }), itemOf('2'))
    batch = setItemOptions(batch, ['1'], { formats: ['text'] }, ['n_best'])
    batch = reviewItems(batch, ['1'], { flagged: true })
    batch = editItems(batch, [{ itemId: '1', latex: 'x' }])
    expect(batch.items[0]).toMatchObject({
      overrides: { beam_size: 3, formats: ['text'] },
      flagged: true,
      accepted: false,
      edit: 'x',
    })
    expect(batch.items[0]?.overrides).not.toHaveProperty('n_best')
    expect(editItems(batch, [{ itemId: '1', latex: null }]).items[0]).not.toHaveProperty('edit')
  })
})

import { describe, expect, it } from 'vitest'
import { isDone } from './batch-progress.ts'
import {
  acceptSubmission,
  applyResults,
  cancelSubmission,
  failPendingItem,
  failSubmission,
  markUnclear,
  setWaiting,
} from './batch-rules.ts'
import { retryItems } from './retry-rules.ts'
import { batchOf, itemOf, running, start, states, submission } from '../testing/shared/small-batch.ts'

describe('a submission', () => {
  it('takes its items along and waits for its batch_id', () => {
    const batch = start(batchOf(itemOf('1'), itemOf('2')), '1')
    expect(states(batch)).toEqual(['pending', 'ready'])
    expect(batch.items[0]).toMatchObject({ submissionId: 's', sentAs: 'hosted' })
    expect(submission(batch)).toMatchObject({ state: 'submitting', itemIds: ['1'] })
    expect(submission(acceptSubmission(batch, 's', 17))).toMatchObject({ state: 'processing', batch_id: 17 })
  })

  it('refused before acceptance puts its items back', () => {
    const batch = failSubmission(
      start(batchOf(itemOf('1')), '1'),
      's',
      { kind: 'storage', message: '' },
      'ready',
    )
    expect(states(batch)).toEqual(['ready'])
    expect(batch.items[0]?.submissionId).toBeUndefined()
    expect(submission(batch)).toMatchObject({ state: 'failed', error: { kind: 'storage' } })
  })

  it('lost after acceptance fails its open items and no others', () => {
    const half = applyResults(running('1', '2'), 's', { keys: ['k1', 'k2'], results: { k1: { latex: 'x' } } })
    expect(states(failSubmission(half, 's', { kind: 'engine', message: '' }, 'error'))).toEqual([
      'completed',
      'error',
    ])
  })

  it('with a lost reply keeps its items pending', () => {
    const batch = markUnclear(start(batchOf(itemOf('1')), '1'), 's', 'lost')
    expect(submission(batch)?.state).toBe('unclear')
    expect(states(batch)).toEqual(['pending'])
    expect(isDone(batch)).toBe(false)
  })

  it('canceled while it was being sent stays so, but keeps the batch_id it was given', () => {
    const canceled = cancelSubmission(start(batchOf(itemOf('1')), '1'), 's')
    expect(submission(acceptSubmission(canceled, 's', 17))).toMatchObject({ state: 'canceled', batch_id: 17 })
  })

  it('says why it waits, and stops saying so', () => {
    const waiting = setWaiting(running('1'), 's', { reason: 'limit', until: 'later' })
    expect(submission(waiting)?.waiting?.reason).toBe('limit')
    expect(setWaiting(waiting, 's', { reason: 'limit', until: 'later' })).toBe(waiting)
    expect(submission(setWaiting(waiting, 's', undefined))).not.toHaveProperty('waiting')
  })
})

describe('the fold of results', () => {
  it('takes what is there, by key, in any order', () => {
    const batch = applyResults(running('1', '2'), 's', {
      keys: ['k2', 'k1'],
      results: { k2: { latex: 'two' } },
    })
    expect(states(batch)).toEqual(['pending', 'completed'])
    expect(submission(batch)?.state).toBe('processing')
    const all = applyResults(batch, 's', {
      keys: ['k2', 'k1'],
      results: { k1: { latex: 'one' }, k2: { latex: 'other' } },
    })
    expect(all.items.map(({ result }) => result?.latex)).toEqual(['one', 'two'])
    expect(submission(all)?.state).toBe('completed')
    expect(isDone(all)).toBe(true)
  })

  it('changes nothing for nothing', () => {
    const batch = running('1')
    expect(applyResults(batch, 's', { keys: ['k1'], results: {} })).toBe(batch)
    expect(applyResults(batch, 's', { keys: [], results: {} })).toBe(batch)
  })

  it('ignores unknown keys, names of the prototype included', () => {
    const batch = running('1')
    expect(applyResults(batch, 's', { keys: ['k1', 'x'], results: { x: { latex: 'x' } } })).toBe(batch)
    const odd = acceptSubmission(start(batchOf(itemOf('1', { key: 'constructor' })), '1'), 's', 1)
    expect(applyResults(odd, 's', { keys: ['constructor'], results: {} })).toBe(odd)
  })

  it('fails a key that the server never lists, once it has answered all it lists', () => {
    const batch = applyResults(running('1', '2'), 's', { keys: ['k1'], results: { k1: { latex: 'x' } } })
    expect(states(batch)).toEqual(['completed', 'error'])
    expect(submission(batch)?.state).toBe('completed')
  })

  it.each([
    [
      'error_info',
      { error: 'No', error_info: { id: 'image_no_content', message: 'No', url: 'https://u:p@h/?k=1' } },
      'image_no_content',
    ],
    ['error alone', { error: 'Broken' }, 'unknown'],
  ])('makes %s an error of the item, without secrets', (_, result, id) => {
    const [item] = applyResults(running('1'), 's', { keys: ['k1'], results: { k1: result } }).items
    expect(item).toMatchObject({ state: 'error', error: { kind: 'mathpix', id } })
    expect(JSON.stringify(item)).not.toMatch(/u:p@|k=1/)
  })

  it('takes error: "" for success', () => {
    expect(
      states(applyResults(running('1'), 's', { keys: ['k1'], results: { k1: { error: '', latex: 'x' } } })),
    ).toEqual(['completed'])
  })

  it('keeps an edit, and a good result that a later run does not reach', () => {
    const item = itemOf('1', { state: 'completed', edit: 'mine', result: { latex: 'old' } })
    const again = acceptSubmission(start(retryItems(batchOf(item), ['1']), '1'), 's', 1)
    expect(
      applyResults(again, 's', { keys: ['k1'], results: { k1: { latex: 'new' } } }).items[0],
    ).toMatchObject({ edit: 'mine', result: { latex: 'new' } })
    expect(
      applyResults(again, 's', { keys: ['k1'], results: { k1: { error: 'no' } } }).items[0],
    ).toMatchObject({
      state: 'error',
      edit: 'mine',
      result: { latex: 'old' },
    })
  })

  it('says nothing of a submission that is not running', () => {
    const canceled = cancelSubmission(running('1'), 's')
    expect(applyResults(canceled, 's', { keys: ['k1'], results: { k1: { latex: 'x' } } })).toBe(canceled)
  })
})

describe('an item', () => {
  it('of an upload that fails leaves the others running, and the last one ends the submission', () => {
    const error = { kind: 'unclear_post', message: '' } as const
    const first = failPendingItem(running('1', '2'), 's', '1', error)
    expect(submission(first)?.state).toBe('processing')
    expect(submission(failPendingItem(first, 's', '2', error))?.state).toBe('completed')
  })
})

import { describe, expect, it } from 'vitest'
import { cancelItems } from './control-rules.ts'
import { applyChange, diffBatch, headOf, omit, putItems, removeItems } from './batch-changes.ts'
import { isDone, progressOf, summarise } from './batch-progress.ts'
import {
  acceptSubmission,
  applyResults,
  cancelSubmission,
  editItem,
  failPendingItem,
  failSubmission,
  markUnclear,
  restoreItems,
  retryItems,
  reviewItems,
  setItemOptions,
  setWaiting,
  startSubmission,
} from './batch-rules.ts'
import type { Batch, Item } from './batch.ts'

const image = { width: 1, height: 1, bytes: 1, mime: 'image/png', hash: 'h', revision: 1 } as const

const itemOf = (id: string, more: Partial<Item> = {}): Item => ({
  id,
  key: `k${id}`,
  source: { kind: 'file', name: `${id}.png` },
  state: 'ready',
  image,
  overrides: {},
  flagged: false,
  accepted: false,
  ...more,
})

const batchOf = (...items: Item[]): Batch => ({
  id: 'b',
  name: 'Batch',
  createdAt: '2026-01-01T00:00:00.000Z',
  engine: { kind: 'local' },
  options: {},
  submissions: [],
  items,
})

const SUBMITTED = '2026-01-01T00:00:00.000Z'
const start = (batch: Batch, ...ids: string[]) =>
  startSubmission(batch, {
    id: 's',
    engine: { kind: 'local' },
    submittedAt: SUBMITTED,
    sentAs: new Map(ids.map((id) => [id, 'hosted'])),
  })
const running = (...ids: string[]) =>
  acceptSubmission(start(batchOf(...ids.map((id) => itemOf(id))), ...ids), 's', 17)
const states = (batch: Batch) => batch.items.map(({ state }) => state)
const submission = (batch: Batch) => batch.submissions[0]

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

describe('a retry', () => {
  it('of a failed or finished item makes it ready; one that intake refused stays', () => {
    const batch = batchOf(
      itemOf('1', { state: 'error', error: { kind: 'mathpix', id: 'x', message: '' } }),
      itemOf('2', { state: 'completed' }),
      omit(itemOf('3', { state: 'error' }), 'image'),
      itemOf('4', { state: 'pending' }),
    )
    expect(states(retryItems(batch, ['1', '2', '3', '4']))).toEqual(['ready', 'ready', 'error', 'pending'])
  })

  it.each([
    ['canceled', (batch: Batch) => cancelSubmission(batch, 's')],
    [
      'refused keys',
      (batch: Batch) =>
        failSubmission(batch, 's', { kind: 'mathpix', id: 'http_unauthorized', message: '' }, 'error'),
    ],
  ])('of what was accepted and then %s asks again under the same batch_id', (_, end) => {
    const batch = retryItems(end(running('1')), ['1'])
    expect(states(batch)).toEqual(['pending'])
    expect(submission(batch)).toMatchObject({ state: 'processing', batch_id: 17 })
  })

  it('of a batch that the server does not know is a new run', () => {
    const lost = failSubmission(
      running('1'),
      's',
      { kind: 'mathpix', id: 'batch_unknown_id', message: '' },
      'error',
    )
    expect(states(retryItems(lost, ['1']))).toEqual(['ready'])
  })
})

describe('items', () => {
  it('of an upload that fails leave the others running, and the last one ends the submission', () => {
    const error = { kind: 'unclear_post', message: '' } as const
    const first = failPendingItem(running('1', '2'), 's', '1', error)
    expect(submission(first)?.state).toBe('processing')
    expect(submission(failPendingItem(first, 's', '2', error))?.state).toBe('completed')
  })

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
    batch = editItem(batch, '1', 'x')
    expect(batch.items[0]).toMatchObject({
      overrides: { beam_size: 3, formats: ['text'] },
      flagged: true,
      accepted: false,
      edit: 'x',
    })
    expect(batch.items[0]?.overrides).not.toHaveProperty('n_best')
    expect(editItem(batch, '1', null).items[0]).not.toHaveProperty('edit')
  })
})

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

describe('progress', () => {
  it('counts finished parts of the run too, and what came back to be ready not', () => {
    const twoParts = startSubmission(start(batchOf(itemOf('1'), itemOf('2'), itemOf('3')), '1'), {
      id: 't',
      engine: { kind: 'local' },
      submittedAt: SUBMITTED,
      sentAs: new Map([
        ['2', 'hosted'],
        ['3', 'hosted'],
      ]),
    })
    const half = applyResults(acceptSubmission(twoParts, 's', 17), 's', {
      keys: ['k1'],
      results: { k1: { latex: 'x' } },
    })
    const now = Date.parse(SUBMITTED) + 5000
    expect(progressOf(half, now)).toMatchObject({ total: 3, done: 1, pending: 2, remainingSeconds: 10 })
    const fewer = cancelItems(half, ['3'], () => false)
    expect(progressOf(fewer, now)).toMatchObject({ total: 2, done: 1, pending: 1, remainingSeconds: 5 })
  })

  it('counts what is under way and estimates the rest', () => {
    const half = applyResults(running('1', '2', '3'), 's', { keys: ['k1', 'k2', 'k3'], results: { k1: {} } })
    expect(progressOf(half, Date.parse(SUBMITTED) + 5000)).toEqual({
      total: 3,
      isPaused: false,
      done: 1,
      failed: 0,
      pending: 2,
      remainingSeconds: 10,
    })
    expect(summarise(half)).toMatchObject({ total: 3, completed: 1, failed: 0, isRunning: true })
  })

  it('has no estimate before the first result', () => {
    expect(progressOf(running('1'), Date.parse(SUBMITTED))).not.toHaveProperty('remainingSeconds')
  })
})

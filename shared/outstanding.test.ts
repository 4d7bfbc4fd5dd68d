import { describe, expect, it } from 'vitest'
import type { Batch } from './batch.ts'
import { omit } from './batch-changes.ts'
import {
  acceptSubmission,
  applyResults,
  cancelSubmission,
  markSending,
  startSubmission,
} from './batch-rules.ts'
import { cancelItems } from './control-rules.ts'
import {
  askableOf,
  askFirst,
  forgetAnswered,
  mayBeBilledTwice,
  outstandingOf,
  sentKeyOf,
} from './outstanding.ts'
import { retryItems } from './retry-rules.ts'
import { batchOf, itemOf, states } from '../testing/shared/small-batch.ts'

const PAID = { kind: 'mathpix', baseUrl: 'https://api.example' } as const
const started = (batch: Batch, id: string) =>
  startSubmission(batch, {
    id,
    engine: PAID,
    submittedAt: '2026-01-01T00:00:00.000Z',
    sentAs: new Map(batch.items.map((item) => [item.id, 'url'])),
  })
const sent = (batch: Batch, id = 's') => markSending(started(batch, id), id, 'account')
const accepted = (batch: Batch, id = 's') => acceptSubmission(sent(batch, id), id, 17)
const two = () => batchOf(itemOf('1'), itemOf('2'))
const idsOf = (batch: Batch, at = 0) => {
  const item = batch.items[at]
  return item ? outstandingOf(batch, item).map(({ id }) => id) : []
}

describe('a submission is outstanding for an image', () => {
  it('from the moment that its POST may leave, until the answer', () => {
    expect(idsOf(started(two(), 's'))).toEqual([])
    expect(idsOf(sent(two()))).toEqual(['s'])
    const half = applyResults(accepted(two()), 's', { keys: ['k1', 'k2'], results: { k1: { latex: 'x' } } })
    expect([idsOf(half, 0), idsOf(half, 1)]).toEqual([[], ['s']])
  })

  it('not any more when the answer says that it failed, or was never there', () => {
    const failed = { error: 'no', error_info: { id: 'image_no_content' } }
    const ended = applyResults(accepted(two()), 's', { keys: ['k1'], results: { k1: failed } })
    expect(states(ended)).toEqual(['error', 'error'])
    expect([idsOf(ended, 0), idsOf(ended, 1)]).toEqual([[], []])
    expect(states(retryItems(ended, ['1', '2']))).toEqual(['ready', 'ready'])
  })

  it('under the key as it was sent, whatever it is called now', () => {
    const canceled = cancelSubmission(accepted(two()), 's')
    const items = canceled.items.map((item) => ({ ...item, key: `new${item.id}` }))
    const renamed = { ...canceled, items }
    const again = askFirst({ ...renamed, items: items.map((item) => ({ ...item, state: 'ready' })) }, ['1'])
    expect(states(again)).toEqual(['pending', 'ready'])
    const [submission] = again.submissions
    expect(submission && items[0] && sentKeyOf(submission, items[0])).toBe('k1')
  })

  it('the latest first, and none from before its present result', () => {
    const first = applyResults(accepted(two()), 's', { keys: ['k1', 'k2'], results: { k1: {}, k2: {} } })
    const second = cancelSubmission(accepted(retryItems(first, ['1', '2']), 't'), 't')
    expect(idsOf(second)).toEqual(['t'])
    expect(states(retryItems(second, ['1', '2']))).toEqual(['pending', 'pending'])
  })

  it('and says so where nobody can be asked', () => {
    const lost = cancelItems(sent(two()), ['1', '2'], () => false)
    const [item] = lost.items
    expect(item && askableOf(lost, item)).toBeUndefined()
    expect(item && mayBeBilledTwice(lost, item)).toBe(true)
  })
})

it('a journal from before keys were kept still leads to what was accepted and left', () => {
  const canceled = cancelSubmission(accepted(two()), 's')
  const old = {
    ...canceled,
    submissions: canceled.submissions.map((one) => omit(one, 'sentKeys', 'account')),
  }
  expect(states(retryItems(old, ['1', '2']))).toEqual(['pending', 'pending'])
})

it('what was answered is forgotten with its image, what was not is kept', () => {
  const half = applyResults(accepted(two()), 's', { keys: ['k1', 'k2'], results: { k1: { latex: 'x' } } })
  expect(forgetAnswered(half, half.items).submissions[0]?.sentKeys).toEqual({ 2: 'k2' })
})

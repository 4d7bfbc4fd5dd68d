import { describe, expect, it } from 'vitest'
import type { Batch } from './batch.ts'
import { omit } from './batch-changes.ts'
import { cancelSubmission, failSubmission } from './batch-rules.ts'
import { retryItems } from './retry-rules.ts'
import { batchOf, itemOf, running, states, submission } from '../testing/shared/small-batch.ts'

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

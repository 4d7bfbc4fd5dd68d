import { describe, expect, it } from 'vitest'
import { progressOf, summarise } from './batch-progress.ts'
import { putItems } from './batch-changes.ts'
import { acceptSubmission, applyResults, startSubmission } from './batch-rules.ts'
import { cancelItems } from './control-rules.ts'
import { batchOf, itemOf, running, start, SUBMITTED } from '../testing/shared/small-batch.ts'

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
    expect(progressOf(half)).toMatchObject({ run: 's', total: 3, done: 1, pending: 2 })
    const fewer = cancelItems(half, ['3'], () => false)
    expect(progressOf(fewer)).toMatchObject({ total: 2, done: 1, pending: 1 })
  })

  it('counts what is under way', () => {
    const half = applyResults(running('1', '2', '3'), 's', { keys: ['k1', 'k2', 'k3'], results: { k1: {} } })
    expect(progressOf(half)).toEqual({
      run: 's',
      total: 3,
      isPaused: false,
      done: 1,
      failed: 0,
      pending: 2,
    })
    expect(summarise(half)).toMatchObject({ total: 3, completed: 1, failed: 0, isRunning: true })
  })

  it('counts no run that was over, though the clock was set back since', () => {
    const over = applyResults(running('1'), 's', { keys: ['k1'], results: { k1: { latex: 'x' } } })
    const next = startSubmission(putItems(over, [itemOf('2')]), {
      id: 't',
      engine: { kind: 'local' },
      submittedAt: new Date(Date.parse(SUBMITTED) - 7_200_000).toISOString(),
      sentAs: new Map([['2', 'hosted']]),
    })
    expect(progressOf(next)).toMatchObject({ run: 't', total: 1, done: 0, pending: 1 })
  })
})

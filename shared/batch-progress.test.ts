import { describe, expect, it } from 'vitest'
import { progressOf, summarise } from './batch-progress.ts'
import { acceptSubmission, applyResults, startSubmission } from './batch-rules.ts'
import { cancelItems } from './control-rules.ts'
import { batchOf, itemOf, running, start, SUBMITTED } from './testing/small-batch.ts'

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

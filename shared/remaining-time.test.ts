import { describe, expect, it } from 'vitest'
import type { BatchProgress } from './batch-progress.ts'
import { createRemainingTime } from './remaining-time.ts'

const at = (done: number, patch: Partial<BatchProgress> = {}): BatchProgress => ({
  run: 'a',
  total: 10,
  done,
  failed: 0,
  pending: 10 - done,
  isPaused: false,
  ...patch,
})

function setUp() {
  let now = 5_000
  const remaining = createRemainingTime(() => now)
  return { remaining, pass: (seconds: number) => (now += 1000 * seconds) }
}

describe('the time that a run still takes', () => {
  it('is estimated from the pace so far, and unknown before the first result', () => {
    const { remaining, pass } = setUp()
    expect(remaining(at(0))).toBeUndefined()
    pass(6)
    expect(remaining(at(0))).toBeUndefined()
    expect(remaining(at(2))).toBe(24)
  })

  it('counts what was seen only: not what was done before, not another run, not a pause', () => {
    const { remaining, pass } = setUp()
    expect(remaining(at(8))).toBeUndefined()
    pass(10)
    expect(remaining(at(9))).toBe(10)
    expect(remaining(at(3, { run: 'b' }))).toBeUndefined()
    expect(remaining(at(9))).toBe(10)
    expect(remaining(at(9, { isPaused: true }))).toBeUndefined()
    pass(1000)
    expect(remaining(at(9))).toBeUndefined()
  })

  it('is unknown while nothing runs', () => {
    const { remaining } = setUp()
    expect(remaining({ total: 3, done: 3, failed: 0, pending: 0, isPaused: false })).toBeUndefined()
  })
})

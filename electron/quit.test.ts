import { describe, expect, it } from 'vitest'
import { closeInOrder, type QuitDeps } from './quit.ts'

function setUp(overrides: Partial<QuitDeps> = {}) {
  let answer: () => void = () => undefined
  const asked: AbortSignal[] = []
  const slept: number[] = []
  const deps: QuitDeps = {
    isSending: () => true,
    close: () => new Promise<void>((resolve) => (answer = resolve)),
    askToWait: (signal) => {
      asked.push(signal)
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve(false)))
    },
    sleep: (ms) => {
      slept.push(ms)
      return Promise.resolve()
    },
    ...overrides,
  }
  return { deps, asked, slept, answer: () => answer() }
}

const isSettled = (work: Promise<unknown>) =>
  Promise.race([work.then(() => true), new Promise((resolve) => setImmediate(() => resolve(false)))])

describe('quitting', () => {
  it('waits for the answer to a request on its way, says so, and ends by itself when it is there', async () => {
    const { deps, asked, answer } = setUp()
    const closing = closeInOrder(deps)
    expect(await isSettled(closing)).toBe(false)
    expect(asked).toHaveLength(1)
    answer()
    await closing
    expect(asked[0]?.aborted).toBe(true)
  })

  it('ends without the answer when the user says so', async () => {
    const { deps } = setUp({ askToWait: () => Promise.resolve(true) })
    await closeInOrder(deps)
  })

  it('does not wait for ever where no answer is to come', async () => {
    const { deps, asked, slept } = setUp({ isSending: () => false })
    await closeInOrder(deps)
    expect(asked).toHaveLength(0)
    expect(slept.reduce((sum, ms) => sum + ms, 0)).toBe(5000)
  })
})

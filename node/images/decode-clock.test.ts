import { Worker } from 'node:worker_threads'
import { expect, it } from 'vitest'
import { startDecodeClock } from './decode-clock.ts'

/** One thread that never rests, of so many that are said to work; answers the processor time in ms that it had. */
async function overrun(limitMs: number, working: number): Promise<{ usedMs: number; passedMs: number }> {
  const busy = new Worker('for (;;);', { eval: true })
  await new Promise((resolve) => busy.once('online', resolve))
  const begun = performance.now()
  const before = process.cpuUsage()
  await new Promise<void>((resolve) => void startDecodeClock(limitMs, resolve, () => working))
  const { user, system } = process.cpuUsage(before)
  const passedMs = performance.now() - begun
  await busy.terminate()
  return { usedMs: (user + system) / 1000, passedMs }
}

it('ends a decoder that has had its time', async () => {
  const { usedMs, passedMs } = await overrun(100, 1)
  expect(passedMs).toBeGreaterThanOrEqual(99)
  // A machine that lets nobody run is no reason to wait for ever.
  expect(usedMs >= 99 || passedMs >= 1500).toBe(true)
})

it('does not count what the other threads of the pool used as the time of one', async () => {
  const { usedMs, passedMs } = await overrun(100, 4)
  expect(usedMs >= 396 || passedMs >= 1500).toBe(true)
})

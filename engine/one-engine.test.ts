import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createDataDir, startTestEngine } from '../testing/engine/test-engine.ts'

let dir: string
let removeData: () => Promise<void>
beforeEach(async () => {
  const data = await createDataDir()
  dir = data.path
  removeData = data.remove
})
afterEach(() => removeData())

it('is the only one of two engines that start at once on one folder', async () => {
  const outcomes = await Promise.allSettled([startTestEngine(dir), startTestEngine(dir)])
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  for (const outcome of outcomes) if (outcome.status === 'fulfilled') await outcome.value.close()
  const next = await startTestEngine(dir)
  await next.close()
})

it('gives the folder back when it cannot start', async () => {
  const blocker = createServer().listen(0, '127.0.0.1')
  await once(blocker, 'listening')
  const { port } = blocker.address() as AddressInfo
  await expect(startTestEngine(dir, { port })).rejects.toThrow(/EADDRINUSE/)
  blocker.close()
  const next = await startTestEngine(dir)
  await next.close()
})

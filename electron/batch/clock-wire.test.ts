import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isDone } from '../../shared/batch-progress.ts'
import { ok } from '../../shared/result.ts'
import { sleep } from '../sleep.ts'
import { send } from '../../testing/node/fake-mathpix.ts'
import { ServiceKit, unwrap } from '../../testing/electron/service-kit.ts'
import { PACE, watchRuns } from '../../testing/electron/watch-runs.ts'

const HOURS = 3_600_000

let kit: ServiceKit
/** Milliseconds by which somebody has set the clock. */
let set: number
/** Milliseconds that went by in waits that were cut short; what is waited for at once counts twice. */
let ahead: number
/** What the service waited for, ms. */
let waits: number[]
/** Waits for the rate plan end only after this. */
let minutes: Promise<void>
beforeEach(async () => {
  set = 0
  ahead = 0
  waits = []
  minutes = Promise.resolve()
  kit = await ServiceKit.start()
})
afterEach(() => kit.stop())

const { states } = watchRuns(() => kit)
const elapsed = () => performance.now() + ahead
const now = () => Date.now() + ahead + set
const open = () =>
  kit.open({
    ...PACE,
    now,
    elapsed,
    sleep: async (ms, signal) => {
      waits.push(ms)
      if (ms > 45_000) await minutes
      await sleep(1, signal)
      if (!signal.aborted) ahead += ms
    },
    connect: async () => ok({ ...unwrap(await kit.connection()), now }),
  })

describe.each([
  ['back', -2 * HOURS],
  ['forward', 2 * HOURS],
])('a clock that is set %s by two hours', (_, leap) => {
  it('holds no part of a run back, and lets none pass the rate plan', async () => {
    const posts: { readonly at: number; readonly images: number }[] = []
    kit.server.before = ({ method, json }) => {
      if (method === 'POST')
        posts.push({ at: elapsed(), images: Object.keys((json as { urls: object }).urls).length })
      return Promise.resolve()
    }
    let goOn: () => void = () => undefined
    minutes = new Promise((resolve) => (goOn = resolve))
    await open()
    const id = await kit.batchWith(8)
    unwrap(await kit.service.submitBatch(id))
    // The minute of the rate plan is full; then the clock is set, and the others have their turn.
    await kit.until(id, ({ submissions }) => submissions[1]?.batch_id !== undefined)
    set = leap
    goOn()
    await kit.until(id, isDone)
    expect(states(id)).toEqual(Array.from({ length: 8 }, () => 'completed'))
    expect(Math.max(...waits)).toBeLessThanOrEqual(60_000)
    expect(ahead).toBeLessThan(10 * 60_000)
    for (const { at } of posts) {
      const within = posts.filter((other) => other.at >= at && other.at < at + 59_000)
      expect(within.reduce((sum, { images }) => sum + images, 0)).toBeLessThanOrEqual(PACE.imagesPerMinute)
    }
  })

  it('changes nothing about how long a server asks to wait', async () => {
    await open()
    const id = await kit.batchWith(1)
    const inThirtySeconds = () => new Date(Date.now() + 30_000).toUTCString()
    kit.server.next.push((_request, response) => {
      set = leap
      const headers = { 'retry-after': inThirtySeconds(), date: new Date().toUTCString() }
      send(response, {}, 429, headers)
    })
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, isDone)
    expect(Math.max(...waits)).toBeGreaterThanOrEqual(29_000)
    expect(Math.max(...waits)).toBeLessThanOrEqual(31_000)
  })

  it('changes nothing about how often results are asked for', async () => {
    kit.server.finishedKeys = (keys, polls) => {
      set = leap
      return keys.slice(0, polls)
    }
    await open()
    const id = await kit.batchWith(2)
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, isDone)
    expect(Math.max(...waits)).toBeLessThanOrEqual(10_000)
  })
})

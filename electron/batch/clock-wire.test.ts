import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isDone } from '../../shared/batch-progress.ts'
import { ok } from '../../shared/result.ts'
import { send } from '../testing/fake-v3-server.ts'
import { ServiceKit, unwrap } from '../testing/service-kit.ts'
import { PACE, watchRuns } from '../testing/watch-runs.ts'

const HOURS = 3_600_000

let kit: ServiceKit
/** Milliseconds by which somebody has set the clock. */
let set = 0
beforeEach(async () => {
  set = 0
  kit = await ServiceKit.start()
})
afterEach(() => kit.stop())

const { states } = watchRuns(() => kit)
const wrongClock = () => kit.now() + set
const open = () =>
  kit.open({
    ...PACE,
    now: wrongClock,
    connect: async () => ok({ ...unwrap(await kit.connection()), now: wrongClock }),
  })
/** Everything that the service waited for, ms; the waits of a run overlap, none of them is over an hour. */
const waited = () => kit.elapsed() - performance.now()

describe.each([
  ['back', -2 * HOURS],
  ['forward', 2 * HOURS],
])('a clock that is set %s by two hours', (_, leap) => {
  it('holds no part of a run back, and lets none pass the rate plan', async () => {
    const times: { readonly at: number; readonly images: number }[] = []
    kit.server.before = ({ method, json }) => {
      if (method === 'POST') {
        times.push({ at: kit.elapsed(), images: Object.keys((json as { urls: object }).urls).length })
        // After the reply to the first POST, which the rate plan counts from.
        if (times.length === 2) set = leap
      }
      return Promise.resolve()
    }
    await open()
    const id = await kit.batchWith(8)
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, isDone)
    expect(states(id)).toEqual(Array.from({ length: 8 }, () => 'completed'))
    expect(waited()).toBeLessThan(10 * 60_000)
    for (const { at } of times) {
      const within = times.filter((other) => other.at >= at && other.at < at + 59_000)
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
    const wait = kit.sleeps.find((ms) => ms > 20_000)
    expect(wait).toBeGreaterThanOrEqual(29_000)
    expect(Math.max(...kit.sleeps)).toBeLessThanOrEqual(31_000)
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
    expect(Math.max(...kit.sleeps)).toBeLessThanOrEqual(10_000)
    expect(waited()).toBeLessThan(60_000)
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ok } from '../../shared/result.ts'
import { FakeMathpix, send, type Answer } from '../../testing/node/fake-mathpix.ts'
import { apiFetch } from './api-fetch.ts'
import { LOCAL_PACE, MATHPIX_PACE, pollBatch, pollDelay, type PollEvent } from './poll.ts'
import { backoffMs, isRateLimit, isRetryable, parseRetryAfter } from './retry-rules.ts'

describe('pollDelay', () => {
  it.each([
    ['first, few images', MATHPIX_PACE, 2, 0, 0, 0, 1000],
    ['first, one second per five', MATHPIX_PACE, 20, 0, 0, 0, 4000],
    ['first, never above ten', MATHPIX_PACE, 5000, 0, 0, 0, 10_000],
    ['first, this computer', LOCAL_PACE, 5000, 0, 0, 0, 250],
    ['remaining × elapsed / done', MATHPIX_PACE, 10, 5, 4000, 1, 4000],
    ['nearly done: not faster than once a second', MATHPIX_PACE, 100, 99, 9000, 3, 1000],
    ['far from done: at most ten seconds', MATHPIX_PACE, 1000, 1, 9000, 3, 10_000],
    ['this computer: at most a second', LOCAL_PACE, 1000, 1, 9000, 3, 1000],
    ['nothing yet: slower with time', MATHPIX_PACE, 10, 0, 20_000, 3, 5000],
  ])('%s', (_, pace, total, done, elapsedMs, polls, delay) => {
    expect(pollDelay(pace, { total, done, elapsedMs, polls })).toBe(delay)
  })
})

describe('the rules of trying again', () => {
  it.each([
    [null, undefined],
    ['', undefined],
    ['soon', undefined],
    ['0', 0],
    ['7', 7000],
    ['1.5', 1500],
    ['Thu, 01 Jan 1970 00:01:00 GMT', 50_000],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
  ])('Retry-After %s is %s ms', (value, ms) => {
    expect(parseRetryAfter(value, 10_000)).toBe(ms)
  })

  it('waits 1, 2, 4 … 60 s, spread, and as long as the server says', () => {
    expect([0, 1, 2, 9].map((attempt) => backoffMs(attempt, () => 0.5))).toEqual([1000, 2000, 4000, 60_000])
    expect(backoffMs(0, () => 0)).toBe(750)
    expect(backoffMs(0, () => 1)).toBe(1250)
    expect(backoffMs(5, () => 0.5, 3000)).toBe(3000)
  })

  it.each([
    [{ kind: 'mathpix', id: 'http_max_requests', message: '' }, true, true],
    [
      {
        kind: 'mathpix',
        id: 'http_max_requests',
        message: '',
        detail: { limit_name: 'image_monthly_limit' },
      },
      false,
      false,
    ],
    [{ kind: 'mathpix', id: 'sys_exception', message: '' }, true, false],
    [{ kind: 'mathpix', id: 'brand_new_id', message: '' }, false, false],
    [{ kind: 'mathpix', id: 'http_unauthorized', message: '' }, false, false],
    [{ kind: 'network', reason: 'reset', message: '' }, true, false],
    [{ kind: 'storage', message: '' }, false, false],
  ] as const)('%j', (error, retryable, rateLimit) => {
    expect(isRetryable(error)).toBe(retryable)
    expect(isRateLimit(error)).toBe(rateLimit)
  })
})

describe('pollBatch', () => {
  let server: FakeMathpix
  const slept: number[] = []
  beforeEach(async () => {
    server = await FakeMathpix.start()
    slept.length = 0
  })
  afterEach(() => server.stop())

  async function collect(count: number, isResumed = false): Promise<PollEvent[]> {
    const events: PollEvent[] = []
    const poll = pollBatch({
      connect: () =>
        Promise.resolve(
          ok({ fetch: apiFetch, baseUrl: server.origin, credentials: { app_id: 'a', app_key: 'b' } }),
        ),
      batch_id: 5,
      pace: MATHPIX_PACE,
      total: 20,
      isResumed,
      signal: new AbortController().signal,
      sleep: (ms) => {
        slept.push(ms)
        return Promise.resolve()
      },
      clock: { now: () => 0, elapsed: () => slept.reduce((sum, ms) => sum + ms, 0) },
      random: () => 0.5,
    })
    for await (const event of poll) {
      events.push(event)
      if (events.length === count) break
    }
    return events
  }

  it('waits first, then asks by the pace so far', async () => {
    server.next.push(
      (_, response) => send(response, { keys: ['a', 'b'], results: { a: { latex: 'x' } } }),
      (_, response) => send(response, { keys: ['a', 'b'], results: null }),
    )
    const events = await collect(2)
    expect(events.map(({ kind }) => kind)).toEqual(['results', 'results'])
    expect(slept).toEqual([4000, 10_000])
  })

  it('asks at once after a restart', async () => {
    server.next.push((_, response) => send(response, { keys: ['a'], results: {} }))
    await collect(1, true)
    expect(slept).toEqual([])
  })

  it('waits as the server says on 429 and longer each time on anything that may pass', async () => {
    server.next.push(
      (_, response) => send(response, {}, 429, { 'retry-after': '9' }),
      (_, response) => response.destroy(),
      (_, response) => response.end('<html>'),
      (_, response) => send(response, { keys: ['a'], results: {} }),
    )
    const events = await collect(4, true)
    expect(events.map(({ kind }) => kind)).toEqual(['waiting', 'waiting', 'waiting', 'results'])
    expect(slept).toEqual([9000, 2000, 4000])
  })

  const unknown: Answer = (_, response) =>
    send(response, {
      error: 'Unknown batch id',
      error_info: { id: 'batch_unknown_id', message: 'Unknown batch id' },
    })

  it('believes that the server does not know the batch only after it has said so for ten minutes', async () => {
    server.next.push(...Array.from({ length: 20 }, () => unknown))
    const events = await collect(20, true)
    const waits = events.findIndex(({ kind }) => kind === 'doubtful')
    expect(events.slice(0, waits).every(({ kind }) => kind === 'waiting')).toBe(true)
    expect(slept.slice(0, waits).reduce((sum, ms) => sum + ms, 0)).toBeGreaterThanOrEqual(600_000)
    expect(events[waits]).toMatchObject({ kind: 'doubtful', error: { id: 'batch_unknown_id' } })
  })

  it('goes on when one server of many has not heard of the batch yet', async () => {
    server.next.push(unknown, (_, response) =>
      send(response, { keys: ['a'], results: { a: { latex: 'x' } } }),
    )
    expect((await collect(2, true)).map(({ kind }) => kind)).toEqual(['waiting', 'results'])
  })
})

import { expect } from 'vitest'
import { networkError } from '../../../electron/mathpix/network-error.ts'
import { drip, hangUp, replyHtml, silence } from './acts.ts'
import { goesOn, unclear, unnoticed, type FaultCase, type Scene } from './fault-case.ts'

const late = networkError('timeout')
const DAY = 86_400_000
/** Stands for the 90 and 30 seconds that a request may take, so that nobody waits for them here. */
const SOON = { post: 400, get: 400 }

/** Never faster than once a second, never slower than the pace allows, whatever the clock says. */
const checkPace = ({ waits }: Scene) => {
  for (const ms of waits) expect(ms).toBeGreaterThanOrEqual(1000)
  for (const ms of waits) expect(ms).toBeLessThanOrEqual(10_000)
}

/** The clock is wrong by `ms` from the first wait on; results come one poll later. */
const leap = (name: string, ms: number): FaultCase => ({
  name,
  at: 'ask',
  arrange: (scene) => {
    scene.onWait = () => {
      scene.clockError = ms
    }
  },
  ends: unnoticed,
  sends: 1,
  check: checkPace,
})

export const timeCases: readonly FaultCase[] = [
  {
    name: 'The server takes the batch and is silent (90 s)',
    at: 'send',
    arrange: (scene) => {
      scene.timeouts = { post: SOON.post }
      scene.server.fail('send', silence)
    },
    ends: unclear(late.message),
    sends: 1,
  },
  {
    name: 'The answer comes a byte at a time',
    at: 'send',
    arrange: ({ server }) => server.fail('send', drip(false)),
    ends: unnoticed,
    sends: 1,
  },
  {
    name: 'The answer comes a byte at a time and never ends (90 s)',
    at: 'send',
    arrange: (scene) => {
      scene.timeouts = { post: SOON.post }
      scene.server.fail('send', drip(true))
    },
    ends: unclear(late.message),
    sends: 1,
  },
  {
    name: 'The computer sleeps while the batch is sent, and the connection is gone when it wakes',
    at: 'send',
    arrange: (scene) => {
      scene.server.fail('send', {
        at: 'request',
        act: (socket, request, server) => {
          scene.clockError = DAY / 3
          hangUp('reset').act(socket, request, server)
        },
      })
    },
    ends: unclear(networkError('reset').message),
    sends: 1,
  },
  {
    name: 'The server is silent (30 s)',
    at: 'ask',
    arrange: (scene) => {
      scene.timeouts = { get: SOON.get }
      scene.server.fail('ask', silence)
    },
    ends: goesOn(late),
    sends: 1,
  },
  {
    name: 'The results come a byte at a time',
    at: 'ask',
    arrange: ({ server }) => server.fail('ask', drip(false)),
    ends: unnoticed,
    sends: 1,
  },
  {
    name: 'The results come a byte at a time and never end (30 s)',
    at: 'ask',
    arrange: (scene) => {
      scene.timeouts = { get: SOON.get }
      scene.server.fail('ask', drip(true))
    },
    ends: goesOn(late),
    sends: 1,
  },
  leap('The clock is set forward by a day', DAY),
  leap('The clock is set back by a day', -DAY),
  leap('The computer sleeps for eight hours between two polls', DAY / 3),
  {
    name: 'The computer sleeps for eight hours while the server is away',
    at: 'ask',
    arrange: (scene) => {
      scene.server.fail('ask', replyHtml(503), 2)
      scene.onWait = () => {
        scene.clockError = DAY / 3
      }
    },
    ends: goesOn(networkError('http', 503)),
    sends: 1,
    check: checkPace,
  },
  {
    name: 'The server asks to wait until a time long gone',
    at: 'ask',
    arrange: ({ server }) =>
      server.fail('ask', replyHtml(429, { 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' })),
    ends: goesOn({ kind: 'mathpix', id: 'http_max_requests', message: '' }),
    sends: 1,
    check: checkPace,
  },
  {
    name: 'The server asks to wait for years: an hour is waited',
    at: 'ask',
    arrange: ({ server }) => server.fail('ask', replyHtml(429, { 'retry-after': '999999999' })),
    ends: goesOn({ kind: 'mathpix', id: 'http_max_requests', message: '' }),
    sends: 1,
    check: ({ waits }) => expect(Math.max(...waits)).toBe(3_600_000),
  },
  {
    name: 'The server is silent (90 s)',
    at: 'upload',
    arrange: (scene) => {
      scene.timeouts = { post: SOON.post }
      scene.server.fail('upload', silence)
    },
    ends: unclear(late.message),
    sends: 1,
  },
]

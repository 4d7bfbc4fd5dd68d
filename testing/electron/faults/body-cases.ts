import { gzipSync } from 'node:zlib'
import { expect } from 'vitest'
import { cutBehind, flood, flooded, reply, replyChanged, replyHtml, replyJson } from './acts.ts'
import { goesOn, unclear, unnoticed, type FaultCase } from './fault-case.ts'
import type { Fault } from '../fault-server.ts'
import { unexpected } from '../../../electron/mathpix/read-reply.ts'

const NO_DATA = 'The server answered with a page or a text instead of data.'
const NO_RESULTS = 'The server answered with something other than results.'
const NO_NUMBER = 'The server answered without a number for the batch.'
const TOO_LARGE = 'The answer is far too large.'

/** Bodies that say nothing, whatever they answer. */
const UNUSABLE: readonly (readonly [name: string, fault: Fault, message?: string])[] = [
  ['An empty body', reply({})],
  ['HTTP 204', reply({ status: 204 })],
  ['A page of HTML (a hotel’s sign-in)', replyHtml(200)],
  ['Text instead of data', reply({ headers: { 'content-type': 'text/plain' }, body: 'OK' })],
  ['JSON that breaks off', reply({ body: '{"batch_id": 1, "keys": ["0001' })],
  ['JSON: a list', reply({ body: '[]' })],
  ['JSON: null', reply({ body: 'null' })],
  ['JSON: a number', reply({ body: '17' })],
  ['Bytes that are no text', reply({ body: Buffer.from([0xff, 0xfe, 0x00, 0x80, 0x7b]) })],
  [
    'Said to be gzip, and is not',
    reply({ headers: { 'content-encoding': 'gzip' }, body: '{}' }),
    'The connection was lost.',
  ],
  ['100 MB, announced', flood(true), TOO_LARGE],
  ['100 MB, unannounced', flood(false), TOO_LARGE],
]

/** Of 100 MB at most the bound and what the sockets hold is ever taken. */
const checkCut = () => expect(flooded.bytes).toBeLessThan(80 * 1024 * 1024)

/** The right answer in unusual clothes. */
const USABLE: readonly (readonly [name: string, fault: Fault])[] = [
  [
    'The right answer, called text',
    replyChanged((body) => ({ body, headers: { 'content-type': 'text/plain' } })),
  ],
  [
    'The right answer, called HTML',
    replyChanged((body) => ({ body, headers: { 'content-type': 'text/html' } })),
  ],
  ['The right answer after a byte order mark', replyChanged((body) => ({ body: `\uFEFF${body}` }))],
  [
    'The right answer, compressed',
    replyChanged((body) => ({ body: gzipSync(body), headers: { 'content-encoding': 'gzip' } })),
  ],
  [
    'The right answer with members nobody knows',
    replyChanged((body) => ({ body: body.replace('{', '{"new":{"a":[1]},') })),
  ],
  [
    'The right answer with an empty `error`',
    replyChanged((body) => ({ body: body.replace('{', '{"error":"",') })),
  ],
]

const wholeAt = (status: number) => replyChanged((body) => ({ body, status }))

const sent: readonly FaultCase[] = [
  ...UNUSABLE.map(([name, fault, message = NO_DATA]): FaultCase => ({
    name,
    at: 'send',
    arrange: ({ server }) => server.fail('send', fault),
    ends: unclear(message),
    sends: 1,
    ...(message === TOO_LARGE ? { check: checkCut } : {}),
  })),
  ...USABLE.map(([name, fault]): FaultCase => ({
    name,
    at: 'send',
    arrange: ({ server }) => server.fail('send', fault),
    ends: unnoticed,
    sends: 1,
  })),
  ...[
    ['No `batch_id`', {}] as const,
    ['`batch_id` null', { batch_id: null }] as const,
    ['`batch_id` empty', { batch_id: '' }] as const,
    ['`batch_id` with decimals', { batch_id: 1.5 }] as const,
    ['`batch_id` as an object', { batch_id: { id: 1 } }] as const,
  ].map(([name, body]): FaultCase => ({
    name,
    at: 'send',
    arrange: ({ server }) => server.fail('send', replyJson(body)),
    ends: unclear(NO_NUMBER),
    sends: 1,
  })),
  {
    name: '`batch_id` as text',
    at: 'send',
    arrange: ({ server }) =>
      server.fail(
        'send',
        replyChanged((body) => ({ body: body.replace(/(\d+)/, '"$1"') })),
      ),
    ends: unnoticed,
    sends: 1,
  },
  {
    name: '`batch_id` beside an error: it was accepted',
    at: 'send',
    arrange: ({ server }) =>
      server.fail(
        'send',
        replyChanged((body) => ({ body: body.replace('{', '{"error":"Low on ink",') })),
      ),
    ends: unnoticed,
    sends: 1,
  },
  ...[200, 302, 404, 429, 500, 503].map((status): FaultCase => ({
    name: `\`batch_id\`, and ${status === 200 ? 'the connection breaks off behind it' : `HTTP ${String(status)}`}: it was accepted`,
    at: 'send',
    arrange: ({ server }) => server.fail('send', status === 200 ? cutBehind : wholeAt(status)),
    ends: unnoticed,
    sends: 1,
  })),
]

const asked: readonly FaultCase[] = [
  ...UNUSABLE.map(([name, fault, message = NO_DATA]): FaultCase => ({
    name,
    at: 'ask',
    arrange: ({ server }) => server.fail('ask', fault),
    ends: message.startsWith('The connection')
      ? goesOn({ kind: 'network', reason: 'reset', message })
      : goesOn(unexpected(message)),
    sends: 1,
    ...(message === TOO_LARGE ? { check: checkCut } : {}),
  })),
  ...USABLE.map(([name, fault]): FaultCase => ({
    name,
    at: 'ask',
    arrange: ({ server }) => server.fail('ask', fault),
    ends: unnoticed,
    sends: 1,
  })),
]

const uploaded: readonly FaultCase[] = [
  ['An empty body', reply({}), NO_DATA] as const,
  ['A page of HTML (a hotel’s sign-in)', replyHtml(200), NO_DATA] as const,
  ['JSON that is no result', replyJson({ welcome: 'to the hotel' }), NO_RESULTS] as const,
  ['100 MB, announced', flood(true), TOO_LARGE] as const,
].map(([name, fault, message]): FaultCase => ({
  name,
  at: 'upload',
  arrange: ({ server }) => server.fail('upload', fault),
  ends: unclear(message),
  sends: 1,
}))

const uploadedWhole: FaultCase = {
  name: 'The connection breaks off behind the whole answer',
  at: 'upload',
  arrange: ({ server }) => server.fail('upload', cutBehind),
  ends: unnoticed,
  sends: 1,
}

export const bodyCases: readonly FaultCase[] = [...sent, ...asked, ...uploaded, uploadedWhole]

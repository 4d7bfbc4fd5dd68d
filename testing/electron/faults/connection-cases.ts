import { networkError } from '../../../electron/mathpix/network-error.ts'
import { babble, cutChunks, cutHeaders, cutOff, goDown, hangUp } from './acts.ts'
import { goesOn, unclear, type FaultCase } from './fault-case.ts'

const lost = networkError('reset')

/** The connection breaks after it came about, before the whole answer is there. */
export const connectionCases: readonly FaultCase[] = [
  {
    name: 'The connection is reset after the request was read',
    at: 'send',
    arrange: ({ server }) => server.fail('send', hangUp('reset')),
    ends: unclear(lost.message),
    sends: 1,
  },
  {
    name: 'The connection is reset in the middle of the request',
    at: 'send',
    arrange: ({ server }) => server.fail('send', hangUp('reset', 'headers')),
    ends: unclear(lost.message),
    sends: 1,
  },
  {
    name: 'The server closes the connection without an answer',
    at: 'send',
    arrange: ({ server }) => server.fail('send', hangUp('close')),
    ends: unclear(lost.message),
    sends: 1,
  },
  {
    name: 'The server closes its half of the connection before the request is read',
    at: 'send',
    arrange: ({ server }) => server.fail('send', hangUp('close', 'headers')),
    ends: unclear(lost.message),
    sends: 1,
  },
  {
    name: 'The answer breaks off in its headers',
    at: 'send',
    arrange: ({ server }) => server.fail('send', cutHeaders),
    ends: unclear(lost.message),
    sends: 1,
  },
  {
    name: 'The answer breaks off after its headers (reset)',
    at: 'send',
    arrange: ({ server }) => server.fail('send', cutOff('headers', 'reset')),
    ends: unclear(lost.message),
    sends: 1,
  },
  {
    name: 'The answer breaks off in the middle (closed)',
    at: 'send',
    arrange: ({ server }) => server.fail('send', cutOff('half', 'close')),
    ends: unclear(lost.message),
    sends: 1,
  },
  {
    name: 'An answer in chunks breaks off',
    at: 'send',
    arrange: ({ server }) => server.fail('send', cutChunks),
    ends: unclear(lost.message),
    sends: 1,
  },
  {
    name: 'The answer is not HTTP',
    at: 'send',
    arrange: ({ server }) => server.fail('send', babble),
    ends: unclear(lost.message),
    sends: 1,
  },
  {
    name: 'The server goes down after it took the batch',
    at: 'send',
    arrange: ({ server }) => server.fail('send', goDown(true)),
    ends: unclear(lost.message),
    sends: 1,
  },
  {
    name: 'The connection is reset',
    at: 'ask',
    arrange: ({ server }) => server.fail('ask', hangUp('reset'), 3),
    ends: goesOn(lost),
    sends: 1,
  },
  {
    name: 'The server closes the connection without an answer',
    at: 'ask',
    arrange: ({ server }) => server.fail('ask', hangUp('close')),
    ends: goesOn(lost),
    sends: 1,
  },
  {
    name: 'The results break off after their headers (reset)',
    at: 'ask',
    arrange: ({ server }) => server.fail('ask', cutOff('headers', 'reset')),
    ends: goesOn(lost),
    sends: 1,
  },
  {
    name: 'The results break off in the middle (closed)',
    at: 'ask',
    arrange: ({ server }) => server.fail('ask', cutOff('half', 'close')),
    ends: goesOn(lost),
    sends: 1,
  },
  {
    name: 'Results in chunks break off',
    at: 'ask',
    arrange: ({ server }) => server.fail('ask', cutChunks),
    ends: goesOn(lost),
    sends: 1,
  },
  {
    name: 'The answer is not HTTP',
    at: 'ask',
    arrange: ({ server }) => server.fail('ask', babble),
    ends: goesOn(lost),
    sends: 1,
  },
  {
    name: 'The connection is reset after the image was read',
    at: 'upload',
    arrange: ({ server }) => server.fail('upload', hangUp('reset')),
    ends: unclear(lost.message),
    sends: 1,
  },
  {
    name: 'The connection is reset in the middle of the image',
    at: 'upload',
    arrange: ({ server }) => server.fail('upload', hangUp('reset', 'headers')),
    ends: unclear(lost.message),
    sends: 1,
  },
  {
    name: 'The answer breaks off in the middle (closed)',
    at: 'upload',
    arrange: ({ server }) => server.fail('upload', cutOff('half', 'close')),
    ends: unclear(lost.message),
    sends: 1,
  },
]

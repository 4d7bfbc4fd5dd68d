import type { Socket } from 'node:net'
import { networkError } from '../../mathpix/network-error.ts'
import { createApiFetch } from '../../mathpix/api-fetch.ts'
import { FaultServer } from '../../testing/fault-server.ts'
import { selfSigned } from '../../testing/self-signed.ts'
import { babble, cutChunks, cutHeaders, cutOff, goDown, hangUp } from './acts.ts'
import { comesBack, givesUp, goesOn, unclear, type FaultCase, type Scene } from './fault-case.ts'

const MINUTES = 60_000
const NOWHERE = 'http://no-such-server.invalid'
const offline = networkError('offline')
const refused = networkError('refused')
const lost = networkError('reset')
const tls = networkError('tls')

/** The address leads nowhere until the client has waited that long. */
const unreachableFor = (ms: number) => (scene: Scene) => {
  scene.baseUrl = NOWHERE
  scene.onWait = (waited) => {
    if (waited >= ms) scene.baseUrl = scene.server.origin
  }
}

/** Nobody listens until the client has waited that long. */
const comesUpAfter = (ms: number) => (scene: Scene) => {
  scene.onWait = (waited) => {
    if (waited >= ms) void scene.server.up()
  }
}

/** What the client meets at an https address; after the first wait the proper server is there. */
const behindTls = (socketDoes: (socket: Socket) => void) => (scene: Scene) => {
  scene.baseUrl = scene.server.origin.replace('http:', 'https:')
  scene.server.onConnection = (socket) => {
    socketDoes(socket)
    return true
  }
  scene.onWait = () => {
    scene.server.onConnection = undefined
    scene.baseUrl = scene.server.origin
  }
}

async function secureServer(scene: Scene, options: Parameters<typeof FaultServer.start>[0]) {
  const server = await FaultServer.start(options)
  scene.cleanUp.push(() => server.stop())
  return server
}

const sent: readonly FaultCase[] = [
  {
    name: 'The server is not running for a minute (connection refused)',
    at: 'send',
    arrange: (scene) => {
      scene.server.down()
      comesUpAfter(MINUTES)(scene)
    },
    ends: goesOn(refused),
    sends: 1,
  },
  {
    name: 'The server does not come back for an hour',
    at: 'send',
    arrange: ({ server }) => server.down(),
    ends: givesUp(refused),
    sends: 0,
  },
  {
    name: 'The server’s name cannot be resolved (DNS)',
    at: 'send',
    arrange: unreachableFor(1),
    ends: goesOn(offline),
    sends: 1,
  },
  {
    name: 'The network is away for ten minutes',
    at: 'send',
    arrange: unreachableFor(10 * MINUTES),
    ends: goesOn(offline),
    sends: 1,
  },
  {
    name: 'The network does not come back for an hour',
    at: 'send',
    arrange: unreachableFor(48 * 60 * MINUTES),
    ends: givesUp(offline),
    sends: 0,
  },
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
    name: 'TLS: a certificate that nobody vouches for',
    at: 'send',
    arrange: async (scene) => {
      scene.baseUrl = (await secureServer(scene, selfSigned())).origin
    },
    ends: comesBack(tls),
    sends: 0,
  },
  {
    name: 'TLS: no common way to encrypt',
    at: 'send',
    arrange: async (scene) => {
      scene.baseUrl = (await secureServer(scene, {})).origin
    },
    ends: comesBack(tls),
    sends: 0,
  },
  {
    name: 'TLS: the server speaks plain HTTP',
    at: 'send',
    arrange: (scene) => {
      scene.baseUrl = scene.server.origin.replace('http:', 'https:')
    },
    ends: comesBack(tls),
    sends: 0,
  },
  {
    name: 'TLS: the connection is reset in the handshake',
    at: 'send',
    arrange: behindTls((socket) => socket.once('data', () => socket.resetAndDestroy())),
    ends: goesOn(refused),
    sends: 1,
  },
  {
    name: 'TLS: the server closes the connection in the handshake',
    at: 'send',
    arrange: behindTls((socket) => socket.once('data', () => socket.end())),
    ends: goesOn(refused),
    sends: 1,
  },
  {
    name: 'TLS: the server is silent in the handshake',
    at: 'send',
    arrange: (scene) => {
      scene.fetch = createApiFetch({ connect: 300, idle: 60_000 })
      behindTls(() => undefined)(scene)
    },
    ends: goesOn(networkError('timeout')),
    sends: 1,
  },
]

const asked: readonly FaultCase[] = [
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
    name: 'The server’s name cannot be resolved (DNS), for ten minutes',
    at: 'ask',
    arrange: (scene) => {
      scene.onWait = (waited) => {
        // The first wait comes after the batch was sent.
        scene.baseUrl = waited < 10 * MINUTES ? NOWHERE : scene.server.origin
      }
    },
    ends: goesOn(offline),
    sends: 1,
  },
  {
    name: 'TLS: the certificate is bad for a while',
    at: 'ask',
    arrange: async (scene) => {
      const secure = await secureServer(scene, selfSigned())
      scene.onWait = (waited) => {
        scene.baseUrl = waited < MINUTES ? secure.origin : scene.server.origin
      }
    },
    ends: goesOn(tls),
    sends: 1,
  },
]

const uploaded: readonly FaultCase[] = [
  {
    name: 'The server is not running for a minute (connection refused)',
    at: 'upload',
    arrange: (scene) => {
      scene.server.down()
      comesUpAfter(MINUTES)(scene)
    },
    ends: goesOn(refused),
    sends: 1,
  },
  {
    name: 'The network is away for ten minutes',
    at: 'upload',
    arrange: unreachableFor(10 * MINUTES),
    ends: goesOn(offline),
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

export const connectionCases: readonly FaultCase[] = [...sent, ...asked, ...uploaded]

import type { Socket } from 'node:net'
import { createApiFetch } from '../../../electron/mathpix/api-fetch.ts'
import { networkError } from '../../../electron/mathpix/network-error.ts'
import { FaultServer } from '../fault-server.ts'
import { selfSigned } from '../self-signed.ts'
import { comesBack, goesOn, type FaultCase, type Scene } from './fault-case.ts'

const MINUTES = 60_000
const refused = networkError('refused')
const tls = networkError('tls')

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

/** The connection comes about, but cannot be encrypted. */
export const tlsCases: readonly FaultCase[] = [
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

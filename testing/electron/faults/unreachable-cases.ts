import { networkError } from '../../../electron/mathpix/network-error.ts'
import { givesUp, goesOn, type FaultCase, type Scene } from './fault-case.ts'

const MINUTES = 60_000
/** A label of a name has at most 63 signs: it cannot be resolved, and nobody is asked. */
const NOWHERE = `http://${'x'.repeat(64)}.invalid`
const offline = networkError('offline')
const refused = networkError('refused')

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

/** No connection comes about: the server or the network is away. */
export const unreachableCases: readonly FaultCase[] = [
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
]

import { networkError } from '../../../electron/mathpix/network-error.ts'
import { hangUp, reply, replyHtml } from './acts.ts'
import { goesOn, type FaultCase } from './fault-case.ts'

const local = { engine: 'local' } as const
/** A lost reply is settled by sending again: nothing is billed here. */
const sentAgain = goesOn({ kind: 'unclear_post', message: '' })

/** The engine inside the app: it bills nothing and is started again when it dies. */
export const localCases: readonly FaultCase[] = [
  {
    ...local,
    name: 'The engine is being started again (connection refused)',
    at: 'send',
    arrange: (scene) => {
      scene.server.down()
      scene.onWait = () => void scene.server.up()
    },
    ends: goesOn(networkError('refused')),
    sends: 1,
  },
  {
    ...local,
    name: 'The engine dies over the batch',
    at: 'send',
    arrange: ({ server }) => server.fail('send', hangUp('reset')),
    ends: sentAgain,
    sends: 2,
  },
  {
    ...local,
    name: 'An empty body',
    at: 'send',
    arrange: ({ server }) => server.fail('send', reply({})),
    ends: sentAgain,
    sends: 2,
  },
  {
    ...local,
    name: 'HTTP 500',
    at: 'send',
    arrange: ({ server }) => server.fail('send', replyHtml(500)),
    ends: sentAgain,
    sends: 2,
  },
  {
    ...local,
    name: 'The engine dies while it reads',
    at: 'ask',
    arrange: ({ server }) => server.fail('ask', hangUp('reset'), 5),
    ends: goesOn(networkError('reset')),
    sends: 1,
  },
  {
    ...local,
    name: 'HTTP 500',
    at: 'ask',
    arrange: ({ server }) => server.fail('ask', replyHtml(500)),
    ends: goesOn(networkError('http', 500)),
    sends: 1,
  },
]

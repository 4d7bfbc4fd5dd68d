import { expect } from 'vitest'
import { isDone } from '../../../shared/batch-progress.ts'
import { envelope, send, type Answer } from '../../node/fake-mathpix.ts'
import { eventually } from '../watch-runs.ts'
import type { AgainCase } from './again-case.ts'
import type { AgainScene } from './again-scene.ts'

/** What the server says, or does not say, of what it accepted. */
export const serverCases: readonly AgainCase[] = [
  {
    name: 'One server of many says `batch_unknown_id`',
    then: 'It is asked again.',
    sent: 1,
    run: async (scene) => {
      await scene.accepted()
      scene.kit.server.next.push(unknown, unknown)
      await scene.allRead()
    },
  },
  {
    name: 'The server says `batch_unknown_id` for ten minutes; Send again',
    then: 'It is asked once more; then it is the user’s choice.',
    sent: 2,
    run: async (scene) => {
      await unknownForLong(scene)
      expect(scene.timesSent()).toBe(1)
      await scene.resolve('send_again')
      scene.kit.server.next.length = 0
      await scene.allRead()
    },
  },
  {
    name: 'The same, and the server has found it when Send again is pressed',
    then: 'Its `batch_id` answers, and nothing is sent.',
    sent: 1,
    run: async (scene) => {
      await unknownForLong(scene)
      scene.kit.server.next.length = 0
      await scene.resolve('send_again')
      await scene.allRead()
    },
  },
  {
    name: 'The same, given up or canceled; Read again',
    then: 'Its `batch_id` is asked from the start.',
    sent: 1,
    run: async (scene) => {
      await unknownForLong(scene)
      await scene.resolve('give_up')
      expect(scene.items.map(({ state }) => state)).toEqual(['error', 'error'])
      scene.kit.server.next.length = 0
      await scene.readAgain()
      await scene.allRead()
    },
  },
  {
    name: 'The server answers completely without this image, and lists it after a while',
    then: 'It is asked again.',
    sent: 1,
    run: async (scene) => {
      await scene.accepted()
      for (let count = 0; count < 20; count += 1) scene.kit.server.next.push(withoutFirst(scene))
      await scene.allRead()
    },
  },
  {
    name: 'The server says null for this image for a while',
    then: 'It is asked again.',
    sent: 1,
    run: async (scene) => {
      await scene.accepted()
      const { resultOf } = scene.kit.server
      scene.serverReads('all')
      let polls = 0
      scene.kit.server.resultOf = (key) => ((polls += 1) < 20 ? (polls % 2 === 0 ? null : {}) : resultOf(key))
      await scene.until(isDone)
      expect(scene.items.map(({ state }) => state)).toEqual(['completed', 'completed'])
    },
  },
  {
    name: 'The server answers completely, and for ten minutes without this image; Read again',
    then: 'It was asked: the server never had the image.',
    sent: 2,
    run: async (scene) => {
      await scene.accepted()
      for (let count = 0; count < 90; count += 1) scene.kit.server.next.push(withoutFirst(scene))
      await scene.until(isDone)
      scene.kit.server.next.length = 0
      await scene.readAgain(scene.first)
      await scene.allRead()
    },
  },
  {
    name: 'The answer says that the image failed; Read again',
    then: 'The answer is here: it is sent because the user wants it.',
    sent: 2,
    run: async (scene) => {
      await scene.accepted()
      scene.kit.server.resultOf = () => envelope('image_no_content')
      scene.serverReads('all')
      await scene.until(isDone)
      scene.kit.server.resultOf = () => ({ latex_styled: 'x' })
      await scene.readAgain(scene.first)
      await scene.until(({ items }) => items[0]?.state === 'completed')
    },
  },
  {
    name: 'It was read; Read again',
    then: 'The answer is here: it is sent because the user wants it.',
    sent: 2,
    run: async (scene) => {
      await scene.accepted()
      await scene.allRead()
      await scene.readAgain(scene.first)
      await scene.allRead()
    },
  },
  {
    name: 'It was read, is read again, and that run is canceled; Read again',
    then: 'The `batch_id` of the second run is asked.',
    sent: 2,
    run: async (scene) => {
      await scene.accepted()
      await scene.allRead()
      scene.serverReads('nothing')
      await scene.readAgain()
      await scene.until(({ submissions }) => submissions[1]?.state === 'processing')
      await scene.cancel()
      await scene.readAgain()
      await scene.allRead()
    },
  },
  {
    name: 'Other keys for a moment',
    then: 'Only the keys that it was sent with ask; until they are back, it waits.',
    sent: 1,
    run: async (scene) => {
      await scene.accepted()
      scene.app_id = 'other'
      await scene.until(({ submissions }) => submissions[0]?.waiting?.reason.includes('other keys') === true)
      scene.app_id = 'id'
      await scene.allRead()
      const asked = scene.kit.server.requests.filter(({ method }) => method === 'GET')
      expect(new Set(asked.map(({ headers }) => headers['app_id']))).toEqual(new Set(['id']))
    },
  },
  {
    name: 'Canceled; Read again with other keys, which are changed back later',
    then: 'It waits for the keys that it was sent with, and is asked for with them.',
    sent: 1,
    run: async (scene) => {
      await scene.accepted()
      await scene.cancel()
      scene.app_id = 'other'
      await scene.readAgain()
      await scene.until(({ submissions }) => submissions[0]?.waiting !== undefined)
      scene.app_id = 'id'
      await scene.allRead()
    },
  },
  {
    name: 'Other keys for ten minutes; Send again',
    then: 'Nobody can be asked with these keys: it is the user’s choice.',
    sent: 2,
    run: async (scene) => {
      await scene.accepted()
      scene.app_id = 'other'
      await scene.until(({ submissions }) => submissions[0]?.state === 'unclear')
      await scene.resolve('send_again')
      await scene.allRead()
    },
  },
  {
    name: 'The reply is lost; Send again; the number of the first POST comes by its callback, and the second POST is refused; Convert',
    then: 'The `batch_id` of the first POST is asked.',
    sent: 2,
    run: async (scene) => {
      const { reply } = await lostWithCallback(scene)
      scene.kit.server.next.push((_, response) => send(response, envelope('opts_bad_callback')))
      await scene.resolve('send_again')
      await scene.until(({ items }) => items.every(({ state }) => state === 'ready'))
      await reply()
      await scene.convert()
      await scene.allRead()
    },
  },
]

/** A complete answer that does not list the first image. */
function withoutFirst(scene: AgainScene): Answer {
  const [, second = ''] = scene.items.map(({ key }) => key)
  return (_, response) => send(response, { keys: [second], results: { [second]: { latex_styled: 'x' } } })
}

const unknown = (_: unknown, response: Parameters<typeof send>[0]) =>
  send(response, envelope('batch_unknown_id'))

/** The server accepted it, and says that it does not know it until `next` is emptied. */
async function unknownForLong(scene: AgainScene): Promise<void> {
  await scene.accepted()
  scene.kit.server.next.push(...Array.from({ length: 500 }, () => unknown))
  await scene.until(({ submissions }) => submissions[0]?.state === 'unclear')
}

/** The server took the POST, the reply was lost; `reply` reports to the app's callback that it is there. */
async function lostWithCallback(scene: AgainScene): Promise<{ reply: () => Promise<void> }> {
  const { kit } = scene
  scene.publicBaseUrl = `http://127.0.0.1:${String(kit.host.port)}`
  // Taken, and not heard: the server counts it as its first batch.
  kit.server.next.push((request, response) => {
    kit.server.accept(request)
    response.destroy()
  })
  scene.serverReads('nothing')
  await scene.open()
  await scene.add()
  await scene.convert()
  await scene.until(({ submissions }) => submissions[0]?.state === 'unclear')
  return {
    reply: async () => {
      const { callback } = kit.server.posts()[0]?.json as {
        callback: { post: string; headers: Record<string, string> }
      }
      const body = JSON.stringify({ reply: { batch_id: 17 }, result: {} })
      const { status } = await fetch(callback.post, { method: 'POST', headers: callback.headers, body })
      expect(status).toBe(204)
      await eventually(() => scene.submission?.batch_id).toBe(17)
    },
  }
}

import { expect } from 'vitest'
import { envelope, send } from '../../node/fake-mathpix.ts'
import { unwrap } from '../service-kit.ts'
import { eventually } from '../watch-runs.ts'
import type { AgainCase } from './again-case.ts'

const ASKED = 'Its `batch_id` is asked.'

/** What the user stops, or what stops for a reason of ours. */
export const cancelCases: readonly AgainCase[] = [
  {
    name: 'Canceled after it was accepted; Read again',
    then: ASKED,
    sent: 1,
    run: async (scene) => {
      await scene.accepted()
      await scene.cancel()
      expect(await scene.warned()).toBe(0)
      await scene.readAgain()
      await scene.allRead()
    },
  },
  {
    name: 'Canceled, renamed; Read again',
    then: 'Its `batch_id` is asked for the key as it was sent.',
    sent: 1,
    run: async (scene) => {
      await scene.accepted()
      await scene.cancel(scene.first)
      unwrap(await scene.kit.service.renameItem(scene.id, scene.first, 'renamed'))
      await scene.readAgain(scene.first)
      await scene.allRead()
      expect(scene.items[0]?.result?.latex_styled).toBe('read 0001-img1')
    },
  },
  {
    name: 'Canceled and renamed to the key of its neighbour, which was renamed too; Read again',
    then: 'Each gets the answer for the key under which it was sent.',
    sent: 1,
    run: async (scene) => {
      await scene.accepted()
      await scene.cancel()
      const { service } = scene.kit
      const [one = '', two = ''] = scene.ids
      unwrap(await service.renameItem(scene.id, two, 'aside'))
      unwrap(await service.renameItem(scene.id, one, '0002-img2'))
      unwrap(await service.renameItem(scene.id, two, '0001-img1'))
      await scene.readAgain()
      await scene.allRead()
      expect(scene.items.map(({ result }) => result?.latex_styled)).toEqual([
        'read 0001-img1',
        'read 0002-img2',
      ])
    },
  },
  {
    name: 'Canceled; other options, another server or this computer chosen; Read again',
    then: 'Its `batch_id` is asked at the server that has it.',
    sent: 1,
    run: async (scene) => {
      await scene.accepted()
      await scene.cancel()
      unwrap(await scene.kit.service.setBatchEngine(scene.id, { kind: 'local' }))
      unwrap(await scene.kit.service.setBatchOptions(scene.id, { formats: ['text'] }))
      await scene.readAgain()
      await scene.allRead()
      expect(scene.kit.server.posts()).toHaveLength(1)
    },
  },
  {
    name: 'Canceled; the app is started again; Read again',
    then: ASKED,
    sent: 1,
    run: async (scene) => {
      await scene.accepted()
      await scene.cancel()
      await scene.restart()
      await scene.readAgain()
      await scene.allRead()
    },
  },
  {
    name: 'Canceled, taken up again and canceled again, at once; Read again',
    then: ASKED,
    sent: 1,
    run: async (scene) => {
      await scene.accepted()
      for (let round = 0; round < 3; round += 1) {
        await scene.cancel()
        await scene.readAgain()
      }
      await scene.allRead()
    },
  },
  {
    name: 'Canceled while it was on its way, and accepted; Read again',
    then: 'Not before the reply is there; then its `batch_id` is asked.',
    sent: 1,
    run: async (scene) => {
      const { reply } = await scene.sending()
      await scene.cancel()
      expect((await scene.kit.service.retryItems(scene.id, scene.ids)).ok).toBe(false)
      reply()
      await eventually(() => scene.submission?.batch_id).toBeDefined()
      await scene.readAgain()
      await scene.allRead()
    },
  },
  {
    name: 'Canceled while it was on its way, and the reply was lost; Read again',
    then: 'Nobody can be asked: the user is told that it may be billed twice, and decides.',
    sent: 2,
    run: async (scene) => {
      const { lose } = await scene.sending()
      await scene.cancel()
      lose()
      await eventually(() => scene.kit.service.retryItems(scene.id, [])).toMatchObject({ ok: true })
      expect(await scene.warned()).toBe(2)
      await eventually(async () => (await scene.kit.service.retryItems(scene.id, scene.ids)).ok).toBe(true)
      await scene.allRead()
    },
  },
  {
    name: 'Canceled while it waited for its turn; Convert',
    then: 'Nobody: it was not sent.',
    sent: 1,
    run: async (scene) => {
      const { reply } = await scene.waiting()
      await scene.cancel(scene.ids[2] ?? '')
      expect(scene.items[2]?.state).toBe('ready')
      await scene.convert()
      reply()
      await scene.allRead()
    },
  },
  {
    name: 'The POST was refused; Convert',
    then: 'Nobody: the server said that it did not take it.',
    sent: 2,
    run: async (scene) => {
      const { refuse } = await scene.sending()
      refuse()
      await scene.until(({ items }) => items.every(({ state }) => state === 'ready'))
      expect(scene.submission?.sentKeys).toBeUndefined()
      await scene.convert()
      await scene.allRead()
    },
  },
  {
    name: 'The keys were refused while it was asked for; Read again',
    then: ASKED,
    sent: 1,
    run: async (scene) => {
      await scene.accepted()
      scene.kit.server.next.push((_, response) => send(response, envelope('http_unauthorized'), 401))
      await scene.until(({ submissions }) => submissions[0]?.state === 'failed')
      await scene.readAgain()
      await scene.allRead()
    },
  },
  {
    name: 'The server answered with an error that nobody knows while it was asked for; Read again',
    then: ASKED,
    sent: 1,
    run: async (scene) => {
      await scene.accepted()
      scene.kit.server.next.push((_, response) => send(response, envelope('brand_new')))
      await scene.until(({ submissions }) => submissions[0]?.state === 'failed')
      await scene.readAgain()
      await scene.allRead()
    },
  },
  {
    name: 'A fault of ours ended the asking; Read again',
    then: ASKED,
    sent: 1,
    run: async (scene) => {
      await scene.accepted()
      scene.isBroken = true
      scene.kit.server.next.push((_, response) => response.destroy())
      await scene.until(({ submissions }) => submissions[0]?.state === 'failed')
      await scene.readAgain()
      await scene.allRead()
    },
  },
]

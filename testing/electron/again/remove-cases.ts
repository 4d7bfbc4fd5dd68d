import path from 'node:path'
import { expect } from 'vitest'
import { isDone } from '../../../shared/batch-progress.ts'
import { noisePng, TOO_LARGE } from '../noise-png.ts'
import { unwrap } from '../service-kit.ts'
import { eventually } from '../watch-runs.ts'
import type { AgainCase } from './again-case.ts'
import type { AgainScene } from './again-scene.ts'

/** What the user takes out of a batch and brings back. */
export const removeCases: readonly AgainCase[] = [
  {
    name: 'Removed while it waits for its answer; its neighbours are answered; undone; Convert',
    then: 'Its `batch_id` is asked.',
    sent: 1,
    run: async (scene) => {
      await scene.accepted()
      await scene.remove(scene.first)
      scene.serverReads('all')
      await scene.until(isDone)
      await scene.undo('0000001')
      expect(scene.items[0]?.state).toBe('ready')
      expect(unwrap(await scene.kit.service.estimateRun(scene.id))).toMatchObject({ itemIds: [], free: 1 })
      await scene.convert()
      await scene.allRead()
    },
  },
  {
    name: 'The same, and the app is started again before Convert',
    then: 'Its `batch_id` is asked.',
    sent: 1,
    run: async (scene) => {
      await scene.accepted()
      await scene.remove(scene.first)
      scene.serverReads('all')
      await scene.until(isDone)
      await scene.undo('0000001')
      await scene.restart()
      await scene.convert()
      await scene.allRead()
    },
  },
  {
    name: 'The same, and it is renamed before Convert',
    then: 'Its `batch_id` is asked for the key as it was sent.',
    sent: 1,
    run: async (scene) => {
      await scene.accepted()
      await scene.remove(scene.first)
      scene.serverReads('all')
      await scene.until(isDone)
      await scene.undo('0000001')
      unwrap(await scene.kit.service.renameItem(scene.id, scene.first, 'renamed'))
      await scene.convert()
      await scene.allRead()
    },
  },
  {
    name: 'Removed while it waits for its answer; undone',
    then: 'It goes on waiting in its submission.',
    sent: 1,
    run: async (scene) => {
      await scene.accepted()
      const { first } = scene
      await scene.remove(first)
      await scene.undo(first)
      expect(scene.items[0]?.state).toBe('pending')
      await scene.allRead()
    },
  },
  {
    name: 'Removed while it waits for its answer; everything is canceled; undone; Convert and Read again',
    then: 'Its `batch_id` is asked.',
    sent: 1,
    run: async (scene) => {
      await scene.accepted()
      const { first } = scene
      await scene.remove(first)
      unwrap(await scene.kit.service.cancelBatch(scene.id))
      await scene.undo(first)
      await scene.convert()
      await scene.readAgain()
      await scene.allRead()
    },
  },
  {
    name: 'Removed while it waits for its turn; undone when the others were sent; Convert',
    then: 'Nobody: it was not sent.',
    sent: 1,
    run: async (scene) => {
      const { reply } = await scene.waiting()
      const last = scene.ids[2] ?? ''
      await scene.remove(last)
      reply()
      await scene.until(isDone)
      await scene.undo(last)
      await scene.convert()
      await scene.allRead()
    },
  },
  {
    name: 'Removed while its POST is on its way; undone when the others were read; Convert',
    then: 'Its `batch_id` is asked.',
    sent: 1,
    run: async (scene) => {
      const { reply } = await scene.sending()
      const { first } = scene
      await scene.remove(first)
      reply()
      scene.serverReads('all')
      await scene.until(isDone)
      await scene.undo(first)
      await scene.convert()
      await scene.allRead()
    },
  },
  {
    name: 'Removed while its POST is on its way; the reply is lost and given up; undone; Read again',
    then: 'Nobody can be asked: the user is told that it may be billed twice, and decides.',
    sent: 2,
    run: async (scene) => {
      const { lose } = await scene.sending()
      const { first } = scene
      await scene.remove(first)
      lose()
      await scene.until(({ submissions }) => submissions[0]?.state === 'unclear')
      await scene.resolve('give_up')
      await scene.undo(first)
      await scene.convert()
      expect(scene.kit.server.posts()).toHaveLength(1)
      expect(await scene.warned()).toBe(2)
      await scene.readAgain()
      await scene.allRead()
    },
  },
  {
    name: 'Removed while it waits for its answer, and added again; Convert',
    then: 'The `batch_id` under which the same image was sent is asked.',
    sent: 1,
    run: async (scene) => {
      await scene.accepted()
      await scene.remove(scene.first)
      await addFirstAgain(scene)
      await scene.convert()
      await scene.allRead()
    },
  },
  {
    name: 'The same, when its neighbours were read and the app was started again',
    then: 'The `batch_id` under which the same image was sent is asked.',
    sent: 1,
    run: async (scene) => {
      await scene.accepted()
      await scene.remove(scene.first)
      scene.serverReads('all')
      await scene.until(isDone)
      await scene.restart()
      await addFirstAgain(scene)
      await scene.convert()
      await scene.allRead()
    },
  },
  {
    name: 'Removed while it waits for its answer, added again, and the removal is undone as well; Convert',
    then: 'The `batch_id` under which the image was sent answers for both.',
    sent: 1,
    run: async (scene) => {
      await scene.accepted()
      const { first } = scene
      await scene.remove(first)
      await addFirstAgain(scene)
      await scene.convert()
      scene.serverReads('all')
      await scene.until(isDone)
      await scene.undo(first)
      await scene.convert()
      await scene.allRead()
      expect(scene.items).toHaveLength(3)
    },
  },
  {
    name: 'Removed while it waits for its answer, added again, and the removal undone before Convert',
    then: 'The `batch_id` under which the image was sent answers for both.',
    sent: 1,
    run: async (scene) => {
      for (const canceled of [false, true]) {
        if (!canceled) await scene.accepted()
        else {
          scene.serverReads('nothing')
          await scene.add()
          await scene.convert()
          await scene.until(({ submissions }) => submissions[0]?.state === 'processing')
          await scene.cancel()
        }
        const { first } = scene
        await scene.remove(first)
        await addFirstAgain(scene)
        await scene.undo(first)
        expect(unwrap(await scene.kit.service.estimateRun(scene.id))).toMatchObject({ itemIds: [], free: 1 })
        await scene.convert()
        if (canceled) await scene.readAgain()
        await scene.allRead()
        expect(scene.items).toHaveLength(3)
        scene.kit.server.requests.length = canceled ? scene.kit.server.requests.length : 0
      }
    },
  },
  {
    name: 'Removed when the reply to its POST was lost, and added again, with or without an undo; Convert',
    then: 'Nobody can be asked: the user is told that it may be billed twice, and decides.',
    sent: 2,
    run: async (scene) => {
      const { lose } = await scene.sending()
      await scene.cancel()
      lose()
      await eventually(() => scene.kit.service.isSending()).toBe(false)
      const { first } = scene
      await scene.remove(first)
      await addFirstAgain(scene)
      expect(unwrap(await scene.kit.service.estimateRun(scene.id))).toMatchObject({ unclear: 1 })
      await scene.undo(first)
      expect(unwrap(await scene.kit.service.estimateRun(scene.id))).toMatchObject({ unclear: 1 })
      scene.serverReads('all')
      await scene.convert()
      await eventually(() => scene.items.at(-1)?.state).toBe('completed')
    },
  },
  {
    name: 'Removed while its POST is on its way, and added again; Convert before the reply',
    then: 'Not before the reply is there; then its `batch_id` is asked.',
    sent: 1,
    run: async (scene) => {
      const { reply } = await scene.sending()
      await scene.remove(scene.first)
      await addFirstAgain(scene)
      await scene.convert()
      expect(scene.items[1]?.state).toBe('pending')
      reply()
      await scene.allRead()
    },
  },
  {
    name: 'Removed while its POST is on its way, and added again; the POST is refused; Convert',
    then: 'Nobody: the server said that it did not take it.',
    sent: 2,
    run: async (scene) => {
      const { refuse } = await scene.sending()
      await scene.remove(scene.first)
      await addFirstAgain(scene)
      await scene.convert()
      refuse()
      await scene.until(({ items }) => items.every(({ state }) => state === 'ready'))
      await scene.convert()
      await scene.allRead()
    },
  },
  {
    name: 'It was read, removed, and added again; Convert',
    then: 'The answer had come and was removed: it is sent because the user wants it.',
    sent: 2,
    run: async (scene) => {
      await scene.accepted()
      await scene.allRead()
      await scene.remove(scene.first)
      await addFirstAgain(scene)
      await scene.convert()
      await scene.allRead()
    },
  },
  {
    name: 'Removed when the reply to its upload was lost, and added again; Convert',
    then: 'Nobody can be asked: the user is told that it may be billed twice, and decides.',
    sent: 2,
    run: async (scene) => {
      scene.kit.server.next.push((_, response) => response.destroy())
      const bytes = noisePng(TOO_LARGE)
      await addUpload(scene, 'before', bytes)
      await scene.convert()
      await scene.until(isDone)
      await scene.remove(scene.first)
      await addBytes(scene, 'again', bytes)
      expect(unwrap(await scene.kit.service.estimateRun(scene.id))).toMatchObject({ unclear: 1 })
      await scene.convert()
      await scene.allRead()
    },
  },
  {
    name: 'Removed while its upload is on its way; undone before or after the answer',
    then: 'It gets the answer to that upload.',
    sent: 1,
    run: async (scene) => {
      for (const when of ['before', 'after']) {
        const uploads: (() => void)[] = []
        scene.kit.server.next.push((...answer) =>
          uploads.push(() => scene.kit.server.answerNormally(...answer)),
        )
        await addUpload(scene, when)
        await scene.convert()
        await eventually(() => uploads.length).toBe(1)
        const { first } = scene
        await scene.remove(first)
        if (when === 'before') await scene.undo(first)
        uploads[0]?.()
        await eventually(() => scene.kit.service.hasRunningBatches()).toBe(false)
        if (when === 'after') await scene.undo(first)
        await scene.allRead()
      }
    },
  },
]

async function addFirstAgain(scene: AgainScene): Promise<void> {
  const { service, dir } = scene.kit
  unwrap(await service.addSources(scene.id, [{ kind: 'path', path: path.join(dir, 'img1.png') }]))
  await service.whenPrepared(scene.id)
  expect(scene.items).toHaveLength(2)
}

async function addUpload(scene: AgainScene, name: string, bytes = noisePng(TOO_LARGE)): Promise<void> {
  if (name === 'before') await scene.open()
  await scene.add(0)
  await addBytes(scene, name, bytes)
}

async function addBytes(scene: AgainScene, name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  unwrap(await scene.kit.service.addSources(scene.id, [{ kind: 'bytes', name: `${name}.png`, bytes }]))
  await scene.kit.service.whenPrepared(scene.id)
}

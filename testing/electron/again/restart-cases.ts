import { cp, rm } from 'node:fs/promises'
import path from 'node:path'
import { expect } from 'vitest'
import { envelope, send } from '../../node/fake-mathpix.ts'
import { unwrap } from '../service-kit.ts'
import type { AgainCase } from './again-case.ts'
import type { AgainScene } from './again-scene.ts'

/** The end of the app, and what stands on the disk when it starts again. */
export const restartCases: readonly AgainCase[] = [
  {
    name: 'The app ends while a part waits for its turn, and is started again',
    then: 'Nobody: the disk says that the part was not sent. It is sent by itself.',
    sent: 1,
    run: async (scene) => {
      const { reply } = await scene.waiting()
      scene.kit.server.next.length = 0
      await scene.restart()
      await scene.until(({ submissions }) => submissions[1]?.state === 'completed')
      expect(scene.submission?.state).toBe('unclear')
      reply()
    },
  },
  {
    name: 'The keys were refused while it was asked for; the app is started again',
    then: 'Its `batch_id` is asked, by itself.',
    sent: 1,
    run: async (scene) => {
      await scene.accepted()
      scene.kit.server.next.push((_, response) => send(response, envelope('http_unauthorized'), 401))
      await endsAndGoesOn(scene)
    },
  },
  {
    name: 'An error that nobody knows, or a fault of ours, ended the asking; the app is started again',
    then: 'Its `batch_id` is asked, by itself.',
    sent: 1,
    run: async (scene) => {
      await scene.accepted()
      scene.kit.server.next.push((_, response) => send(response, envelope('brand_new')))
      await endsAndGoesOn(scene, 'nothing')
      scene.isBroken = true
      scene.kit.server.next.push((_, response) => response.destroy())
      await endsAndGoesOn(scene)
    },
  },
  {
    name: 'The keys were refused while it was asked for, one image was canceled before; the app is started again',
    then: 'Its `batch_id` is asked for the others; for that one when it is read again.',
    sent: 1,
    run: async (scene) => {
      await scene.accepted()
      await scene.cancel(scene.first)
      scene.kit.server.next.push((_, response) => send(response, envelope('http_unauthorized'), 401))
      await scene.until(({ submissions }) => submissions[0]?.state === 'failed')
      scene.serverReads('all')
      await scene.restart()
      await scene.until(({ submissions }) => submissions[0]?.state === 'completed')
      expect(scene.items.map(({ state }) => state)).toEqual(['error', 'completed'])
      await scene.readAgain(scene.first)
      await scene.allRead()
    },
  },
  {
    name: 'The app ends while the POST is on its way, and is started again; Send again',
    then: 'Nobody can be asked: it is the user’s choice.',
    sent: 2,
    run: async (scene) => {
      await scene.sending()
      await scene.restart()
      await scene.until(({ submissions }) => submissions[0]?.state === 'unclear')
      expect(scene.timesSent()).toBe(1)
      await scene.resolve('send_again')
      await scene.allRead()
    },
  },
  {
    name: 'A backup from when a part waited for its turn is restored after that was sent',
    then: 'Nothing is sent by itself: it is the user’s choice.',
    sent: 1,
    run: async (scene) => {
      await sendTheRestAfter(scene, backUp)
      await rm(folder(scene), { recursive: true })
      await cp(backup(scene), folder(scene), { recursive: true })
      await expectsToBeAsked(scene)
    },
  },
  {
    name: 'The same backup is written over the newer files',
    then: 'Nothing is sent by itself: it is the user’s choice.',
    sent: 1,
    run: async (scene) => {
      await sendTheRestAfter(scene, backUp)
      await cp(backup(scene), folder(scene), { recursive: true, force: true, preserveTimestamps: true })
      await expectsToBeAsked(scene)
    },
  },
  {
    name: 'The same backup, and the app is killed at its first start before the user has chosen',
    then: 'The next start asks as well.',
    sent: 1,
    run: async (scene) => {
      await sendTheRestAfter(scene, backUp)
      await cp(backup(scene), folder(scene), { recursive: true, force: true, preserveTimestamps: true })
      await expectsToBeAsked(scene)
      scene.kit.notices.length = 0
      // Not closed: the kit leaves it as a kill does.
      await scene.open()
      expect(scene.batch.submissions.map(({ state }) => state)).toContain('unclear')
    },
  },
  {
    name: 'A profile with a part that waits is synced to another computer, and both go on',
    then: 'There nothing is sent by itself: it is the user’s choice.',
    sent: 1,
    run: async (scene) => {
      await sendTheRestAfter(scene, backUp)
      await expectsToBeAsked(scene, backup(scene))
    },
  },
  {
    name: 'A backup from before images were converted is restored after that; Convert',
    then: 'Nobody can be asked: the app says at its start that they may be billed twice, and sends them only when told to.',
    sent: 2,
    run: async (scene) => {
      await scene.open()
      await scene.add()
      await scene.kit.service.close()
      await backUp(scene)
      await scene.open()
      await scene.convert()
      await scene.allRead()
      await scene.kit.service.close()
      await cp(backup(scene), folder(scene), { recursive: true, force: true, preserveTimestamps: true })
      await scene.open()
      expect(scene.kit.notices).toMatchObject([{ tone: 'problem' }])
      expect(scene.kit.notices[0]?.message).toContain('2 images were not sent yet there')
      await scene.convert()
      await scene.allRead()
    },
  },
  {
    name: 'Nothing waits in a restored or copied folder',
    then: 'Accepted images are asked for by their `batch_id`, and nobody is bothered.',
    sent: 1,
    run: async (scene) => {
      await scene.accepted()
      await scene.kit.service.close()
      await backUp(scene)
      await scene.open(backup(scene))
      await scene.allRead()
      expect(scene.kit.notices).toEqual([])
    },
  },
]

/** The asking ends, and the next start takes it up. */
async function endsAndGoesOn(scene: AgainScene, reads: 'nothing' | 'all' = 'all'): Promise<void> {
  await scene.until(({ submissions }) => submissions[0]?.state === 'failed')
  scene.serverReads(reads)
  await scene.restart()
  expect(scene.submission?.state).toBe('processing')
  if (reads === 'all') await scene.allRead()
}

const folder = (scene: AgainScene) => path.join(scene.kit.dir, 'batches')
const backup = (scene: AgainScene) => path.join(scene.kit.dir, 'backup', 'batches')
const backUp = (scene: AgainScene) =>
  cp(folder(scene), backup(scene), { recursive: true, preserveTimestamps: true })

/** A batch in two parts; `between` happens while the second one waits. */
async function sendTheRestAfter(
  scene: AgainScene,
  between: (scene: AgainScene) => Promise<void>,
): Promise<void> {
  const { reply } = await scene.waiting()
  await between(scene)
  reply()
  await scene.allRead()
  expect(scene.kit.server.posts()).toHaveLength(2)
  await scene.kit.service.close()
}

/** The start finds what waits, asks, and sends nothing that the server would see before it sees something else. */
async function expectsToBeAsked(scene: AgainScene, dir?: string): Promise<void> {
  await scene.open(dir)
  const { submissions } = scene.batch
  expect(submissions.map(({ state }) => state)).toEqual(['unclear', 'unclear'])
  expect(scene.kit.notices).toMatchObject([{ tone: 'problem' }])
  expect(scene.kit.notices[0]?.message).toContain('restored from a backup or copied')
  const { id } = scene
  await scene.add(0)
  unwrap(await scene.kit.service.addUrls(scene.id, [`${scene.kit.server.origin}/other.png`]))
  await scene.convert()
  await scene.allRead()
  scene.look(id)
  expect(scene.kit.server.posts()).toHaveLength(3)
}

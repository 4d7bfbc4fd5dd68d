import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isDone } from '../../shared/batch-progress.ts'
import type { Result } from '../../shared/result.ts'
import { FailingDisk, type DiskError } from '../../testing/electron/failing-disk.ts'
import { ServiceKit, unwrap } from '../../testing/electron/service-kit.ts'
import { eventually } from '../../testing/electron/watch-runs.ts'

let kit: ServiceKit
let disk: FailingDisk
beforeEach(async () => {
  kit = await ServiceKit.start()
  disk = await FailingDisk.below(kit.dir)
})
afterEach(async () => {
  disk.restore()
  await kit.stop()
})

const messages = () => kit.notices.map(({ message }) => message)
/** The batch as a new process finds it. */
async function afterCrash(id: string) {
  await kit.open()
  return kit.batch(id)
}

function expectRefusal(result: Result<unknown>, words: RegExp): void {
  expect(result).toMatchObject({ ok: false, error: { kind: 'storage' } })
  expect(!result.ok && result.error.kind === 'storage' ? result.error.message : '').toMatch(words)
}

const REFUSALS: readonly [DiskError, RegExp][] = [
  ['ENOSPC', /The disk is full\./],
  ['EROFS', /The folder of the app is read-only\./],
  ['EACCES', /The folder of the app may not be written\./],
]

describe.each(REFUSALS)('on a disk that says %s', (error, words) => {
  it('a new batch is refused in plain words, and can be made later', async () => {
    await kit.open()
    disk.refuse(error)
    expectRefusal(await kit.service.createBatch(), words)
    expect(kit.service.getBatches()).toEqual([])
    disk.accept()
    unwrap(await kit.service.createBatch())
    expect(kit.service.getBatches()).toHaveLength(1)
  })

  it('nothing is sent, and what was to be sent is ready, and is sent once when there is room', async () => {
    await kit.open()
    const id = await kit.batchWith(3)
    disk.refuse(error)
    expectRefusal(await kit.service.submitBatch(id), words)
    expect(kit.server.posts()).toEqual([])
    expect(kit.batch(id).items.map(({ state }) => state)).toEqual(['ready', 'ready', 'ready'])
    disk.accept()
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, isDone)
    expect(kit.server.posts()).toHaveLength(1)
  })

  it('results that come are shown, and saved by themselves as soon as there is room', async () => {
    await kit.open()
    const id = await kit.batchWith(2)
    kit.server.next.push((request, response) => {
      disk.refuse(error)
      kit.server.answerNormally(request, response)
    })
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, isDone)
    expect(kit.batch(id).items.map(({ state }) => state)).toEqual(['completed', 'completed'])
    expect(messages()).toContainEqual(expect.stringMatching(words))
    disk.accept()
    await eventually(messages).toContainEqual(expect.stringMatching(/all of them are saved/))
    const batch = await afterCrash(id)
    expect(batch.items.map(({ state }) => state)).toEqual(['completed', 'completed'])
    expect(kit.server.posts()).toHaveLength(1)
  })

  it('a correction says that it is not saved, stays, and is saved by itself as soon as there is room', async () => {
    await kit.open()
    const id = await kit.batchWith(1)
    const [item] = kit.batch(id).items
    disk.refuse(error)
    const edited = await kit.service.editItem(id, item?.id ?? '', 'y = 1')
    expect(edited).toMatchObject({ ok: false, error: { kind: 'storage' } })
    expect(kit.batch(id).items[0]?.edit).toBe('y = 1')
    disk.accept()
    await eventually(messages).toContainEqual(expect.stringMatching(/all of them are saved/))
    expect((await afterCrash(id)).items[0]?.edit).toBe('y = 1')
  })
})

describe('on a full disk', () => {
  it('a crash after the batch was accepted asks instead of sending it again', async () => {
    await kit.open()
    const id = await kit.batchWith(2)
    kit.server.next.push((request, response) => {
      disk.refuse('ENOSPC')
      kit.server.answerNormally(request, response)
    })
    kit.server.finishedKeys = () => []
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, ({ submissions }) => submissions[0]?.state === 'processing')
    const batch = await afterCrash(id)
    expect(batch.submissions[0]?.state).toBe('unclear')
    expect(kit.server.posts()).toHaveLength(1)
  })

  it('images that are added stay in the list with what is wrong, and go on when there is room', async () => {
    await kit.open()
    const id = await kit.batchWith(1)
    const file = await kit.image('late.png', 3)
    disk.refuse('ENOSPC')
    await kit.service.addSources(id, [{ kind: 'path', path: file }])
    await kit.service.whenPrepared(id)
    expect(kit.batch(id).items).toHaveLength(2)
    expect(messages()).toContainEqual(expect.stringMatching(/The disk is full/))
    disk.accept()
    await eventually(messages).toContainEqual(expect.stringMatching(/all of them are saved/))
    expect((await afterCrash(id)).items).toHaveLength(2)
  })
})

describe('a batch that is deleted while the disk refuses', () => {
  it('is gone, and nobody says that it was saved', async () => {
    await kit.open()
    const id = await kit.batchWith(1)
    disk.refuse('ENOSPC')
    await kit.service.editItem(id, kit.batch(id).items[0]?.id ?? '', 'y')
    unwrap(await kit.service.deleteBatch(id))
    disk.accept()
    const other = await kit.batchWith(1)
    unwrap(await kit.service.submitBatch(other))
    await kit.until(other, isDone)
    expect(kit.service.getBatches().map((batch) => batch.id)).toEqual([other])
    expect(messages().filter((message) => message.endsWith('are saved.'))).toEqual([])
  })
})

describe('a folder that cannot be used at all', () => {
  it('is reported, and the app starts and says so again when a batch is to be made', async () => {
    await rm(path.join(kit.dir, 'batches'), { recursive: true, force: true })
    await writeFile(path.join(kit.dir, 'batches'), 'a file in its place')
    await kit.open()
    expect(messages()).toContainEqual(expect.stringMatching(/No batch can be opened or saved/))
    expect(await kit.service.createBatch()).toMatchObject({ ok: false, error: { kind: 'storage' } })
  })
})

import { EventEmitter, once } from 'node:events'
import fsp from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { directRunner } from '../../../testing/electron/direct-runner.ts'
import { ServiceKit, unwrap } from '../../../testing/electron/service-kit.ts'

let kit: ServiceKit
beforeEach(async () => {
  kit = await ServiceKit.start()
})
afterEach(async () => {
  vi.restoreAllMocks()
  syncBuiltinESMExports()
  await kit.stop()
})

/** Lets nothing be stored in a folder of images: `asked` resolves when it is to be, `release` lets it go on. */
function holdStoring() {
  const gate = new EventEmitter()
  const [asked, released] = [once(gate, 'asked'), once(gate, 'released')]
  const { open } = fsp
  vi.spyOn(fsp, 'open').mockImplementation(async (file, flags, mode) => {
    // The folder itself is opened to bring the names in it to the disk.
    if (String(file).endsWith('images')) {
      gate.emit('asked')
      await released
    }
    return open(file, flags, mode)
  })
  syncBuiltinESMExports()
  return { asked, release: () => gate.emit('released') }
}

it('counts an image as read only when it is stored, so that none stays behind that was to be sent', async () => {
  const { asked, release } = holdStoring()
  await kit.open({
    runner: {
      ...directRunner,
      async prepare(job, onPage) {
        const error = await directRunner.prepare(job, onPage)
        // The last image is read while those before it are being stored.
        await asked
        setImmediate(release)
        return error
      },
    },
  })
  const { id } = unwrap(await kit.service.createBatch())
  unwrap(await kit.service.addSources(id, [{ kind: 'path', path: await kit.image('one.png') }]))
  unwrap(await kit.service.submitBatch(id))
  await kit.service.whenPrepared(id)
  expect(kit.batch(id).items.map(({ state }) => state)).not.toContain('preparing')
  await kit.until(id, ({ items }) => items.every(({ state }) => state === 'completed'))
  expect(kit.server.posts()).toHaveLength(1)
})

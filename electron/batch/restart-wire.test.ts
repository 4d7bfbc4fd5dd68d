import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isDone } from '../../shared/batch-progress.ts'
import { ServiceKit, unwrap } from '../../testing/electron/service-kit.ts'
import { watchRuns } from '../../testing/electron/watch-runs.ts'

let kit: ServiceKit

beforeEach(async () => {
  kit = await ServiceKit.start()
})
afterEach(() => kit.stop())

const { states, submissionStates } = watchRuns(() => kit)

describe('after the end of the process', () => {
  it('goes on with the same batch_id, makes one POST in all and keeps edits', async () => {
    kit.server.finishedKeys = (keys, polls) => (polls < 3 ? keys.slice(0, 1) : keys)
    await kit.open()
    const id = await kit.batchWith(2)
    unwrap(await kit.service.submitBatch(id))
    const early = await kit.until(id, ({ items }) => items[0]?.state === 'completed')
    const editedId = early.items[0]?.id ?? ''
    unwrap(await kit.service.editItem(id, editedId, 'my edit'))
    await kit.service.close()

    kit.server.finishedKeys = (keys) => keys
    await kit.open()
    const batch = await kit.until(id, isDone)
    expect(batch.items.map(({ state }) => state)).toEqual(['completed', 'completed'])
    expect(batch.items[0]?.edit).toBe('my edit')
    expect(kit.server.posts()).toHaveLength(1)
  })

  it('does not know whether a batch was accepted that was being sent to Mathpix, and does not send it again', async () => {
    kit.server.next.push(() => undefined)
    await kit.open()
    const id = await kit.batchWith(1)
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, () => kit.server.posts().length === 1)
    await kit.service.close()
    await kit.open()
    await kit.until(id, ({ submissions }) => submissions[0]?.state === 'unclear')
    expect(kit.server.posts()).toHaveLength(1)
    expect(states(id)).toEqual(['pending'])
  })

  it('sends the part of a split batch that had not had its turn, and only that', async () => {
    kit.server.next.push(() => undefined)
    await kit.open()
    const id = await kit.batchWith(101)
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, () => kit.server.posts().length === 1)
    await kit.service.close()
    await kit.open()
    await kit.until(id, ({ submissions }) => submissions[1]?.state === 'completed')
    expect(submissionStates(id)).toEqual(['unclear', 'completed'])
    expect(kit.server.posts()).toHaveLength(2)
  })

  it('sends again to the engine on this computer, which bills nothing', async () => {
    kit.server.next.push(() => undefined)
    const engine = { kind: 'local' } as const
    await kit.open({ engine })
    const id = await kit.batchWith(1)
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, () => kit.server.posts().length === 1)
    await kit.service.close()
    await kit.open({ engine })
    await kit.until(id, isDone)
    expect(states(id)).toEqual(['completed'])
  })

  it('starts with a damaged journal, keeps what can be read and says so', async () => {
    await kit.open()
    const id = await kit.batchWith(2)
    await kit.service.close()
    const dir = path.join(kit.dir, 'batches', id)
    await appendFile(path.join(dir, 'journal.jsonl'), '{"items":[{"id":"00')
    await kit.open()
    expect(kit.batch(id).items).toHaveLength(2)
    expect(kit.notices.map(({ tone }) => tone)).toEqual(['problem'])
    expect((await readdir(dir)).some((name) => name.startsWith('journal.jsonl.damaged-'))).toBe(true)
  })

  it('goes on with a journal whose last line lost nothing but its end', async () => {
    await kit.open()
    const id = await kit.batchWith(1)
    await kit.service.close()
    const file = path.join(kit.dir, 'batches', id, 'journal.jsonl')
    await writeFile(file, (await readFile(file, 'utf8')).trimEnd())
    await kit.open()
    unwrap(await kit.service.renameBatch(id, 'renamed'))
    await kit.service.close()
    await kit.open()
    expect(kit.batch(id)).toMatchObject({ name: 'renamed', items: [{ state: 'ready' }] })
  })

  it('sets a batch aside that is garbage altogether', async () => {
    await kit.open()
    const id = await kit.batchWith(1)
    const other = await kit.batchWith(1)
    await kit.service.close()
    await writeFile(path.join(kit.dir, 'batches', id, 'journal.jsonl'), 'garbage\n\u0000\n')
    await kit.open()
    expect(kit.service.getBatches().map((batch) => batch.id)).toEqual([other])
    expect(kit.notices).toHaveLength(1)
    expect(
      (await readdir(path.join(kit.dir, 'batches'))).some((name) => name.startsWith(`${id}.damaged-`)),
    ).toBe(true)
  })
})

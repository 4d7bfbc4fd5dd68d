import { readFile, writeFile } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isDone } from '../../shared/batch-progress.ts'
import { directRunner } from '../../testing/electron/direct-runner.ts'
import { ServiceKit, unwrap } from '../../testing/electron/service-kit.ts'
import { watchRuns } from '../../testing/electron/watch-runs.ts'

let kit: ServiceKit

beforeEach(async () => {
  kit = await ServiceKit.start()
})
afterEach(() => kit.stop())

const { states } = watchRuns(() => kit)

describe('a batch', () => {
  it('goes from files to results with one POST', async () => {
    await kit.open()
    const id = await kit.batchWith(3)
    expect(states(id)).toEqual(['ready', 'ready', 'ready'])
    unwrap(await kit.service.submitBatch(id))
    const batch = await kit.until(id, isDone)
    expect(batch.items.map(({ result }) => result?.latex_styled)).toEqual([
      'read 0001-img1',
      'read 0002-img2',
      'read 0003-img3',
    ])
    expect(kit.server.posts()).toHaveLength(1)
  })

  it('takes partial results as they come', async () => {
    kit.server.finishedKeys = (keys, polls) => keys.slice(0, polls)
    await kit.open()
    const id = await kit.batchWith(2)
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, isDone)
    const counts = (await kit.journal(id)).map(
      ({ items }) => items?.filter(({ state }) => state === 'completed').length ?? 0,
    )
    expect(counts.filter((count) => count > 0)).toEqual([1, 1])
  })

  it('shows a new item as preparing in one change for all files of a drop', async () => {
    await kit.open()
    await kit.batchWith(20)
    const first = kit.changes.find(({ items }) => items.length > 0)
    expect(first?.items).toHaveLength(20)
    expect(first?.items.every(({ state }) => state === 'preparing')).toBe(true)
  })

  it('takes the same content once, whatever its name', async () => {
    await kit.open()
    const batch = unwrap(await kit.service.createBatch())
    const paths = [await kit.image('a.png', 1), await kit.image('b.png', 1), await kit.image('c.png', 2)]
    const added = await kit.service.addSources(
      batch.id,
      paths.map((file) => ({ kind: 'path', path: file })),
    )
    expect(unwrap(added)).toEqual({ added: 2, duplicates: 1 })
    const again = await kit.service.addSources(batch.id, [{ kind: 'path', path: paths[0] ?? '' }])
    expect(unwrap(again)).toEqual({ added: 0, duplicates: 1 })
    expect(kit.batch(batch.id).items).toHaveLength(2)
  })

  it('sends what is still being read as soon as it is ready', async () => {
    await kit.open()
    const batch = unwrap(await kit.service.createBatch())
    const file = await kit.image('slow.png')
    const adding = kit.service.addSources(batch.id, [{ kind: 'path', path: file }])
    await kit.until(batch.id, ({ items }) => items.length === 1)
    unwrap(await kit.service.submitBatch(batch.id))
    await adding
    await kit.until(batch.id, ({ items }) => items.every(({ state }) => state === 'completed'))
  })
})

describe('a file that is still being read', () => {
  it('keeps the options, the name and the flag that it is given meanwhile', async () => {
    let goOn: () => void = () => undefined
    const held = new Promise<void>((resolve) => (goOn = resolve))
    await kit.open({
      runner: {
        ...directRunner,
        prepare: (job, onPage) => held.then(() => directRunner.prepare(job, onPage)),
      },
    })
    const batch = unwrap(await kit.service.createBatch())
    unwrap(await kit.service.addSources(batch.id, [{ kind: 'path', path: await kit.image('slow.png') }]))
    const [item] = kit.batch(batch.id).items
    const id = item?.id ?? ''
    expect(item?.state).toBe('preparing')
    unwrap(await kit.service.setItemOptions(batch.id, [id], { ocr_behavior: 'text' }, []))
    unwrap(await kit.service.renameItem(batch.id, id, 'of-my-own'))
    unwrap(await kit.service.reviewItems(batch.id, [id], { flagged: true }))
    goOn()
    await kit.until(batch.id, ({ items }) => items[0]?.state === 'ready')
    expect(kit.batch(batch.id).items[0]).toMatchObject({
      key: expect.stringContaining('of-my-own') as string,
      overrides: { ocr_behavior: 'text' },
      flagged: true,
    })
  })
})

describe('a file that could not be read', () => {
  it('is read again by a retry, and sent', async () => {
    await kit.open()
    const batch = unwrap(await kit.service.createBatch())
    const file = await kit.image('late.png')
    const good = await readFile(file)
    await writeFile(file, 'not yet an image')
    unwrap(await kit.service.addSources(batch.id, [{ kind: 'path', path: file }]))
    await kit.service.whenPrepared(batch.id)
    expect(states(batch.id)).toEqual(['error'])
    await writeFile(file, good)
    unwrap(await kit.service.retryItems(batch.id, [kit.batch(batch.id).items[0]?.id ?? '']))
    await kit.until(batch.id, ({ items }) => items[0]?.state === 'completed')
    expect(kit.batch(batch.id).items[0]).not.toHaveProperty('error')
  })
})

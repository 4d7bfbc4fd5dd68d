import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createCanvas } from '@napi-rs/canvas'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isDone } from '../../shared/batch-progress.ts'
import type { BatchRequest } from '../../shared/mathpix.ts'
import { ServiceKit, unwrap } from '../../testing/electron/service-kit.ts'
import { watchRuns } from '../../testing/electron/watch-runs.ts'

let kit: ServiceKit
beforeEach(async () => {
  kit = await ServiceKit.start()
  await kit.open()
})
afterEach(() => kit.stop())

const { itemsOf, keysSent } = watchRuns(() => kit)

/** A batch with one picture of so many rows of marks, 100 pixels apart. */
async function batchOf(rows: number): Promise<string> {
  const canvas = createCanvas(400, 100 * rows)
  const context = canvas.getContext('2d')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.fillStyle = '#000'
  for (let row = 0; row < rows; row += 1)
    for (let at = 0; at < 6; at += 1) context.fillRect(40 + 30 * at, 30 + 100 * row, 16, 20)
  const file = path.join(kit.dir, 'board.png')
  await writeFile(file, canvas.toBuffer('image/png'))
  const { id } = unwrap(await kit.service.createBatch())
  unwrap(await kit.service.addSources(id, [{ kind: 'path', path: file }]))
  await kit.service.whenPrepared(id)
  return id
}

describe('splitting an image', () => {
  it('makes an item of each block, from top to bottom, which reads its own region and is sent by itself', async () => {
    const id = await batchOf(3)
    const [board] = itemsOf(id)
    unwrap(await kit.service.splitItem(id, board?.id ?? ''))
    expect(itemsOf(id).map(({ key, state }) => [key, state])).toEqual([
      ['0001a-board', 'ready'],
      ['0001b-board', 'ready'],
      ['0001c-board', 'ready'],
    ])
    const tops = itemsOf(id).map(({ overrides }) => Math.round((overrides.region?.top_left_y ?? 0) / 100))
    expect(tops).toEqual([0, 1, 2])
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, isDone)
    expect(keysSent()).toEqual([['0001a-board', '0001b-board', '0001c-board']])
    const [post] = kit.server.posts()
    const { urls } = post?.json as BatchRequest
    expect(urls['0001b-board']).toMatchObject({ region: itemsOf(id)[1]?.overrides.region })
  })

  it('outlives the end of the app, and undo brings the one image back', async () => {
    const id = await batchOf(2)
    const [board] = itemsOf(id)
    const { itemIds } = unwrap(await kit.service.splitItem(id, board?.id ?? ''))
    unwrap(await kit.service.removeItems(id, itemIds))
    unwrap(await kit.service.restoreItems(id, [board?.id ?? '']))
    expect(itemsOf(id)).toEqual([board])
    unwrap(await kit.service.splitItem(id, board?.id ?? ''))
    await kit.service.close()
    await kit.open()
    expect(itemsOf(id).map(({ id }) => id)).toEqual(itemIds)
    expect(kit.service.imageFile(id, itemIds[1] ?? '', 'image')).toMatch(/\.png$/)
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, isDone)
    expect(itemsOf(id).map(({ state }) => state)).toEqual(['completed', 'completed'])
  })

  it('says so where there is one block, and takes regions as they are drawn', async () => {
    const id = await batchOf(1)
    const itemId = itemsOf(id)[0]?.id ?? ''
    expect(await kit.service.splitItem(id, itemId)).toMatchObject({ ok: false })
    expect(itemsOf(id).map(({ id }) => id)).toEqual([itemId])
    const half = { top_left_x: 0, top_left_y: 0, width: 120, height: 100 }
    const outside = { ...half, top_left_x: 300, width: 200 }
    expect(await kit.service.splitItem(id, itemId, [half, outside])).toMatchObject({ ok: false })
    unwrap(await kit.service.splitItem(id, itemId, [half, { ...half, top_left_x: 120 }]))
    expect(itemsOf(id)).toHaveLength(2)
  })
})

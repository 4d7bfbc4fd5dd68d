import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isDone } from '../../shared/batch-progress.ts'
import type { BatchRequest } from '../../shared/mathpix.ts'
import { noisePng, TOO_LARGE } from '../../testing/electron/noise-png.ts'
import { ServiceKit, unwrap } from '../../testing/electron/service-kit.ts'
import { watchRuns } from '../../testing/electron/watch-runs.ts'

let kit: ServiceKit

beforeEach(async () => {
  kit = await ServiceKit.start()
})
afterEach(() => kit.stop())

const { states, submissionStates } = watchRuns(() => kit)

describe('on the wire', () => {
  it('local files go to Mathpix as data URIs, to the engine on this computer by the file host', async () => {
    await kit.open()
    const cloud = await kit.batchWith(1)
    unwrap(await kit.service.submitBatch(cloud))
    await kit.until(cloud, isDone)
    const sent = kit.server.posts()[0]?.json as BatchRequest
    expect(sent.urls['0001-img1']).toMatch(/^data:image\/png;base64,iVBOR/)
    expect(kit.server.posts()[0]?.headers).toMatchObject({ app_id: 'id', app_key: 'secret-key' })

    unwrap(await kit.service.setBatchEngine(cloud, { kind: 'local' }))
    unwrap(await kit.service.retryItems(cloud, [kit.batch(cloud).items[0]?.id ?? '']))
    await kit.until(cloud, ({ items }) => items[0]?.sentAs === 'hosted')
    await kit.until(cloud, isDone)
    const local = kit.server.posts()[1]?.json as BatchRequest
    expect(local.urls['0001-img1']).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/i\/[\w-]+\.png$/)
    expect(local.confidence_rate_threshold).toBe(0)
  })

  it('addresses stay addresses, with their query, which the page does not see', async () => {
    await kit.open()
    const batch = unwrap(await kit.service.createBatch())
    const url = `${kit.server.origin}/x.png?sig=s3cret`
    unwrap(await kit.service.addUrls(batch.id, [url, 'no address', 'http://u:p@h/x.png']))
    expect(kit.notices).toHaveLength(1)
    unwrap(await kit.service.submitBatch(batch.id))
    await kit.until(batch.id, isDone)
    const post = kit.server.posts()[0]?.json as BatchRequest
    expect(Object.values(post.urls)).toEqual([url])
    expect(JSON.stringify(kit.changes)).not.toContain('s3cret')
    expect(kit.batch(batch.id).items[1]).toMatchObject({ state: 'error', error: { kind: 'image' } })
  })

  it('a large batch is split in order, and the parts are one batch to the user', async () => {
    await kit.open()
    const id = await kit.batchWith(101)
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, isDone)
    expect(kit.server.posts().map(({ json }) => Object.keys((json as BatchRequest).urls).length)).toEqual([
      100, 1,
    ])
    expect(new Set(states(id))).toEqual(new Set(['completed']))
  })

  it('callback headers reach the wire and not the page', async () => {
    await kit.open()
    const id = await kit.batchWith(1)
    const callback = { post: 'https://my.host/hook', headers: { Authorization: 'Bearer tok3n' } }
    unwrap(await kit.service.setBatchOptions(id, { formats: ['text'], callback }))
    const shown = kit.batch(id).options
    expect(JSON.stringify(shown)).not.toContain('tok3n')
    unwrap(await kit.service.setBatchOptions(id, shown))
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, isDone)
    expect(kit.server.posts()[0]?.json).toMatchObject({ callback })
    expect(JSON.stringify(kit.changes)).not.toContain('tok3n')
  })
})

describe('an image too large for a data URI, also as a smaller copy', () => {
  const large = async () => {
    const batch = unwrap(await kit.service.createBatch())
    unwrap(
      await kit.service.addSources(batch.id, [
        { kind: 'bytes', name: 'noise.png', bytes: noisePng(TOO_LARGE) },
      ]),
    )
    await kit.service.whenPrepared(batch.id)
    return batch.id
  }

  it('goes by a single upload and is folded in like the others', async () => {
    await kit.open()
    const id = await large()
    unwrap(await kit.service.addSources(id, [{ kind: 'path', path: await kit.image('small.png') }]))
    await kit.service.whenPrepared(id)
    unwrap(await kit.service.submitBatch(id))
    const batch = await kit.until(id, isDone)
    expect(batch.items.map(({ sentAs, state }) => [sentAs, state])).toEqual([
      ['upload', 'completed'],
      ['data_uri', 'completed'],
    ])
    expect(kit.server.posts('/v3/latex')).toHaveLength(1)
    expect(submissionStates(id)).toEqual(['completed', 'completed'])
  })

  it('is not sent a second time when the reply is lost', async () => {
    kit.server.next.push((_, response) => response.destroy())
    await kit.open()
    const id = await large()
    unwrap(await kit.service.submitBatch(id))
    const batch = await kit.until(id, isDone)
    expect(batch.items[0]?.error?.kind).toBe('unclear_post')
    expect(kit.server.posts('/v3/latex')).toHaveLength(1)
  })

  it('that was on its way when the app ended is left to the user', async () => {
    kit.server.next.push(() => undefined)
    await kit.open()
    const id = await large()
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, () => kit.server.posts('/v3/latex').length === 1)
    await kit.service.close()
    await kit.open()
    const batch = await kit.until(id, isDone)
    expect(batch.items[0]?.error?.kind).toBe('unclear_post')
    expect(kit.server.posts('/v3/latex')).toHaveLength(1)
  })
})

describe('items', () => {
  it('come back in their place with everything they had', async () => {
    await kit.open()
    const id = await kit.batchWith(3)
    const middle = kit.batch(id).items[1]?.id ?? ''
    expect(unwrap(await kit.service.removeItems(id, [middle]))).toHaveLength(1)
    expect(kit.batch(id).items).toHaveLength(2)
    unwrap(await kit.service.restoreItems(id, [middle]))
    expect(kit.batch(id).items.map(({ key }) => key)).toEqual(['0001-img1', '0002-img2', '0003-img3'])
  })

  it('keep their keys apart', async () => {
    await kit.open()
    const id = await kit.batchWith(2)
    const [first] = kit.batch(id).items
    expect((await kit.service.renameItem(id, first?.id ?? '', '0002-img2')).ok).toBe(false)
    unwrap(await kit.service.renameItem(id, first?.id ?? '', 'Aufgabe 1'))
    expect(kit.batch(id).items[0]?.key).toBe('Aufgabe-1')
  })
})

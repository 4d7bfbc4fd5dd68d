import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isDone } from '../../shared/batch-progress.ts'
import type { BatchRequest } from '../../shared/mathpix.ts'
import type { DailyLimit } from '../../shared/money.ts'
import { Settings } from '../../shared/settings.ts'
import { answerWith, send } from '../../testing/node/fake-mathpix.ts'
import { ServiceKit, unwrap } from '../../testing/electron/service-kit.ts'

let kit: ServiceKit
let dailyLimit: DailyLimit | null
beforeEach(async () => {
  kit = await ServiceKit.start()
  dailyLimit = null
})
afterEach(() => kit.stop())

const open = () =>
  kit.open({
    settings: () => Settings.parse({ engine: { kind: 'mathpix', baseUrl: kit.server.origin }, dailyLimit }),
  })
const images = (amount: number) => (dailyLimit = { unit: 'images', amount })
const engine = () => ({ kind: 'mathpix', baseUrl: kit.server.origin }) as const
const sentToday = async () => (await kit.service.getUsage(engine())).today.images
const batchPosts = () => kit.server.posts().length

describe('the daily limit', () => {
  it('refuses a run that would exceed it before anything is sent, and lets pass what fits', async () => {
    images(2)
    await open()
    const id = await kit.batchWith(3)
    expect(await kit.service.submitBatch(id)).toMatchObject({
      ok: false,
      error: { kind: 'daily_limit', wanted: 3, left: 2 },
    })
    expect(batchPosts()).toBe(0)
    expect(kit.batch(id).items.map(({ state }) => state)).toEqual(['ready', 'ready', 'ready'])
    const estimate = unwrap(await kit.service.estimateRun(id))
    expect(estimate).toMatchObject({ today: { images: 0, allowed: 2 }, sentAs: { data_uri: 3 }, free: 0 })
    expect(estimate.server).toBe(new URL(kit.server.origin).host)
    unwrap(await kit.service.retryItems(id, estimate.itemIds.slice(0, 2)))
    await kit.until(id, isDone)
    expect(kit.batch(id).items.map(({ state }) => state)).toEqual(['completed', 'completed', 'ready'])
    expect(await sentToday()).toBe(2)
    images(3)
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, ({ items }) => items.every(({ state }) => state === 'completed'))
  })

  it('survives a restart', async () => {
    images(2)
    await open()
    const id = await kit.batchWith(2)
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, isDone)
    await kit.service.close()
    await open()
    const more = await kit.batchWith(1)
    expect(await kit.service.submitBatch(more)).toMatchObject({ ok: false, error: { left: 0 } })
    expect(batchPosts()).toBe(1)
  })

  it('counts an unclear POST as spent and a refused one not', async () => {
    images(2)
    await open()
    const id = await kit.batchWith(1)
    kit.server.next.push((_, response) =>
      send(response, { error: 'x', error_info: { id: 'opts_unknown_format', message: 'x' } }),
    )
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, ({ submissions }) => submissions[0]?.state === 'failed')
    await expect.poll(sentToday).toBe(0)
    kit.server.next.push((_, response) => response.destroy())
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, ({ submissions }) => submissions[1]?.state === 'unclear')
    expect(await sentToday()).toBe(1)
    images(1)
    const submissionId = kit.batch(id).submissions[1]?.id ?? ''
    expect(await kit.service.resolveUnclear(id, submissionId, 'send_again')).toMatchObject({
      ok: false,
      error: { kind: 'daily_limit' },
    })
    expect(kit.batch(id).submissions[1]?.state).toBe('unclear')
    images(2)
    unwrap(await kit.service.resolveUnclear(id, submissionId, 'send_again'))
    await kit.until(id, isDone)
    expect(await sentToday()).toBe(2)
  })

  it('counts a POST once although it is tried twice', async () => {
    images(1)
    await open()
    kit.server.next.push((_, response) =>
      send(response, { error: 'x', error_info: { id: 'http_max_requests', message: 'x' } }, 429),
    )
    const id = await kit.batchWith(1)
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, isDone)
    expect(batchPosts()).toBe(2)
    expect(await sentToday()).toBe(1)
  })

  it('does not concern the engine on this computer', async () => {
    images(0)
    await open()
    const id = await kit.batchWith(1)
    unwrap(await kit.service.setBatchEngine(id, { kind: 'local' }))
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, isDone)
    expect(await sentToday()).toBe(0)
  })
})

describe('before a paid run', () => {
  it('says which images may have been sent before and which cost nothing', async () => {
    await open()
    const id = await kit.batchWith(2)
    kit.server.next.push((_, response) => response.destroy())
    unwrap(await kit.service.submitBatch(id))
    const lost = await kit.until(id, ({ submissions }) => submissions[0]?.state === 'unclear')
    unwrap(await kit.service.resolveUnclear(id, lost.submissions[0]?.id ?? '', 'give_up'))
    const ids = lost.items.map((item) => item.id)
    expect(unwrap(await kit.service.estimateRun(id, ids))).toMatchObject({ unclear: 2, free: 0 })
    kit.server.finishedKeys = () => []
    unwrap(await kit.service.retryItems(id, ids))
    await kit.until(id, ({ submissions }) => submissions[1]?.state === 'processing')
    unwrap(await kit.service.cancelBatch(id))
    expect(unwrap(await kit.service.estimateRun(id, ids))).toMatchObject({ itemIds: [], free: 2 })
  })

  it('asks Mathpix not to keep the images unless the user chose otherwise', async () => {
    await open()
    const id = await kit.batchWith(1)
    const metadataOf = async (metadata: Record<string, unknown> | undefined) => {
      unwrap(await kit.service.setBatchOptions(id, { formats: ['text'], ...(metadata ? { metadata } : {}) }))
      unwrap(await kit.service.retryItems(id, [kit.batch(id).items[0]?.id ?? '']))
      await kit.until(id, isDone)
      return (kit.server.posts().at(-1)?.json as BatchRequest).metadata
    }
    expect(await metadataOf(undefined)).toEqual({ improve_mathpix: false })
    expect(await metadataOf({ improve_mathpix: true })).toEqual({ improve_mathpix: true })
  })
})

describe('the monthly counter', () => {
  it('adds up the images of the month and names the rest', async () => {
    await open()
    kit.server.usage = answerWith({
      ocr_usage: [
        { usage_type: 'image', count: 20 },
        { usage_type: 'image-async', count: 3 },
        { usage_type: 'pdf-page', count: 5, from_date: 'x' },
      ],
    })
    const { month } = await kit.service.getUsage(engine())
    expect(month).toMatchObject({
      state: 'known',
      images: 23,
      others: [{ usage_type: 'pdf-page', count: 5 }],
    })
    const query = new URL(kit.server.usageRequests[0]?.path ?? '', 'http://h').searchParams
    expect(query.get('from_date')).toMatch(/-01T00:00:00.000Z$/)
  })

  it.each([
    ['refused', 401, { error: 'x', error_info: { id: 'http_unauthorized', message: 'x' } }],
    ['unknown there', 404, {}],
    ['of another shape', 200, { usage: 7 }],
  ])('says plainly that it is not told when it is %s', async (_, status, body) => {
    await open()
    kit.server.usage = answerWith(body, status)
    const { month } = await kit.service.getUsage(engine())
    expect(month).toEqual({ state: 'unknown', reason: 'The server does not tell these keys what was used.' })
    expect(kit.notices).toEqual([])
  })
})

import { cpSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Batch } from '../../shared/batch.ts'
import { isDone } from '../../shared/batch-progress.ts'
import { describeSending } from '../../shared/describe-sending.ts'
import type { DailyLimit } from '../../shared/money.ts'
import { Settings } from '../../shared/settings.ts'
import { send } from '../../testing/node/fake-mathpix.ts'
import { waysOf } from '../../testing/node/sent-images.ts'
import { ServiceKit, unwrap } from '../../testing/electron/service-kit.ts'

let kit: ServiceKit
let dailyLimit: DailyLimit | null
/** Milliseconds that the clock of the app has been put on. */
let later: number

beforeEach(async () => {
  kit = await ServiceKit.start()
  dailyLimit = null
  later = 0
})
afterEach(() => kit.stop())

const engine = () => ({ kind: 'mathpix', baseUrl: kit.server.origin }) as const
const open = (dir?: string) =>
  kit.open({
    settings: () => Settings.parse({ engine: engine(), dailyLimit, imagesPerMinute: null }),
    elapsed: () => kit.elapsed() + later,
    ...(dir === undefined ? {} : { dir }),
  })
const failure = (id: string, message = `About ${id}`, more = {}) => ({
  error: message,
  error_info: { id, message, ...more },
})
const sentToday = async () => (await kit.service.getUsage(engine())).today.images
const waysIn = ({ items }: Batch) => items.map(({ sentAs, state }) => `${sentAs ?? ''} ${state}`)

/** The server takes batches and says of every image in them that it did not get it. */
const refuseInResults = (id = 'image_download_error') => (kit.server.resultOf = () => failure(id))
/** It refuses the next batch itself. */
const refusePost = (id: string, more = {}, status = 200) =>
  kit.server.next.push((_, response) => send(response, failure(id, `About ${id}`, more), status))

async function run(id: string): Promise<Batch> {
  unwrap(await kit.service.submitBatch(id))
  return kit.until(id, isDone)
}

/** What the page was ever told to have failed. */
const failuresShown = () => kit.changes.flatMap(({ items }) => items.filter(({ state }) => state === 'error'))

describe('data URIs refused in the results', () => {
  it.each(['image_download_error', 'image_decode_error', 'image_missing'])(
    'with %s: the images go by upload, and the user is not told that they failed',
    async (id) => {
      refuseInResults(id)
      await open()
      const batch = await run(await kit.batchWith(3))
      expect(waysIn(batch)).toEqual(['upload completed', 'upload completed', 'upload completed'])
      expect(waysOf(kit.server)).toEqual(['data data data', 'upload', 'upload', 'upload'])
      expect(failuresShown()).toEqual([])
      expect(batch.submissions.map(({ state, error }) => [state, error])).toEqual([
        ['completed', undefined],
        ['completed', undefined],
      ])
      expect(batch.items.map(describeSending)[0]).toBe(
        'as a single upload, because the server takes no images inside a request',
      )
    },
  )

  it('with an error about options that is about their address', async () => {
    kit.server.resultOf = () =>
      failure('opts_value_out_of_range', 'Value not in accepted range', { name: 'url' })
    await open()
    expect(waysIn(await run(await kit.batchWith(1)))).toEqual(['upload completed'])
  })

  it('but not with an error about anything else', async () => {
    kit.server.resultOf = () => failure('opts_value_out_of_range', 'Value not in range', { name: 'region' })
    await open()
    const batch = await run(await kit.batchWith(1))
    expect(batch.items[0]?.error).toMatchObject({ id: 'opts_value_out_of_range' })
    kit.server.resultOf = () => failure('image_no_content')
    unwrap(await kit.service.retryItems(batch.id, [batch.items[0]?.id ?? '']))
    await kit.until(batch.id, isDone)
    expect(waysOf(kit.server)).toEqual(['data', 'data'])
  })

  it('one after the other, each as soon as it is known', async () => {
    kit.server.finishedKeys = (keys, polls) => keys.slice(0, polls)
    refuseInResults()
    await open()
    const batch = await run(await kit.batchWith(2))
    expect(waysIn(batch)).toEqual(['upload completed', 'upload completed'])
    expect(waysOf(kit.server)).toEqual(['data data', 'upload', 'upload'])
  })

  it('one of several: that one goes by upload, and the server is still sent data URIs', async () => {
    kit.server.resultOf = (key) =>
      key.startsWith('0002') ? failure('image_decode_error') : { latex_styled: 'x' }
    await open()
    const id = await kit.batchWith(3)
    expect(waysIn(await run(id))).toEqual(['data_uri completed', 'upload completed', 'data_uri completed'])
    await run(await kit.batchWith(1))
    expect(waysOf(kit.server)).toEqual(['data data data', 'upload', 'data'])
  })

  it('and in the upload as well: the error is shown, once, and it was not the way', async () => {
    refuseInResults('image_decode_error')
    await open()
    const id = await kit.batchWith(1)
    kit.server.next.push(
      (request, response) => kit.server.answerNormally(request, response),
      (request, response) => kit.server.answerNormally(request, response),
      (_, response) => send(response, failure('image_decode_error')),
    )
    const batch = await run(id)
    expect(batch.items[0]).toMatchObject({
      state: 'error',
      error: { id: 'image_decode_error' },
      sentAs: 'upload',
    })
    expect(waysOf(kit.server)).toEqual(['data', 'upload'])
    unwrap(await kit.service.retryItems(id, [batch.items[0]?.id ?? '']))
    await kit.until(id, ({ submissions }) => submissions.length > 2)
    await kit.until(id, isDone)
    expect(waysOf(kit.server)[2]).toBe('data')
  })

  it('are remembered for this server: the next run goes by upload at once, until a day has passed', async () => {
    refuseInResults()
    await open()
    await run(await kit.batchWith(1))
    const second = await kit.batchWith(2)
    expect(unwrap(await kit.service.estimateRun(second)).sentAs).toMatchObject({ data_uri: 0, upload: 2 })
    expect(waysIn(await run(second))).toEqual(['upload completed', 'upload completed'])
    expect(waysOf(kit.server)).toEqual(['data', 'upload', 'upload', 'upload'])
    later = 24 * 3_600_000
    kit.server.resultOf = () => ({ latex_styled: 'x' })
    expect(waysIn(await run(await kit.batchWith(1)))).toEqual(['data_uri completed'])
  })

  it('are remembered until the app is started anew', async () => {
    refuseInResults()
    await open()
    await run(await kit.batchWith(1))
    await kit.service.close()
    await open()
    expect(unwrap(await kit.service.estimateRun(await kit.batchWith(1))).sentAs).toMatchObject({
      data_uri: 1,
    })
  })

  it('are known to the later parts of the same run before they are sent', async () => {
    refuseInResults()
    await open()
    const batch = await run(await kit.batchWith(101))
    expect(new Set(waysIn(batch))).toEqual(new Set(['upload completed']))
    const ways = waysOf(kit.server)
    expect(ways.filter((way) => way === 'upload')).toHaveLength(101)
  })
})

describe('a batch refused because of its data URIs', () => {
  it.each([
    ['image_missing', {}, 200],
    ['sys_request_too_large', {}, 200],
    ['opts_value_out_of_range', { name: 'urls' }, 200],
  ])('with %s %o: its images go by upload', async (id, more, status) => {
    refusePost(id, more, status)
    await open()
    const batch = await run(await kit.batchWith(2))
    expect(waysIn(batch)).toEqual(['upload completed', 'upload completed'])
    expect(waysOf(kit.server)).toEqual(['data data', 'upload', 'upload'])
    expect(batch.submissions).toMatchObject([{ state: 'completed' }])
    expect(failuresShown()).toEqual([])
  })

  it('with HTTP 413 by something in between', async () => {
    kit.server.next.push((_, response) => response.writeHead(413).end('<h1>Too large</h1>'))
    await open()
    expect(waysIn(await run(await kit.batchWith(1)))).toEqual(['upload completed'])
  })

  it('goes again with the images that have an address', async () => {
    refusePost('image_missing')
    await open()
    const id = await kit.batchWith(1)
    unwrap(await kit.service.addUrls(id, ['https://images.example/a.png']))
    const batch = await run(id)
    expect(waysIn(batch)).toEqual(['upload completed', 'url completed'])
    expect(waysOf(kit.server)).toEqual(['data https', 'https', 'upload'])
  })

  it('stays refused when it has none', async () => {
    refusePost('image_missing')
    await open()
    const { id } = unwrap(await kit.service.createBatch())
    unwrap(await kit.service.addUrls(id, ['https://images.example/a.png']))
    const batch = await run(id)
    expect(batch.submissions).toMatchObject([{ state: 'failed', error: { id: 'image_missing' } }])
    expect(waysOf(kit.server)).toEqual(['https'])
  })
})

describe('the money', () => {
  it('a refused batch counts nothing; its uploads count once', async () => {
    refusePost('image_missing')
    await open()
    await run(await kit.batchWith(2))
    expect(await sentToday()).toBe(2)
  })

  it('an accepted batch stays counted, because it may be billed; its uploads count as well', async () => {
    refuseInResults()
    await open()
    await run(await kit.batchWith(2))
    expect(await sentToday()).toBe(4)
  })

  it('uploads that the daily limit does not allow are not made: the images are ready again', async () => {
    dailyLimit = { unit: 'images', amount: 3 }
    refuseInResults()
    await open()
    const batch = await run(await kit.batchWith(2))
    expect(batch.items.map(({ state }) => state)).toEqual(['ready', 'ready'])
    expect(batch.submissions.at(-1)).toMatchObject({
      state: 'failed',
      error: { kind: 'daily_limit', left: 1 },
    })
    expect(waysOf(kit.server)).toEqual(['data data'])
  })
})

describe('the end of the app between refusal and upload', () => {
  const afterKill = () => path.join(kit.dir, 'after-kill', 'batches')
  const keepDisk = () => cpSync(path.join(kit.dir, 'batches'), afterKill(), { recursive: true })
  const openAfterKill = () => kit.ownFolder(afterKill()).then(() => open(afterKill()))
  const hasMoved = ({ submissions }: Batch) => submissions.some(({ insteadOf }) => insteadOf !== undefined)

  const refuse = (where: 'results' | 'POST') => {
    if (where === 'results') refuseInResults()
    else refusePost('image_missing')
  }

  it.each(['results', 'POST'] as const)(
    'loses nothing and uploads once: refused in the %s',
    async (where) => {
      refuse(where)
      let killed: (() => void) | undefined
      const isKilled = new Promise<void>((resolve) => (killed = resolve))
      let id = ''
      await kit.open({
        settings: () => Settings.parse({ engine: engine() }),
        connect: () => {
          if (id === '' || !hasMoved(kit.batch(id))) return kit.connection()
          // From here on the first app is dead: it never gets to its uploads.
          if (killed) keepDisk()
          killed?.()
          killed = undefined
          return new Promise(() => undefined)
        },
      })
      id = await kit.batchWith(2)
      unwrap(await kit.service.submitBatch(id))
      await isKilled
      expect(waysOf(kit.server)).toEqual(['data data'])
      await openAfterKill()
      const batch = await kit.until(id, isDone)
      expect(waysIn(batch)).toEqual(['upload completed', 'upload completed'])
      expect(waysOf(kit.server)).toEqual(['data data', 'upload', 'upload'])
    },
  )

  it.each(['results', 'POST'] as const)(
    'repeats no upload that was begun: refused in the %s',
    async (where) => {
      refuse(where)
      await open()
      const id = await kit.batchWith(2)
      const answers = where === 'results' ? 2 : 0
      for (let count = 0; count < answers; count += 1)
        kit.server.next.push((request, response) => kit.server.answerNormally(request, response))
      kit.server.next.push(
        () => undefined,
        () => undefined,
      )
      unwrap(await kit.service.submitBatch(id))
      await kit.until(id, () => kit.server.posts('/v3/latex').length === 2)
      keepDisk()
      await kit.service.close()
      await openAfterKill()
      const batch = await kit.until(id, isDone)
      expect(batch.items.map(({ error }) => error?.kind)).toEqual(['unclear_post', 'unclear_post'])
      expect(waysOf(kit.server)).toEqual(['data data', 'upload', 'upload'])
    },
  )
})

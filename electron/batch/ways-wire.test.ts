import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createCanvas } from '@napi-rs/canvas'
import { Transformer } from '@napi-rs/image'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isDone } from '../../shared/batch-progress.ts'
import { fail } from '../../shared/result.ts'
import { Settings } from '../../shared/settings.ts'
import { withOrientation } from '../../testing/electron/exif-jpeg.ts'
import { send } from '../../testing/node/fake-mathpix.ts'
import { LARGE, noisePng, TOO_LARGE } from '../../testing/electron/noise-png.ts'
import { bytesOf, sentUrls, uploadedFile, waysOf } from '../../testing/node/sent-images.ts'
import { ServiceKit, unwrap } from '../../testing/electron/service-kit.ts'
import { Tunnel } from '../../testing/electron/tunnel.ts'
import { sleep } from '../sleep.ts'
import { Ways, TOO_PRIVATE } from './ways/open-ways.ts'

let kit: ServiceKit
let tunnel: Tunnel
let publicBaseUrl: string
/** Milliseconds that the clock of the app has been put on. */
let later: number

beforeEach(async () => {
  kit = await ServiceKit.start()
  tunnel = await Tunnel.start(kit.host.port)
  publicBaseUrl = `${tunnel.base}/`
  later = 0
})
afterEach(async () => {
  await kit.stop()
  await tunnel.stop()
})

const settings = () =>
  Settings.parse({ engine: { kind: 'mathpix', baseUrl: kit.server.origin }, publicBaseUrl })
const open = () =>
  kit.open({
    settings,
    elapsed: () => performance.now() + later,
    sleep: (ms, signal) => {
      later += ms
      return sleep(1, signal)
    },
  })

async function batchOf(...files: readonly Uint8Array<ArrayBuffer>[]): Promise<string> {
  const { id } = unwrap(await kit.service.createBatch())
  const sources = files.map((bytes, index) => ({ kind: 'bytes' as const, name: `${index}.png`, bytes }))
  unwrap(await kit.service.addSources(id, sources))
  await kit.service.whenPrepared(id)
  return id
}

async function run(id: string) {
  unwrap(await kit.service.submitBatch(id))
  return kit.until(id, isDone)
}

describe('a public address', () => {
  it('that leads to the app is used, and every image can be fetched there', async () => {
    await open()
    const id = await batchOf(noisePng(8), noisePng(TOO_LARGE))
    const fetched: Promise<number[]>[] = []
    kit.server.next.push((request, response) => {
      const urls = sentUrls(kit.server)
      fetched.push(
        ...urls.map(async (url) => [
          ...new Uint8Array(await (await fetch(url)).arrayBuffer()).subarray(1, 4),
        ]),
      )
      void Promise.all(fetched).then(() => kit.server.answerNormally(request, response))
    })
    const batch = await run(id)
    expect(batch.items.map(({ sentAs, state }) => [sentAs, state])).toEqual([
      ['hosted', 'completed'],
      ['hosted', 'completed'],
    ])
    for (const url of sentUrls(kit.server)) expect(url).toMatch(/^http:.*\/base\/i\/[\w-]{32}\.png$/)
    const png = [...Buffer.from('PNG')]
    expect(await Promise.all(fetched)).toEqual([png, png])
  })

  it('that leads nowhere is not used: the run says so, and the images go another way', async () => {
    tunnel.mode = 'wrong_page'
    await open()
    const id = await batchOf(noisePng(8), noisePng(TOO_LARGE))
    const { addressProblem } = unwrap(await kit.service.estimateRun(id))
    expect(addressProblem).toMatch(/Something else answers there/)
    const batch = await run(id)
    expect(kit.notices).toEqual([
      {
        tone: 'problem',
        message: expect.stringMatching(/public address cannot be used.*Something else/) as unknown,
      },
    ])
    expect(batch.items.map(({ sentAs, sentBecause, state }) => [sentAs, sentBecause, state])).toEqual([
      ['data_uri', 'address_closed', 'completed'],
      ['upload', 'too_large', 'completed'],
    ])
    expect(waysOf(kit.server).sort()).toEqual(['data', 'upload'])
  })

  it('that closes while a run waits is not used either', async () => {
    await open()
    const id = await batchOf(noisePng(8))
    kit.server.next.push((_, response) => {
      tunnel.mode = 'down'
      const error_info = { id: 'http_max_requests', message: 'x' }
      send(response, { error: 'x', error_info }, 429, { 'retry-after': '60' })
    })
    const batch = await run(id)
    expect(waysOf(kit.server)).toEqual(['http', 'data'])
    expect(batch.items[0]).toMatchObject({
      state: 'completed',
      sentAs: 'data_uri',
      sentBecause: 'address_closed',
    })
    expect(batch.submissions).toHaveLength(1)
  })

  it('that closed while the app was away is not used after the start', async () => {
    await kit.open({ settings, sleep: (_, signal) => sleep(600_000, signal) })
    const id = await batchOf(noisePng(8))
    kit.server.next.push((_, response) => {
      const error_info = { id: 'http_max_requests', message: 'x' }
      send(response, { error: 'x', error_info }, 429, { 'retry-after': '3000' })
    })
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, ({ submissions }) => submissions[0]?.waiting?.until !== undefined)
    await kit.service.close()
    publicBaseUrl = ''
    await open()
    await kit.until(id, isDone)
    expect(waysOf(kit.server)).toEqual(['http', 'data'])
    expect(sentUrls(kit.server).slice(1).join()).not.toMatch(/http:/)
  })

  it('from which the server cannot fetch after all costs no image: it goes by upload, once', async () => {
    await open()
    const id = await batchOf(noisePng(8), noisePng(9))
    kit.server.resultOf = (key) =>
      key.startsWith('0001')
        ? { error: 'x', error_info: { id: 'image_download_error' } }
        : { latex_styled: 'x' }
    const batch = await run(id)
    expect(batch.items.map(({ sentAs, sentBecause, state }) => [sentAs, sentBecause, state])).toEqual([
      ['upload', 'not_fetched', 'completed'],
      ['hosted', undefined, 'completed'],
    ])
    expect(waysOf(kit.server)).toEqual(['http http', 'upload'])
  })

  it('inside the own network serves servers of that network only', async () => {
    const ways = new Ways({
      host: kit.host,
      settings,
      elapsed: () => 0,
      connect: () => Promise.resolve(fail({ kind: 'bug', message: 'no keys' })),
    })
    const base = tunnel.base
    expect(await ways.open({ kind: 'mathpix', baseUrl: 'https://8.8.8.8' })).toEqual({
      takesDataUris: true,
      addressProblem: TOO_PRIVATE,
    })
    expect(await ways.open({ kind: 'mathpix', baseUrl: 'http://192.168.1.9' })).toMatchObject({
      publicBase: base,
    })
    expect(await ways.report(` ${base}/ `)).toMatchObject({ state: 'private', message: '' })
  })

  it('is checked for the settings, with the place that a tunnel has to lead to', async () => {
    await open()
    const forwardTo = `http://127.0.0.1:${kit.host.port}`
    expect(await kit.service.checkPublicAddress('')).toEqual({ state: 'off', message: '', forwardTo })
    tunnel.mode = 'down'
    expect(await kit.service.checkPublicAddress(tunnel.base)).toEqual({
      state: 'closed',
      message: 'It answers, but does not reach this app (HTTP 502).',
      forwardTo,
    })
    tunnel.mode = 'open'
    expect(await kit.service.checkPublicAddress(tunnel.base)).toMatchObject({ state: 'private' })
  })
})

describe('images too large for a data URI', () => {
  beforeEach(() => {
    publicBaseUrl = ''
  })

  it('go as smaller copies that keep the limits, and say so', async () => {
    await open()
    const id = await batchOf(noisePng(LARGE), noisePng(LARGE), noisePng(LARGE))
    expect(unwrap(await kit.service.estimateRun(id))).toMatchObject({ sentAs: { data_uri: 3 }, smaller: 3 })
    const { items } = await run(id)
    expect(items.map(({ state }) => state)).toEqual(['completed', 'completed', 'completed'])
    for (const { json } of kit.server.posts()) expect(JSON.stringify(json).length).toBeLessThan(5_000_000)
    for (const [index, url] of sentUrls(kit.server).entries()) {
      const encoded = url.slice(url.indexOf(',') + 1)
      expect(encoded.length).toBeLessThanOrEqual(2_000_000)
      expect(url.slice(0, 23)).toBe('data:image/jpeg;base64,')
      const { width, height } = await new Transformer(bytesOf(url)).metadata()
      expect(items[index]?.sentCopy).toEqual({
        width,
        height,
        mime: 'image/jpeg',
        bytes: bytesOf(url).length,
      })
      expect([width, height]).toEqual([LARGE, LARGE])
    }
    expect(kit.server.posts()).toHaveLength(2)
  })

  it('are made smaller once, and sent as they are to an engine that can take them', async () => {
    const jobs: string[] = []
    const runner = (await import('../../testing/electron/direct-runner.ts')).directRunner
    await kit.open({
      settings,
      runner: {
        ...runner,
        shrink: (job) => {
          jobs.push(job.image)
          return runner.shrink(job)
        },
      },
    })
    const id = await batchOf(noisePng(LARGE))
    await run(id)
    const [item] = kit.batch(id).items
    unwrap(await kit.service.retryItems(id, [item?.id ?? '']))
    await kit.until(id, isDone)
    expect(jobs).toHaveLength(1)
    expect(sentUrls(kit.server)).toHaveLength(2)
    unwrap(await kit.service.setBatchEngine(id, { kind: 'local' }))
    unwrap(await kit.service.retryItems(id, [item?.id ?? '']))
    const { items } = await kit.until(id, (batch) => isDone(batch) && batch.items[0]?.sentAs === 'hosted')
    expect(items[0]?.sentCopy).toBeUndefined()
  })
})

describe('a photograph with an EXIF orientation', () => {
  it.each(['data_uri', 'upload', 'hosted'] as const)('stands upright on the wire: %s', async (way) => {
    publicBaseUrl = way === 'hosted' ? tunnel.base : ''
    await open()
    const file = path.join(kit.dir, 'turned.jpg')
    await writeFile(file, withOrientation(redLeft(), 6))
    const { id } = unwrap(await kit.service.createBatch())
    unwrap(await kit.service.addSources(id, [{ kind: 'path', path: file }]))
    await kit.service.whenPrepared(id)
    const fetched: Buffer[] = []
    if (way !== 'data_uri') {
      const error_info = { id: way === 'upload' ? 'image_missing' : 'none', message: 'x' }
      kit.server.next.push((request, response) => {
        const [url = ''] = sentUrls(kit.server)
        if (way === 'upload') send(response, { error: 'x', error_info })
        else
          void fetch(url)
            .then((got) => got.arrayBuffer())
            .then((bytes) => fetched.push(Buffer.from(bytes)))
            .then(() => kit.server.answerNormally(request, response))
      })
    }
    const { items } = await run(id)
    expect(items[0]).toMatchObject({ state: 'completed', sentAs: way, image: { width: 200, height: 300 } })
    const [upload] = kit.server.posts('/v3/latex')
    const bytes = upload ? uploadedFile(upload) : (fetched[0] ?? bytesOf(sentUrls(kit.server)[0] ?? ''))
    const { width, height, orientation } = await new Transformer(bytes).metadata(true)
    expect([width, height, orientation ?? 1]).toEqual([200, 300, 1])
    // The left half of the stored pixels is the top of the upright picture.
    const pixels = await new Transformer(bytes).rawPixels()
    const channels = pixels.length / (width * height)
    const colourAt = (x: number, y: number) => [...pixels.subarray((y * width + x) * channels).subarray(0, 3)]
    expect(colourAt(100, 40)[1]).toBeLessThan(60)
    expect(colourAt(100, 260)[1]).toBeGreaterThan(200)
  })
})

/** 300 × 200, its left half red, the right white. */
function redLeft(): Buffer {
  const canvas = createCanvas(300, 200)
  const context = canvas.getContext('2d')
  context.fillStyle = 'white'
  context.fillRect(0, 0, 300, 200)
  context.fillStyle = 'red'
  context.fillRect(0, 0, 150, 200)
  return canvas.toBuffer('image/jpeg')
}

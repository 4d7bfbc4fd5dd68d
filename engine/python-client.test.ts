import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFixtureImage } from '../testing/engine/fixture-recogniser.ts'
import { startImageHost, type ImageHost } from '../testing/engine/image-host.ts'
import {
  createDataDir,
  startTestEngine,
  TEST_KEYS,
  type Json,
  type TestEngine,
} from '../testing/engine/test-engine.ts'

/** The requests that Mathpix's own Python client makes, header for header; it is pointed here by its setting of the base URL. */

let host: ImageHost
let engine: TestEngine
let removeData: () => Promise<void>

beforeEach(async () => {
  const data = await createDataDir()
  removeData = data.remove
  host = await startImageHost({
    '/algebra.jpg': createFixtureImage('12+5x-8=12x-10'),
    '/quadratic.jpg': createFixtureImage('x^2+y^2=9'),
    '/hook': (_request, response) => response.end(),
  })
  engine = await startTestEngine(data.path)
})

afterEach(async () => {
  await engine.close()
  await host.close()
  await removeData()
})

/** One request on a connection of its own, as the client's HTTP library sends it. */
function ask(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Json> {
  const text = body === undefined ? '' : dump(body)
  const headers: Record<string, string | number> = {
    'User-Agent': 'python-requests/2.32.3',
    'Accept-Encoding': 'gzip, deflate',
    Accept: '*/*',
    Connection: 'keep-alive',
    app_id: TEST_KEYS.app_id,
    app_key: TEST_KEYS.app_key,
    ...(method === 'POST'
      ? { 'Content-Length': Buffer.byteLength(text), 'Content-Type': 'application/json' }
      : {}),
  }
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port: engine.engine.port, method, path, headers, agent: false },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => {
          sent.destroy()
          expect(response.statusCode).toBe(200)
          resolve(JSON.parse(Buffer.concat(chunks).toString()) as Json)
        })
      },
    )
    sent.on('error', reject)
    sent.end(text)
  })
}

/** JSON as Python writes it: a space behind each comma and colon, ASCII only. */
function dump(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(dump).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([name, member]) => `${dump(name)}: ${dump(member)}`)
    return `{${members.join(', ')}}`
  }
  const toEscape = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  return JSON.stringify(value).replace(/[^\0-\x7f]/g, toEscape)
}

/** What its function for a new batch sends; `ocr_behavior` always. */
async function createBatch(urls: Json, options: Json = {}): Promise<unknown> {
  const { batch_id } = await ask('POST', '/v3/batch', { urls, ocr_behavior: 'latex', ...options })
  expect(batch_id).toBeTruthy()
  return batch_id
}

const status = (batch_id: unknown) => ask('GET', `/v3/batch/${String(batch_id)}`)

/** Its waiting: as many results as keys. It waits a second between two requests; here they follow sooner. */
async function waitUntilComplete(batch_id: unknown): Promise<Json> {
  for (;;) {
    const { keys, results } = (await status(batch_id)) as { keys: string[]; results: Json }
    if (keys.length > 0 && Object.keys(results).length === keys.length) break
    await sleep(10)
  }
  return (await status(batch_id))['results'] as Json
}

const urls = () => ({ algebra: host.url('/algebra.jpg'), quadratic: host.url('/quadratic.jpg') })

describe('the official Python client', () => {
  it('sends addresses, waits, and gets LaTeX and the keys', async () => {
    const batch_id = await createBatch(urls())
    expect(await waitUntilComplete(batch_id)).toMatchObject({
      algebra: { latex: '12 + 5 x - 8 = 12 x - 10' },
      quadratic: { latex: 'x ^ { 2 } + y ^ { 2 } = 9' },
    })
    expect((await status(batch_id))['keys']).toEqual(['algebra', 'quadratic'])
  })

  it('sends objects with options for one image', async () => {
    const batch_id = await createBatch({
      custom: { url: host.url('/algebra.jpg'), formats: ['latex_simplified'] },
      text: { url: host.url('/algebra.jpg'), ocr_behavior: 'text' },
    })
    const results = await waitUntilComplete(batch_id)
    expect(results['custom']).toMatchObject({ latex_simplified: '12 + 5 x - 8 = 12 x - 10' })
    expect(results['custom']).not.toHaveProperty('latex')
    expect(results['text']).toMatchObject({ text: '\\( 12+5 x-8=12 x-10 \\)' })
  })

  it('sends data URLs and keys that are not ASCII', async () => {
    const image = createFixtureImage('x').toString('base64')
    const batch_id = await createBatch({
      'Größe 1': `data:image/jpg;base64,${image}`,
      url: { url: `data:image/png;base64,${image}` },
    })
    expect(await waitUntilComplete(batch_id)).toMatchObject({
      'Größe 1': { latex: 'x' },
      url: { latex: 'x' },
    })
  })

  it('sends every option that it knows for the whole batch', async () => {
    const batch_id = await createBatch(urls(), {
      ocr_behavior: 'text',
      formats: ['text', 'data'],
      data_options: { include_latex: true, include_mathml: true },
      metadata: { source: 'test', user_id: '123', improve_mathpix: false },
      include_detected_alphabets: true,
      alphabets_allowed: { en: true, zh: false },
      confidence_threshold: 0.5,
      confidence_rate_threshold: 0.3,
    })
    expect(await waitUntilComplete(batch_id)).toMatchObject({
      algebra: { text: '\\( 12+5 x-8=12 x-10 \\)', data: [{ type: 'mathml' }, { type: 'latex' }] },
      quadratic: { text: '\\( x^{2}+y^{2}=9 \\)' },
    })
  })

  it('gets its callback echoed, without the headers, before and after the end', async () => {
    engine.recogniser.hold()
    const echo = { post: host.url('/hook'), reply: { job: '42' }, body: { more: [1] } }
    const callback = { ...echo, headers: { Authorization: 'Bearer s3cret' } }
    const batch_id = await createBatch({ algebra: host.url('/algebra.jpg') }, { callback })
    expect(await status(batch_id)).toEqual({ keys: ['algebra'], callback: echo, results: {} })
    engine.recogniser.release()
    await waitUntilComplete(batch_id)
    expect(await status(batch_id)).toMatchObject({ callback: echo })
  })

  it('counts a failed image as done, and finds nothing under a number nobody gave', async () => {
    const batch_id = await createBatch({ gone: host.url('/gone.jpg'), algebra: host.url('/algebra.jpg') })
    const results = await waitUntilComplete(batch_id)
    expect(results['gone']).toMatchObject({
      error: expect.stringMatching(/./) as string,
      error_info: { id: 'image_download_error' },
    })
    expect(await status('999')).toMatchObject({ error_info: { id: 'batch_unknown_id' } })
  })
})

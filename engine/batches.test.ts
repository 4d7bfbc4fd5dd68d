import { appendFile, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startEngine } from './start-engine.ts'
import { createFixtureImage, createFixtureRecogniser } from '../testing/engine/fixture-recogniser.ts'
import { startImageHost, type ImageHost } from '../testing/engine/image-host.ts'
import {
  createDataDir,
  startTestEngine,
  TEST_KEYS,
  type Json,
  type TestEngine,
} from '../testing/engine/test-engine.ts'

let host: ImageHost
let dataDir: string
let removeData: () => Promise<void>
const engines: TestEngine[] = []

const start: typeof startTestEngine = async (dir, changes) => {
  const engine = await startTestEngine(dir, changes)
  engines.push(engine)
  return engine
}

beforeEach(async () => {
  const data = await createDataDir()
  dataDir = data.path
  removeData = data.remove
  host = await startImageHost({ '/a.png': createFixtureImage('a'), '/b.png': createFixtureImage('b') })
})

afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.close()))
  await host.close()
  await removeData()
})

const styled = { formats: ['latex_styled'] }
const inData = (...parts: string[]): string => join(dataDir, ...parts)
const resultKeys = async (engine: TestEngine, id: unknown): Promise<string[]> =>
  Object.keys((await engine.get(`/v3/batch/${String(id)}`)).body['results'] as Json)

/** An engine with one answered and one waiting image, stopped. */
async function stopHalfway(): Promise<unknown> {
  const engine = await start(dataDir)
  const urls = { a: { url: host.url('/a.png'), ...styled }, b: host.url('/b.png') }
  const { body } = await engine.post('/v3/batch', { urls: { a: urls.a }, ...styled })
  await engine.finish(body['batch_id'])
  engine.recogniser.hold()
  const second = await engine.post('/v3/batch', {
    urls: { ...urls, broken: host.url('/none.png') },
    ...styled,
  })
  await expect.poll(() => engine.recogniser.begun()).toBe(3)
  await expect.poll(() => resultKeys(engine, second.body['batch_id'])).toEqual(['broken'])
  await engine.close()
  return second.body['batch_id']
}

describe('a restart', () => {
  it('goes on with exactly what is missing, under the same batch_id, from its own copies', async () => {
    const id = await stopHalfway()
    const asked = host.requests.length
    await host.close()
    const engine = await start(dataDir)
    const results = await engine.finish(id)
    expect(results).toMatchObject({ a: { latex_styled: 'a' }, b: { latex_styled: 'b' } })
    expect(results['broken']).toMatchObject({ error_info: { id: 'image_download_error' } })
    expect(engine.recogniser.begun()).toBe(2)
    expect(host.requests).toHaveLength(asked)
    expect((await engine.get(`/v3/batch/${String(id)}`)).body['keys']).toEqual(['a', 'b', 'broken'])
  })

  it('serves finished batches without reading them again, and numbers go up', async () => {
    const id = Number(await stopHalfway())
    const engine = await start(dataDir)
    expect(await engine.finish(id - 1)).toMatchObject({ a: { latex_styled: 'a' } })
    await engine.finish(id)
    expect(engine.recogniser.begun()).toBe(2)
    const { body } = await engine.post('/v3/batch', { urls: { x: host.url('/a.png') } })
    expect(body['batch_id']).toBe(id + 1)
  })

  it('does not touch what was answered while one image was still on its way', async () => {
    let isHeld = true
    const slow = await startImageHost({
      '/slow.png': (_request, response) => {
        if (!isHeld) response.end(createFixtureImage('s'))
      },
    })
    const first = await start(dataDir)
    const urls = { a: host.url('/a.png'), slow: slow.url('/slow.png') }
    const { body } = await first.post('/v3/batch', { urls, ...styled })
    await expect.poll(() => resultKeys(first, body['batch_id'])).toEqual(['a'])
    await first.close()
    isHeld = false
    const engine = await start(dataDir)
    expect(await engine.finish(body['batch_id'])).toMatchObject({ slow: { latex_styled: 's' } })
    expect(engine.recogniser.order).toEqual(['s'])
    expect(host.requests).toEqual(['/a.png'])
    await slow.close()
  })

  it('keeps entries that were refused at the POST', async () => {
    const first = await start(dataDir)
    const { body } = await first.post('/v3/batch', { urls: { a: host.url('/a.png'), bad: 5 } })
    await first.finish(body['batch_id'])
    await first.close()
    const engine = await start(dataDir)
    expect(await resultKeys(engine, body['batch_id'])).toEqual(expect.arrayContaining(['a', 'bad']))
  })

  it('survives half a line at the end of the results', async () => {
    const id = await stopHalfway()
    await appendFile(inData('batches', String(id), 'results.jsonl'), '{"key":"a","result":{"latex_sty')
    const engine = await start(dataDir)
    await engine.finish(id)
    await engine.close()
    const again = await start(dataDir)
    expect(await again.finish(id)).toMatchObject({ a: { latex_styled: 'a' }, b: { latex_styled: 'b' } })
    expect(again.recogniser.begun()).toBe(0)
    const lines = await readFile(inData('batches', String(id), 'results.jsonl'), 'utf8')
    expect(() =>
      lines
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).not.toThrow()
  })

  it('sets a damaged batch aside and serves the others', async () => {
    const id = Number(await stopHalfway())
    await writeFile(inData('batches', String(id), 'request.json'), '{"batch_id":')
    const engine = await start(dataDir)
    expect(await engine.finish(id - 1)).toHaveProperty('a')
    const { body } = await engine.get(`/v3/batch/${String(id)}`)
    expect(body).toMatchObject({ error_info: { id: 'batch_unknown_id' } })
    expect(await readdir(inData('batches'))).toContainEqual(expect.stringMatching(/\.damaged-/))
  })

  it('gives up an image that took the process down three times', async () => {
    const id = await stopHalfway()
    const attempt = `${JSON.stringify({ key: 'a', attempt: true })}\n`
    await appendFile(inData('batches', String(id), 'results.jsonl'), attempt.repeat(2))
    const engine = await start(dataDir)
    expect(await engine.finish(id)).toMatchObject({
      a: { error_info: { id: 'sys_exception' } },
      b: { latex_styled: 'b' },
    })
  })

  it('binds the same port and knows the same keys', async () => {
    const settings = { dataDir, isPublic: false, log: () => undefined }
    const first = await startEngine({ ...settings, recogniser: createFixtureRecogniser() })
    await first.close()
    const second = await startEngine({ ...settings, recogniser: createFixtureRecogniser() })
    await second.close()
    expect(second.port).toBe(first.port)
    expect(second.credentials).toEqual(first.credentials)
    expect((await stat(inData('credentials.json'))).mode & 0o777).toBe(0o600)
  })
})

describe('owners', () => {
  it('see their own batches only', async () => {
    const first = await start(dataDir)
    const { body } = await first.post('/v3/batch', { urls: { a: host.url('/a.png') } })
    await first.finish(body['batch_id'])
    await first.close()
    const other = { app_id: TEST_KEYS.app_id, app_key: 'another-key' }
    const engine = await start(dataDir, { credentials: other })
    const foreign = await engine.get(`/v3/batch/${String(body['batch_id'])}`, other)
    const unknown = await engine.get('/v3/batch/4711', other)
    expect(foreign.body).toMatchObject({ error_info: { id: 'batch_unknown_id' } })
    expect(Object.keys(foreign.body)).toEqual(Object.keys(unknown.body))
  })
})

describe('what stays on disk', () => {
  it('loses addresses and callback secrets once all is answered', async () => {
    const callbacks = await startImageHost({ '/hook': (_request, response) => response.writeHead(204).end() })
    const engine = await start(dataDir)
    const callback = { post: callbacks.url('/hook'), headers: { Authorization: 'Bearer secret-1' } }
    const { body } = await engine.post('/v3/batch', {
      urls: { a: host.url('/a.png?sig=secret-2') },
      callback,
    })
    await engine.finish(body['batch_id'])
    await expect.poll(() => callbacks.requests).toEqual(['/hook'])
    const folder = inData('batches', String(body['batch_id']))
    const kept = await Promise.all(
      (await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')),
    )
    expect(kept.join('\n')).not.toMatch(/secret-[12]/)
    expect(kept.join('\n')).not.toContain(TEST_KEYS.app_key)
    await callbacks.close()
  })

  it('has a copy of each image, unless the sender asked for privacy', async () => {
    const engine = await start(dataDir)
    const urls = { a: host.url('/a.png') }
    const kept = await engine.post('/v3/batch', { urls })
    const gone = await engine.post('/v3/batch', { urls, metadata: { improve_mathpix: false } })
    await engine.finish(kept.body['batch_id'])
    await engine.finish(gone.body['batch_id'])
    expect(await readdir(inData('images', String(kept.body['batch_id'])))).toEqual(['0'])
    await expect.poll(() => readdir(inData('images', String(gone.body['batch_id'])))).toEqual([])
  })

  it('is removed after its time, results and images', async () => {
    const past = new Date(Date.now() - 4 * 24 * 60 * 60 * 1000)
    const first = await start(dataDir, { now: () => past })
    const { body } = await first.post('/v3/batch', { urls: { a: host.url('/a.png') } })
    await first.finish(body['batch_id'])
    await first.close()
    const engine = await start(dataDir)
    expect((await engine.get(`/v3/batch/${String(body['batch_id'])}`)).body).toHaveProperty('error_info')
    expect(await readdir(inData('images'))).toEqual([])
    await engine.close()
    const later = await start(dataDir)
    expect(
      Number((await later.post('/v3/batch', { urls: { a: host.url('/a.png') } })).body['batch_id']),
    ).toBe(2)
  })

  it('outlives two days', async () => {
    const past = new Date(Date.now() - 2 * 24 * 60 * 60 * 1000)
    const first = await start(dataDir, { now: () => past })
    const { body } = await first.post('/v3/batch', { urls: { a: host.url('/a.png') }, ...styled })
    await first.finish(body['batch_id'])
    await first.close()
    expect(await (await start(dataDir)).finish(body['batch_id'])).toMatchObject({ a: { latex_styled: 'a' } })
  })
})

describe('answered batches', () => {
  it('leave memory when others take their room, and are read from the disk when somebody asks', async () => {
    const engine = await start(dataDir, { keptBytes: 1 })
    const urls = '{"b":"IMAGE","10":5,"2":"IMAGE"}'.replaceAll('IMAGE', host.url('/a.png'))
    const { body } = await engine.post('/v3/batch', `{"urls":${urls},"formats":["latex_styled"]}`)
    const path = `/v3/batch/${String(body['batch_id'])}`
    const before = await engine.finish(body['batch_id'])
    const other = await engine.post('/v3/batch', { urls: { x: host.url('/b.png') }, ...styled })
    await engine.finish(other.body['batch_id'])
    const file = inData('batches', String(body['batch_id']), 'results.jsonl')
    await writeFile(
      file,
      (await readFile(file, 'utf8')).replaceAll('"latex_styled":"a"', '"latex_styled":"z"'),
    )
    await expect
      .poll(async () => (await engine.get(path)).body['results'])
      .toMatchObject({ b: { latex_styled: 'z' }, 2: { latex_styled: 'z' } })
    const { body: after } = await engine.get(path)
    expect(after['keys']).toEqual(['b', '10', '2'])
    expect((after['results'] as Json)['10']).toEqual(before['10'])
  })

  it('that the disk did not take stay in memory', async () => {
    const engine = await start(dataDir, { keptBytes: 1 })
    engine.recogniser.hold()
    const { body } = await engine.post('/v3/batch', { urls: { a: host.url('/a.png') }, ...styled })
    await expect.poll(() => engine.recogniser.begun()).toBe(1)
    const file = inData('batches', String(body['batch_id']), 'results.jsonl')
    await rm(file)
    await mkdir(file)
    engine.recogniser.release()
    await engine.finish(body['batch_id'])
    const other = await engine.post('/v3/batch', { urls: { x: host.url('/b.png') }, ...styled })
    await engine.finish(other.body['batch_id'])
    expect(await engine.finish(body['batch_id'])).toMatchObject({ a: { latex_styled: 'a' } })
  })
})

describe('several batches', () => {
  it('share the readers in turn', async () => {
    const engine = await start(dataDir)
    engine.recogniser.hold()
    const many = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [`k${String(index)}`, host.url('/a.png')]),
    )
    const large = await engine.post('/v3/batch', { urls: many })
    await expect.poll(() => engine.recogniser.begun()).toBe(2)
    const small = await engine.post('/v3/batch', { urls: { a: host.url('/b.png') } })
    await expect.poll(() => host.requests).toContain('/b.png')
    engine.recogniser.release()
    await engine.finish(small.body['batch_id'])
    expect(engine.recogniser.order.indexOf('b')).toBeLessThan(6)
    expect(Object.keys(await engine.finish(large.body['batch_id']))).toHaveLength(30)
  })
})

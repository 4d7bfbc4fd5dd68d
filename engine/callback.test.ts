import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFixtureImage } from '../testing/engine/fixture-recogniser.ts'
import { startImageHost, type ImageHost } from '../testing/engine/image-host.ts'
import { createDataDir, startTestEngine, type Json, type TestEngine } from '../testing/engine/test-engine.ts'

let host: ImageHost
let dataDir: string
let removeData: () => Promise<void>
const engines: TestEngine[] = []

const start = async (dir: string): Promise<TestEngine> => {
  const engine = await startTestEngine(dir)
  engines.push(engine)
  return engine
}

beforeEach(async () => {
  const data = await createDataDir()
  dataDir = data.path
  removeData = data.remove
  host = await startImageHost({ '/a.png': createFixtureImage('a') })
})

afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.close()))
  await host.close()
  await removeData()
})

const styled = { formats: ['latex_styled'] }

describe('callbacks', () => {
  type Hook = { host: ImageHost; received: { headers: Json; body: Json }[] }
  async function startHook(): Promise<Hook> {
    const received: Hook['received'] = []
    const hook = await startImageHost({
      '/hook': (request, response) => {
        let text = ''
        request.on('data', (chunk: Buffer) => (text += chunk.toString()))
        request.on('end', () => {
          received.push({ headers: request.headers, body: JSON.parse(text) as Json })
          response.end()
        })
      },
    })
    return { host: hook, received }
  }

  it('come once, when all images are answered, with reply, result, body and headers', async () => {
    const hook = await startHook()
    const engine = await start(dataDir)
    const callback = {
      post: hook.host.url('/hook'),
      reply: { job: '42' },
      body: { extra: true, reply: 'not overwritten' },
      headers: { Authorization: 'Bearer XYZ' },
    }
    const urls = { a: host.url('/a.png'), none: host.url('/none.png') }
    const { body } = await engine.post('/v3/batch', { urls, ...styled, callback })
    await expect.poll(() => hook.received.length).toBe(1)
    expect(hook.received[0]?.headers).toMatchObject({
      authorization: 'Bearer XYZ',
      'content-type': 'application/json',
    })
    expect(hook.received[0]?.body).toMatchObject({
      reply: { job: '42', batch_id: String(body['batch_id']) },
      result: { a: { latex_styled: 'a' }, none: { error_info: { id: 'image_download_error' } } },
      extra: true,
    })
    await engine.close()
    await (await start(dataDir)).finish(body['batch_id'])
    expect(hook.received).toHaveLength(1)
    expect(engine.logLines.join()).not.toMatch(/XYZ|hook/)
    await hook.host.close()
  })

  it('of a restarted batch come too', async () => {
    const hook = await startHook()
    const first = await start(dataDir)
    first.recogniser.hold()
    const { body } = await first.post('/v3/batch', {
      urls: { a: host.url('/a.png') },
      callback: { post: hook.host.url('/hook') },
    })
    await expect.poll(() => first.recogniser.begun()).toBe(1)
    await first.close()
    await (await start(dataDir)).finish(body['batch_id'])
    await expect.poll(() => hook.received.length).toBe(1)
    await hook.host.close()
  })

  it('of single images carry the one result', async () => {
    const hook = await startHook()
    const engine = await start(dataDir)
    const callback = { post: hook.host.url('/hook'), reply: { n: 1 } }
    const { body } = await engine.post('/v3/text', { src: host.url('/a.png'), callback })
    await expect.poll(() => hook.received[0]?.body).toEqual({ reply: { n: 1 }, result: body })
    await hook.host.close()
  })

  it('that fail change nothing for the poll', async () => {
    const engine = await start(dataDir)
    const callback = { post: 'http://127.0.0.1:9/nobody' }
    const { body } = await engine.post('/v3/batch', { urls: { a: host.url('/a.png') }, ...styled, callback })
    expect(await engine.finish(body['batch_id'])).toMatchObject({ a: { latex_styled: 'a' } })
    await expect.poll(() => engine.logLines.join('\n')).toContain('not delivered')
  })
})

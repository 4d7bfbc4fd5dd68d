import net from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFixtureImage } from '../testing/engine/fixture-recogniser.ts'
import {
  createDataDir,
  startTestEngine,
  TEST_KEYS,
  type Json,
  type TestEngine,
} from '../testing/engine/test-engine.ts'

let engine: TestEngine
let removeData: () => Promise<void>
let open: net.Socket[]

beforeEach(async () => {
  const data = await createDataDir()
  removeData = data.remove
  open = []
  engine = await startTestEngine(data.path, { requestTimeoutMs: 2000 })
})

afterEach(async () => {
  for (const socket of open) socket.destroy()
  await engine.close()
  await removeData()
})

const KEYS = `app_id: ${TEST_KEYS.app_id}\r\napp_key: ${TEST_KEYS.app_key}\r\n`
const dataUri = `data:image/png;base64,${createFixtureImage('x').toString('base64')}`
const errorId = (body: Json): unknown => (body['error_info'] as Json | undefined)?.['id']

/** A bare connection on which a client may say anything; collects what the server says. */
async function connect(): Promise<{ socket: net.Socket; said: () => string; closed: Promise<void> }> {
  const socket = net.connect(engine.engine.port, '127.0.0.1')
  open.push(socket)
  const pieces: Buffer[] = []
  socket.on('data', (piece: Buffer) => pieces.push(piece)).on('error', () => undefined)
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  await new Promise((resolve) => socket.once('connect', resolve))
  return { socket, said: () => Buffer.concat(pieces).toString('latin1'), closed }
}

const head = (path: string, headers: string) => `POST ${path} HTTP/1.1\r\nhost: x\r\n${KEYS}${headers}\r\n`

/** A proper client gets its answer at this moment. */
async function expectServed(): Promise<void> {
  const { body } = await engine.post('/v3/batch', { urls: { a: dataUri }, formats: ['latex_styled'] })
  expect(await engine.finish(body['batch_id'])).toMatchObject({ a: { latex_styled: 'x' } })
}

describe('clients that do others no harm', () => {
  it('a hundred that begin a request and fall silent, and one that sends its headers a byte at a time, are thrown out in time', async () => {
    const slow = await Promise.all(Array.from({ length: 100 }, connect))
    for (const { socket } of slow) {
      socket.write(`${head('/v3/batch', 'content-type: application/json\r\ncontent-length: 50\r\n')}{"urls`)
    }
    const dripping = await connect()
    const timer = setInterval(() => dripping.socket.write('x'), 20)
    dripping.socket.write('POST /v3/batch HTTP/1.1\r\nx-slow: ')
    await expectServed()
    await Promise.all([...slow, dripping].map(({ closed }) => closed))
    clearInterval(timer)
    expect(slow[0]?.said()).toMatch(/^HTTP\/1\.1 408/)
    await expectServed()
  })

  it('one that speaks no HTTP is told so', async () => {
    const { socket, said, closed } = await connect()
    socket.write('\u0016\u0003\u0001 hello\r\n\r\n')
    await closed
    expect(said()).toMatch(/^HTTP\/1\.1 400/)
    await expectServed()
  })

  it('one with headers beyond measure is told so', async () => {
    const { socket, said, closed } = await connect()
    socket.write(head('/v3/batch', `x-large: ${'a'.repeat(100_000)}\r\n`))
    await closed
    expect(said()).toMatch(/^HTTP\/1\.1 431/)
    await expectServed()
  })

  it.each([
    ['JSON', '/v3/batch', 'content-type: application/json\r\n', '{"urls": {"a": "data:image/png;base64,AAAA'],
    [
      'upload',
      '/v3/text',
      'content-type: multipart/form-data; boundary=b\r\n',
      '--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n\u0089PNG',
    ],
  ])('one whose %s breaks off is forgotten', async (_, path, type, body) => {
    for (const how of ['destroy', 'resetAndDestroy'] as const) {
      const { socket, closed } = await connect()
      socket.write(`${head(path, `${type}content-length: 100000\r\n`)}${body}`)
      await expectServed()
      socket[how]()
      await closed
    }
    await expectServed()
    expect(engine.recogniser.begun()).toBe(3)
  })

  it('one that leaves before its image is read costs nobody else anything', async () => {
    engine.recogniser.hold()
    const { socket, closed } = await connect()
    const body = JSON.stringify({ src: dataUri })
    socket.write(
      `${head('/v3/text', `content-type: application/json\r\ncontent-length: ${String(body.length)}\r\n`)}${body}`,
    )
    await expect.poll(() => engine.recogniser.begun()).toBeGreaterThan(0)
    socket.destroy()
    await closed
    engine.recogniser.release()
    await expectServed()
  })

  it('one that sends chunks without end is cut off at the bound', async () => {
    const { socket, said, closed } = await connect()
    socket.write(head('/v3/batch', 'content-type: application/json\r\ntransfer-encoding: chunked\r\n'))
    const chunk = `${(64 * 1024).toString(16)}\r\n${'a'.repeat(64 * 1024)}\r\n`
    let sent = 0
    const pour = () => {
      while (!socket.destroyed && socket.write(chunk)) sent += chunk.length
      sent += chunk.length
    }
    socket.on('drain', pour)
    pour()
    await closed
    expect(said()).toMatch(/sys_request_too_large|^$/)
    expect(sent).toBeLessThan(80 * 1024 * 1024)
    await expectServed()
  })
})

describe('uploads that are wrong in themselves', () => {
  const post = async (body: string, type = 'multipart/form-data; boundary=b') => {
    const reply = await fetch(`http://127.0.0.1:${String(engine.engine.port)}/v3/text`, {
      method: 'POST',
      headers: { ...TEST_KEYS, 'content-type': type },
      body,
    })
    return { status: reply.status, id: errorId((await reply.json()) as Json) }
  }
  const part = (name: string, content: string) =>
    `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${content}\r\n`

  it.each([
    ['no boundary', 'x', 'multipart/form-data', 'json_syntax'],
    ['another boundary', part('file', 'x'), 'multipart/form-data; boundary=c', 'json_syntax'],
    ['no last boundary', part('options_json', '{}'), undefined, 'json_syntax'],
    ['nothing at all', '', undefined, 'image_missing'],
    ['too many parts', `${part('more', '1').repeat(100)}--b--\r\n`, undefined, 'sys_request_too_large'],
    ['options that are no object', `${part('options_json', '[]')}--b--\r\n`, undefined, 'json_syntax'],
  ])('%s: an error in the envelope', async (_, body, type, id) => {
    expect(await post(body, type)).toEqual({ status: 200, id })
    await expectServed()
  })

  it('objects inside each other, ten thousand times', async () => {
    const nested = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`
    const { status } = await engine.post('/v3/batch', `{"urls":{"a":"${dataUri}"},"metadata":${nested}}`)
    expect(status).toBe(200)
    await expectServed()
  })
})

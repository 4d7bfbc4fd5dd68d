import { once } from 'node:events'
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
  engine = await startTestEngine(data.path, { maxConnections: 20, requestTimeoutMs: 3000 })
})

afterEach(async () => {
  for (const socket of open) socket.destroy()
  await engine.close()
  await removeData()
})

const KEYS = `app_id: ${TEST_KEYS.app_id}\r\napp_key: ${TEST_KEYS.app_key}\r\n`
const dataUri = `data:image/png;base64,${createFixtureImage('x').toString('base64')}`

async function connect(): Promise<net.Socket> {
  const socket = net.connect(engine.engine.port, '127.0.0.1').on('error', () => undefined)
  open.push(socket)
  await once(socket, 'connect')
  return socket
}

/** What is said to a request written out, head and body. */
async function say(text: string): Promise<{ status: number; body: Json }> {
  const socket = await connect()
  const pieces: Buffer[] = []
  socket.on('data', (piece: Buffer) => pieces.push(piece))
  socket.write(text)
  await expect.poll(() => Buffer.concat(pieces).toString()).toMatch(/\r\n\r\n\{.*\}$/s)
  const [head = '', body = ''] = Buffer.concat(pieces).toString().split('\r\n\r\n')
  expect(head).toMatch(/content-type: application\/json/i)
  socket.destroy()
  return { status: Number(head.split(' ')[1]), body: JSON.parse(body) as Json }
}

const request = (method: string, path: string, more = '') =>
  `${method} ${path} HTTP/1.1\r\nhost: engine\r\n${KEYS}${more}\r\n`
const long = '9'.repeat(5000)

describe('whatever is asked', () => {
  it.each<[string, string, number, string]>([
    ['an unknown path', request('GET', '/v3/nothing'), 404, 'http_not_found'],
    ['the root', request('GET', '/'), 404, 'http_not_found'],
    ['a slash too many', request('GET', '/v3/batch/1/'), 404, 'http_not_found'],
    ['a path above the root', request('GET', '/v3/../v3/nothing'), 404, 'http_not_found'],
    ['a whole address', request('GET', 'http://engine/v3/nothing'), 404, 'http_not_found'],
    ['no address', request('OPTIONS', '*'), 404, 'http_not_found'],
    ['a wrong method', request('PUT', '/v3/batch', 'content-length: 0\r\n'), 405, 'http_method_not_allowed'],
    ['a method of a read', request('DELETE', '/v3/batch/1'), 405, 'http_method_not_allowed'],
    ['a method of another protocol', request('PROPFIND', '/v3/batch/1'), 405, 'http_method_not_allowed'],
    ['a method that has a body', request('QUERY', '/v3/batch/1'), 405, 'http_method_not_allowed'],
    [
      'a body of no kind at an unknown path',
      request('POST', '/v3/nothing', 'content-type: ///\r\ncontent-length: 2\r\n') + '{}',
      404,
      'http_not_found',
    ],
    ['a method of nobody', request('BREW', '/v3/batch'), 405, 'http_method_not_allowed'],
    ['a tunnel', 'CONNECT host:443 HTTP/1.1\r\nhost: host:443\r\n\r\n', 405, 'http_method_not_allowed'],
    ['a long number', request('GET', `/v3/batch/${long}`), 200, 'batch_unknown_id'],
    ['no number', request('GET', '/v3/batch/a%20b'), 200, 'batch_unknown_id'],
    ['a negative number', request('GET', '/v3/batch/-1'), 200, 'batch_unknown_id'],
    ['a number with a fraction', request('GET', '/v3/batch/1.0'), 200, 'batch_unknown_id'],
    ['a percent sign alone', request('GET', '/v3/batch/%'), 400, 'http_bad_request'],
    ['a wrong percent encoding', request('GET', '/v3/batch/%zz'), 400, 'http_bad_request'],
    ['broken UTF-8', request('GET', '/v3/batch/%C3%28'), 400, 'http_bad_request'],
    ['a percent sign on an unknown path', request('GET', '/%E0%A4%A'), 400, 'http_bad_request'],
    ['an unknown expectation', request('POST', '/v3/batch', 'expect: tea\r\n'), 417, 'http_bad_request'],
    ['no HTTP', 'hello\r\n\r\n', 400, 'http_bad_request'],
    ['another HTTP', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'http_bad_request'],
    [
      'two lengths',
      request('POST', '/v3/batch', 'content-length: 1\r\ncontent-length: 2\r\n'),
      400,
      'http_bad_request',
    ],
    [
      'a head without end',
      request('GET', '/', `x: ${'a'.repeat(20_000)}\r\n`),
      431,
      'http_headers_too_large',
    ],
    ['no host', `GET /v3/batch/1 HTTP/1.1\r\n${KEYS}\r\n`, 200, 'batch_unknown_id'],
    [
      'another protocol',
      request('GET', '/v3/batch/1', 'connection: upgrade\r\nupgrade: websocket\r\n'),
      200,
      'batch_unknown_id',
    ],
  ])('%s is answered in the envelope', async (_, text, status, id) => {
    const reply = await say(text)
    expect(reply).toMatchObject({
      status,
      body: {
        error: expect.any(String) as string,
        error_info: { id, message: expect.any(String) as string },
      },
    })
    expect(reply.body['error']).toBe((reply.body['error_info'] as Json)['message'])
  })

  it.each(['metadata', 'callback', 'unknown'])(
    'what is nested without end (%s) is refused as that',
    async (name) => {
      const nested = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
      const value = name === 'callback' ? `{"post":"http://h.invalid/","reply":{"a":${nested}}}` : nested
      const { status, body } = await engine.post(
        '/v3/batch',
        `{"urls":{"a":"${dataUri}"},"${name}":${value}}`,
      )
      expect(status).toBe(200)
      expect(body['error_info']).toEqual({ id: 'json_syntax', message: 'Request is nested too deep' })
      const options = `{"src":"${dataUri}","${name}":${value}}`
      const single = await engine.post('/v3/text', options)
      expect(single.body['error_info']).toEqual(body['error_info'])
      const form = new FormData()
      form.append('options_json', options)
      const upload = await engine.post('/v3/latex', form)
      expect(upload.body['error_info']).toEqual(body['error_info'])
    },
  )

  it('what is nested deep inside a text is no matter', async () => {
    const { body } = await engine.post('/v3/text', { src: dataUri, tags: ['\\"['.repeat(5000)] })
    expect(body).not.toHaveProperty('error_info')
  })

  it.each(['///', '', 'json', 'application/', 'application/json; charset="', 'a b/c', 'text/x;;;'])(
    'takes a batch whatever its label says (“%s”)',
    async (label) => {
      const text = JSON.stringify({ urls: { a: dataUri } })
      const more = `content-type: ${label}\r\ncontent-length: ${String(text.length)}\r\n`
      const reply = await say(`${request('POST', '/v3/batch', more)}${text}`)
      expect(reply.body['batch_id']).toBeTypeOf('number')
    },
  )

  it('says which methods there are', async () => {
    const { port } = engine.engine
    const reply = await fetch(`http://127.0.0.1:${String(port)}/v3/batch`, { headers: TEST_KEYS })
    expect([reply.status, reply.headers.get('allow')]).toEqual([405, 'POST'])
  })

  it('logs no key, wherever it stands', async () => {
    await say(request('GET', `/v3/batch/${TEST_KEYS.app_key}?app_key=${TEST_KEYS.app_key}`))
    expect(engine.logLines).toEqual([expect.stringMatching(/^GET \/v3\/batch\/\[key removed\] 200 \d+ms$/)])
  })

  it('logs no more of a path than can be read', async () => {
    await say(request('GET', `/v3/batch/${long}`))
    expect(engine.logLines.every((line) => line.length < 300)).toBe(true)
  })
})

/** Pours a body until the connection ends or everything is sent; answers what was said and how much the other side let in. */
async function pour(head: string, piece: Buffer, total: number): Promise<{ said: string; sent: number }> {
  const socket = await connect()
  const closed = new Promise((resolve) => socket.once('close', resolve))
  const pieces: Buffer[] = []
  socket.on('data', (said: Buffer) => pieces.push(said))
  let written = 0
  socket.write(head)
  const write = (): void => {
    while (written < total && !socket.destroyed) {
      written += piece.length
      if (!socket.write(piece)) return
    }
  }
  socket.on('drain', write)
  write()
  await closed
  return { said: Buffer.concat(pieces).toString(), sent: socket.bytesWritten }
}

describe('a body over the limit', () => {
  const MB = 1024 * 1024
  const announced = (method: string, path: string, keys = KEYS) =>
    `${method} ${path} HTTP/1.1\r\nhost: x\r\n${keys}content-type: application/json\r\ncontent-length: ${String(200 * MB)}\r\n\r\n`
  const chunked = (method: string, path: string, type = 'application/json') =>
    request(method, path, `content-type: ${type}\r\ntransfer-encoding: chunked\r\n`)
  const plain = Buffer.alloc(64 * 1024, 'a')
  const chunk = Buffer.concat([Buffer.from('10000\r\n'), plain, Buffer.from('\r\n')])

  it.each<[string, string, Buffer, RegExp]>([
    ['announced', announced('POST', '/v3/batch'), plain, /sys_request_too_large/],
    ['announced, for one image', announced('POST', '/v3/text'), plain, /sys_request_too_large/],
    ['in pieces', chunked('POST', '/v3/batch'), chunk, /sys_request_too_large/],
    [
      'as an upload',
      chunked('POST', '/v3/text', 'multipart/form-data; boundary=b'),
      chunk,
      /sys_request_too_large/,
    ],
    ['without keys', announced('POST', '/v3/batch', ''), plain, /http_unauthorized/],
    ['at an unknown path', chunked('POST', '/v3/nothing'), chunk, /sys_request_too_large|http_not_found/],
    ['with a method that has none', chunked('GET', '/v3/batch/1'), chunk, /batch_unknown_id/],
  ])('%s, is answered and then cut, not drunk', async (_, head, piece, words) => {
    const { said, sent } = await pour(head, piece, 200 * MB)
    expect(said).toMatch(words)
    // Besides what is let in, the system keeps some megabytes on the way.
    expect(sent).toBeLessThan(40 * MB)
    expect((await engine.get('/v3/batch/1')).status).toBe(200)
  })

  it('a little over it can be sent whole before the answer is read', async () => {
    const body = Buffer.alloc(6 * MB, 'a')
    const socket = await connect()
    socket.pause()
    const head = request('POST', '/v3/batch', `content-length: ${String(body.length)}\r\n`)
    await new Promise((resolve) => socket.write(Buffer.concat([Buffer.from(head), body]), resolve))
    const pieces: Buffer[] = []
    socket.on('data', (piece: Buffer) => pieces.push(piece)).resume()
    await once(socket, 'close')
    expect(Buffer.concat(pieces).toString()).toMatch(/connection: close[^]*sys_request_too_large/i)
  })
})

describe('more connections than there are places', () => {
  it('crowd out the oldest that are silent, never one that is being answered', async () => {
    engine.recogniser.hold()
    const body = JSON.stringify({ src: dataUri, formats: ['text'] })
    const waiting = await connect()
    const pieces: Buffer[] = []
    waiting.on('data', (piece: Buffer) => pieces.push(piece))
    waiting.write(`${request('POST', '/v3/text', `content-length: ${String(body.length)}\r\n`)}${body}`)
    await expect.poll(() => engine.recogniser.begun()).toBe(1)

    const flood = await Promise.all(Array.from({ length: 200 }, connect))
    flood.forEach((socket, index) => {
      if (index % 2 === 0) socket.write('POST /v3/batch HTTP/1.1\r\nhost: ')
      else socket.write(`${request('POST', '/v3/batch', 'content-length: 100\r\n')}{"urls`)
    })
    expect((await engine.get('/v3/batch/1')).status).toBe(200)
    await expect.poll(() => flood.filter(({ destroyed }) => !destroyed).length).toBeLessThan(20)

    engine.recogniser.release()
    await expect.poll(() => Buffer.concat(pieces).toString()).toMatch(/"text"/)
  })
})

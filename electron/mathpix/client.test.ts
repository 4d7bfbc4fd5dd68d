import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FakeMathpix, send, type Answer } from '../../testing/node/fake-mathpix.ts'
import { apiFetch } from './api-fetch.ts'
import { fetchBatch, ocrImage, submitBatch, type Connection } from './client.ts'

let server: FakeMathpix
let connection: Connection
beforeEach(async () => {
  server = await FakeMathpix.start()
  connection = {
    fetch: apiFetch,
    baseUrl: `${server.origin}/`,
    credentials: { app_id: 'my-id', app_key: 'my-key' },
    now: () => 0,
  }
})
afterEach(() => server.stop())

const request = { urls: { a: 'https://h/a.png' } }
const json =
  (body: unknown, status = 200, headers = {}): Answer =>
  (_, response) =>
    send(response, body, status, headers)
const raw =
  (body: string, status = 200): Answer =>
  (_, response) =>
    response.writeHead(status).end(body)
const lost: Answer = (_, response) => response.destroy()
const cutOff: Answer = (_, response) => {
  response.writeHead(200, { 'content-length': 100 })
  response.write('{"batch')
  response.destroy()
}
const unauthorized = {
  error: 'Invalid credentials',
  error_info: { id: 'http_unauthorized', message: 'Invalid credentials' },
}

describe('submitBatch', () => {
  it.each([
    [17, json({ batch_id: 17 })],
    ['17', json({ batch_id: '17', extra: true })],
    ['b/4 ä?#%2F', json({ batch_id: 'b/4 ä?#%2F' })],
    [9007199254740991, raw('{"batch_id":9007199254740991}')],
    ['12345678901234567890123', raw('{ "batch_id" : 12345678901234567890123 }')],
  ])('accepts batch_id %j', async (batch_id, answer) => {
    server.next.push(answer)
    expect(await submitBatch(connection, request)).toEqual({ outcome: 'accepted', value: batch_id })
    expect(server.posts()[0]).toMatchObject({
      json: request,
      headers: { app_id: 'my-id', app_key: 'my-key' },
    })
  })

  it.each([
    [
      'an error with HTTP 200',
      json({ error: 'No', error_info: { id: 'image_missing', message: 'No' } }),
      { kind: 'mathpix', id: 'image_missing' },
    ],
    ['401', json(unauthorized, 401), { kind: 'mathpix', id: 'http_unauthorized' }],
    ['401 without a body', raw('', 401), { kind: 'mathpix', id: 'http_unauthorized' }],
    ['429', raw('slow down', 429), { kind: 'mathpix', id: 'http_max_requests' }],
    ['413 of a proxy', raw('<html>', 413), { kind: 'network', reason: 'http', status: 413 }],
    [
      'an id nobody knows',
      json({ error: 'x', error_info: { id: 'brand_new', message: 'x', more: 1 } }),
      { id: 'brand_new', detail: { more: 1 } },
    ],
    ['an error without error_info', json({ error: 'Something' }), { kind: 'mathpix', message: 'Something' }],
  ])('is refused by %s', async (_, answer, error) => {
    server.next.push(answer)
    expect(await submitBatch(connection, request)).toMatchObject({ outcome: 'refused', error })
  })

  it('keeps Retry-After', async () => {
    server.next.push(json({}, 429, { 'retry-after': '12' }))
    expect(await submitBatch(connection, request)).toMatchObject({ outcome: 'refused', retryAfterMs: 12_000 })
  })

  it.each([
    ['lost', lost],
    ['cut off', cutOff],
    ['no JSON', raw('<html>ok</html>')],
    ['JSON without batch_id', json({ hello: 1 })],
    ['an array', raw('[]')],
    ['a server error', raw('oops', 500)],
    ['a redirect', (_, response) => response.writeHead(302, { location: 'https://elsewhere/' }).end()],
  ] as [string, Answer][])('is unclear when the reply is %s', async (_, answer) => {
    server.next.push(answer)
    expect((await submitBatch(connection, request)).outcome).toBe('unclear')
    expect(server.requests).toHaveLength(1)
  })

  it('is refused when nobody listens', async () => {
    const { origin } = server
    await server.stop()
    const outcome = await submitBatch({ ...connection, baseUrl: origin }, request)
    expect(outcome).toMatchObject({ outcome: 'refused', error: { kind: 'network', reason: 'refused' } })
    server = await FakeMathpix.start()
  })

  it('is refused when the name cannot be resolved, or the server speaks no TLS', async () => {
    const unknown = await submitBatch({ ...connection, baseUrl: 'http://nowhere.invalid' }, request)
    expect(unknown).toMatchObject({ outcome: 'refused', error: { kind: 'network', reason: 'offline' } })
    const plain = await submitBatch(
      { ...connection, baseUrl: server.origin.replace('http:', 'https:') },
      request,
    )
    expect(plain).toMatchObject({ outcome: 'refused', error: { kind: 'network', reason: 'tls' } })
  })

  it('takes no secret over into an error', async () => {
    const message = 'cannot post to https://me:pw@h/x?token=t0p'
    server.next.push(
      json({ error: message, error_info: { id: 'opts_bad_callback', message, post: message } }),
    )
    const text = JSON.stringify(await submitBatch(connection, request))
    for (const secret of ['my-key', 'pw', 't0p']) expect(text).not.toContain(secret)
  })
})

describe('fetchBatch', () => {
  it('reads results, null as none', async () => {
    server.next.push(json({ keys: ['a'], results: null }))
    expect(await fetchBatch(connection, 17)).toEqual({ ok: true, value: { keys: ['a'], results: {} } })
    expect(server.requests[0]?.path).toBe('/v3/batch/17')
  })

  it('looks for an error before anything else', async () => {
    server.next.push(
      json({
        error: 'Unknown batch id',
        error_info: { id: 'batch_unknown_id', message: 'Unknown batch id' },
      }),
    )
    expect(await fetchBatch(connection, 'x/../y')).toMatchObject({
      ok: false,
      error: { id: 'batch_unknown_id' },
    })
    expect(server.requests[0]?.path).toBe('/v3/batch/x%2F..%2Fy')
  })

  it.each([
    [17, '/v3/batch/17'],
    ['017', '/v3/batch/017'],
    ['12345678901234567890123', '/v3/batch/12345678901234567890123'],
    [9007199254740991, '/v3/batch/9007199254740991'],
    ['half a pair: \ud83d', '/v3/batch/half%20a%20pair%3A%20%EF%BF%BD'],
    ['a b/c?d#e%2F', '/v3/batch/a%20b%2Fc%3Fd%23e%252F'],
    ['ä', '/v3/batch/%C3%A4'],
  ])('asks for batch %j at its own path', async (batch_id, path) => {
    await fetchBatch(connection, batch_id)
    expect(server.requests[0]?.path).toBe(path)
  })

  it('calls a foreign shape unexpected', async () => {
    server.next.push(json({ keys: 'a' }))
    expect(await fetchBatch(connection, 1)).toMatchObject({
      ok: false,
      error: { kind: 'unexpected_response' },
    })
  })
})

describe('ocrImage', () => {
  const image = { name: 'image.png', mime: 'image/png', bytes: new Uint8Array([1, 2, 3]) }

  it('sends the file and one field of options', async () => {
    const outcome = await ocrImage(connection, 'v3/latex', image, { formats: ['text'] })
    expect(outcome).toMatchObject({ outcome: 'accepted', value: { latex_styled: 'uploaded' } })
    const [sent] = server.posts('/v3/latex')
    expect(sent?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/)
    const body = sent?.body.toString('latin1') ?? ''
    expect(body).toContain('name="options_json"\r\n\r\n{"formats":["text"]}')
    expect(body).toContain('name="file"; filename="image.png"\r\nContent-Type: image/png')
  })

  it('takes an error about the image for the answer, refused keys and limits for a refusal', async () => {
    const nothing = { error: 'No content', error_info: { id: 'image_no_content', message: 'No content' } }
    server.next.push(json(nothing), json(unauthorized, 401), lost)
    expect(await ocrImage(connection, 'v3/text', image, {})).toMatchObject({
      outcome: 'accepted',
      value: nothing,
    })
    expect((await ocrImage(connection, 'v3/text', image, {})).outcome).toBe('refused')
    expect((await ocrImage(connection, 'v3/text', image, {})).outcome).toBe('unclear')
  })
})

describe('the address of a server', () => {
  it.each([
    ['', '/v3'],
    ['/', '/v3'],
    ['///', '/v3'],
    ['/mathpix', '/mathpix/v3'],
    ['/a/b%20c/', '/a/b%20c/v3'],
  ])('may end with %j', async (end, prefix) => {
    const there = { ...connection, baseUrl: server.origin + end }
    server.next.push(json({ batch_id: 17 }), json({ keys: [], results: {} }), json({ latex_styled: 'x' }))
    expect(await submitBatch(there, request)).toMatchObject({ outcome: 'accepted' })
    expect(await fetchBatch(there, 17)).toMatchObject({ ok: true })
    const image = { name: 'image.png', mime: 'image/png', bytes: new Uint8Array([1]) }
    expect(await ocrImage(there, 'v3/text', image, {})).toMatchObject({ outcome: 'accepted' })
    expect(server.requests.map(({ path }) => path)).toEqual([
      `${prefix}/batch`,
      `${prefix}/batch/17`,
      `${prefix}/text`,
    ])
    expect(server.requests[0]?.headers['host']).toBe(new URL(server.origin).host)
  })
})

describe('a connection', () => {
  it('is kept for asking, but is fresh for each POST: an idle one that the server closes would look like a lost reply', async () => {
    await submitBatch(connection, request)
    await fetchBatch(connection, 17)
    expect(server.requests.map(({ headers }) => headers.connection)).toEqual(['close', 'keep-alive'])
  })
})

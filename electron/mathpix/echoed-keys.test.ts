import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ServiceKit } from '../../testing/electron/service-kit.ts'
import { answerWith, FakeMathpix, send } from '../../testing/node/fake-mathpix.ts'
import { apiFetch } from './api-fetch.ts'
import { fetchBatch, getJson, ocrImage, submitBatch, type Connection } from './client.ts'
import { z } from 'zod'

const credentials = { app_id: 'my-id', app_key: 'my/secret+key-0123' }

/** The key in the base64 of longer texts, at each of three places. */
const OTHER_BASE64 = ['one', 'two:', 'three'].map((before) =>
  Buffer.from(`${before}${credentials.app_key} and more`).toString('base64'),
)

let server: FakeMathpix
let connection: Connection
beforeEach(async () => {
  server = await FakeMathpix.start()
  connection = { fetch: apiFetch, baseUrl: server.origin, credentials }
})
afterEach(() => server.stop())

/** The key in every place and form in which a server could say it back. */
function echo(): Record<string, unknown> {
  const { app_id, app_key } = credentials
  const said = [
    app_key,
    app_key.toUpperCase(),
    encodeURIComponent(app_key),
    JSON.stringify(app_key).replaceAll('/', '\\/'),
    Buffer.from(app_key).toString('base64'),
    Buffer.from(`${app_id}:${app_key}`).toString('base64'),
    Buffer.from(`${app_id}:${app_key}`).toString('base64url'),
    ...OTHER_BASE64,
    Buffer.from(app_key).toString('hex'),
    app_key.slice(0, -3),
  ].join(' and ')
  return {
    error: `Invalid app_key ${said}`,
    error_info: {
      id: `http_${app_key}`,
      message: `Invalid app_key ${said}`,
      [app_key]: said,
      detail: { headers: { app_key }, list: [[{ deep: `x${app_key}y` }]] },
    },
  }
}

const SECRET = /0123|my\/secret|bXkvc2Vj|bXktaWQ6|15L3NlY3Jl|bXkvc2VjcmV0|teS9zZWNyZX|6d792f736563/i

describe('a key that the server says back', () => {
  const reply = (body: unknown) => server.next.push((_, response) => send(response, body))

  it('is in no outcome of a POST', async () => {
    reply(echo())
    const outcome = await submitBatch(connection, { urls: { a: 'https://h/a.png' } })
    expect(JSON.stringify(outcome)).not.toMatch(SECRET)
    expect(outcome).toMatchObject({ outcome: 'refused', error: { kind: 'mathpix' } })
  })

  it('is in no reading', async () => {
    reply({ ...echo(), error: '', error_info: undefined, text: credentials.app_key, latex_confidence: 0.5 })
    const image = { name: 'a.png', mime: 'image/png', bytes: new Uint8Array([1]) }
    const outcome = await ocrImage(connection, 'v3/text', image, {})
    expect(JSON.stringify(outcome)).not.toMatch(SECRET)
    expect(outcome).toMatchObject({ outcome: 'accepted', value: { latex_confidence: 0.5 } })
  })

  it('is in no result of a batch, while images may be called anything', async () => {
    const { app_key } = credentials
    reply({ keys: [app_key, 'a'], results: { [app_key]: { latex_styled: app_key }, a: echo() } })
    const polled = await fetchBatch(connection, 17)
    if (!polled.ok) throw new Error('no results')
    expect(polled.value.keys).toEqual([app_key, 'a'])
    expect(JSON.stringify(polled.value.results[app_key])).not.toMatch(SECRET)
    expect(JSON.stringify(polled.value.results['a'])).not.toMatch(SECRET)
  })

  it('is in no other answer', async () => {
    server.usage = answerWith({ said: echo() })
    expect(JSON.stringify(await getJson(connection, 'v3/ocr-usage', z.looseObject({})))).not.toMatch(SECRET)
  })

  it('goes with the headers of a callback', async () => {
    const callback = { post: 'https://h/hook', headers: { Authorization: 'Bearer hook-secret-0123' } }
    server.next.push((request, response) =>
      send(response, {
        error: 'Bad callback',
        error_info: { id: 'opts_bad_callback', message: request.body.toString() },
      }),
    )
    const outcome = await submitBatch(connection, { urls: { a: 'https://h/a.png' }, callback })
    expect(JSON.stringify(outcome)).toContain('opts_bad_callback')
    expect(JSON.stringify(outcome)).not.toMatch(SECRET)
  })
})

describe('a batch whose server says the key back', () => {
  it('has it neither in memory nor on disk', async () => {
    const kit = await ServiceKit.start()
    const words = (request: { headers: object }) => `you sent ${JSON.stringify(request.headers)}`
    const refuse = { error: 'No', error_info: { id: 'image_no_content', message: '' } }
    kit.server.next.push(
      (request, response) => kit.server.answerNormally(request, response),
      (request, response) => {
        const [key = ''] = Object.keys((kit.server.posts()[0]?.json as { urls: object }).urls)
        const failed = { ...refuse, error_info: { ...refuse.error_info, message: words(request) } }
        send(response, { keys: [key], results: { [key]: failed } })
      },
    )
    const service = await kit.open()
    const batchId = await kit.batchWith(1)
    await service.submitBatch(batchId)
    const batch = await kit.until(batchId, ({ items }) => items.every(({ state }) => state === 'error'))
    expect(JSON.stringify(batch)).toContain('you sent')
    expect(JSON.stringify([batch, kit.notices, await kit.journal(batchId)])).not.toContain('secret-key')
    await kit.stop()
  })
})

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

let host: ImageHost
let engine: TestEngine
let removeData: () => Promise<void>

const algebra = '12+5x-8=12x-10'
const circle = 'x^2+y^2=9'

beforeEach(async () => {
  const data = await createDataDir()
  removeData = data.remove
  host = await startImageHost({
    '/algebra.jpg': createFixtureImage(algebra),
    '/inverted.jpg': createFixtureImage(circle),
    '/blank.png': createFixtureImage(''),
    '/page.html': Buffer.from('<!doctype html><p>no image'),
  })
  engine = await startTestEngine(data.path)
})

afterEach(async () => {
  await engine.close()
  await host.close()
  await removeData()
})

const errorId = (body: Json): unknown => (body['error_info'] as Json | undefined)?.['id']
const dataUri = (latex: string): string =>
  `data:image/png;base64,${createFixtureImage(latex).toString('base64')}`

async function runBatch(body: unknown): Promise<Json> {
  const { body: accepted, status } = await engine.post('/v3/batch', body)
  expect({ status, accepted }).toEqual({ status: 200, accepted: { batch_id: expect.any(Number) as number } })
  return engine.finish(accepted['batch_id'])
}

describe('POST and GET v3/batch', () => {
  it('reads images in latex behaviour by default', async () => {
    const urls = { algebra: host.url('/algebra.jpg'), inverted: host.url('/inverted.jpg') }
    const results = await runBatch({ urls, formats: ['latex_simplified'] })
    expect(results).toMatchObject({
      algebra: { latex_simplified: '12 + 5 x - 8 = 12 x - 10', latex_confidence: 0.9 },
      inverted: { latex_simplified: 'x ^ { 2 } + y ^ { 2 } = 9' },
    })
  })

  it('reads images in text behaviour, for all and for one', async () => {
    const text = {
      ocr_behavior: 'text',
      formats: ['text', 'data'],
      data_options: { include_asciimath: true },
    }
    const expected = { text: '\\( x^{2}+y^{2}=9 \\)', data: [{ type: 'asciimath', value: 'x^(2)+y^(2)=9' }] }
    expect(await runBatch({ urls: { a: host.url('/inverted.jpg') }, ...text })).toMatchObject({ a: expected })
    const urls = { a: { url: host.url('/inverted.jpg'), ...text }, b: host.url('/inverted.jpg') }
    const results = await runBatch({ urls })
    expect(results).toMatchObject({ a: expected, b: { latex: 'x ^ { 2 } + y ^ { 2 } = 9', latex_list: [] } })
  })

  it('lets options of one image win over those of all', async () => {
    const urls = {
      a: { url: host.url('/inverted.jpg'), formats: ['latex_styled'] },
      b: host.url('/inverted.jpg'),
    }
    const results = await runBatch({ urls, formats: ['asciimath'] })
    expect(results['a']).toMatchObject({ latex_styled: 'x ^ { 2 } + y ^ { 2 } = 9' })
    expect(results['a']).not.toHaveProperty('asciimath')
    expect(results['b']).toMatchObject({ asciimath: 'x^(2)+y^(2)=9' })
  })

  it('shows all keys at once and results as they come', async () => {
    engine.recogniser.hold()
    const urls = { good: host.url('/algebra.jpg'), missing: host.url('/missing.png') }
    const { body } = await engine.post('/v3/batch', { urls })
    await expect
      .poll(async () =>
        Object.keys((await engine.get(`/v3/batch/${String(body['batch_id'])}`)).body['results'] as Json),
      )
      .toEqual(['missing'])
    const early = await engine.get(`/v3/batch/${String(body['batch_id'])}`)
    expect(early.body['keys']).toEqual(['good', 'missing'])
    engine.recogniser.release()
    expect(Object.keys(await engine.finish(body['batch_id'])).sort()).toEqual(['good', 'missing'])
  })

  it('keeps the sender’s order and odd keys', async () => {
    const text = `{"urls": {"10": "${host.url('/algebra.jpg')}", "2": "${host.url('/algebra.jpg')}", "__proto__": "${host.url('/inverted.jpg')}", "a b/\\"é": "${host.url('/algebra.jpg')}"}, "formats": ["latex_styled"]}`
    const { body } = await engine.post('/v3/batch', text)
    const results = await engine.finish(body['batch_id'])
    const { body: view } = await engine.get(`/v3/batch/${String(body['batch_id'])}`)
    expect(view['keys']).toEqual(['10', '2', '__proto__', 'a b/"é'])
    expect(Object.entries(results).find(([key]) => key === '__proto__')?.[1]).toMatchObject({
      latex_styled: 'x ^ { 2 } + y ^ { 2 } = 9',
    })
  })

  it('puts a failure at its own image', async () => {
    const results = await runBatch({
      urls: {
        good: host.url('/algebra.jpg'),
        missing: host.url('/missing.png?signature=secret'),
        html: host.url('/page.html'),
        blank: host.url('/blank.png'),
        file: 'file:///etc/passwd',
        noUrl: { formats: ['text'] },
        number: 7,
        options: { url: host.url('/algebra.jpg'), beam_size: 'two' },
        region: {
          url: host.url('/algebra.jpg'),
          region: { top_left_x: 90, top_left_y: 0, width: 20, height: 10 },
        },
      },
      formats: ['latex_styled'],
    })
    const ids = Object.fromEntries(
      Object.entries(results).map(([key, result]) => [key, errorId(result as Json)]),
    )
    expect(ids).toEqual({
      good: undefined,
      missing: 'image_download_error',
      html: 'image_decode_error',
      blank: 'image_no_content',
      file: 'image_download_error',
      noUrl: 'image_missing',
      number: 'image_missing',
      options: 'opts_number_required',
      region: 'opts_value_out_of_range',
    })
    expect(JSON.stringify(results['missing'])).not.toContain('secret')
  })

  it('takes data URIs, as strings and in objects', async () => {
    const results = await runBatch({
      urls: { a: dataUri('x^2'), b: { url: dataUri('y') }, c: 'data:image/png;base64,@@@@' },
      formats: ['latex_styled'],
    })
    expect(results).toMatchObject({
      a: { latex_styled: 'x ^ { 2 }' },
      b: { latex_styled: 'y' },
      c: { error_info: { id: 'image_decode_error' } },
    })
  })

  it('gives all images of a batch one request_id and counts batches up', async () => {
    const first = await engine.post('/v3/batch', { urls: { a: dataUri('x'), b: dataUri('y') } })
    const second = await engine.post('/v3/batch', { urls: { a: dataUri('x') } })
    expect(Number(second.body['batch_id'])).toBeGreaterThan(Number(first.body['batch_id']))
    const results = (await engine.finish(first.body['batch_id'])) as Record<string, Json>
    expect(results['a']?.['request_id']).toMatch(/^\d{4}_\d\d_\d\d_[0-9a-f]{20}g$/)
    expect(results['a']?.['request_id']).toBe(results['b']?.['request_id'])
  })

  it.each(['999', '0', '01', 'abc', '1.0', '1e0', '__proto__'])('does not know batch %s', async (id) => {
    await engine.post('/v3/batch', { urls: { a: dataUri('x') } })
    const { status, body } = await engine.get(`/v3/batch/${id}`)
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { error_info: { id: 'batch_unknown_id', batch_id: id } },
    })
  })
})

describe('refused requests', () => {
  const urls = { a: 'https://host.invalid/a.png' }
  const table: readonly (readonly [string, unknown, Json])[] = [
    ['broken JSON', '{"urls": ', { id: 'json_syntax' }],
    ['JSON that is no object', '[1]', { id: 'json_syntax' }],
    ['an empty body', '', { id: 'json_syntax' }],
    ['no urls', {}, { id: 'image_missing' }],
    ['empty urls', { urls: {} }, { id: 'image_missing' }],
    ['urls as an array', { urls: ['https://host.invalid/a.png'] }, { id: 'image_missing' }],
    [
      'formats as a string',
      { urls, formats: 'text' },
      { id: 'opts_expected_array', option: 'formats', type: 'string' },
    ],
    ['an unknown format', { urls, formats: ['data'] }, { id: 'opts_unknown_format', formats: ['data'] }],
    [
      'an unknown behaviour',
      { urls, ocr_behavior: 'pdf' },
      { id: 'opts_value_out_of_range', name: 'ocr_behavior', value: 'pdf' },
    ],
    ['an unknown ocr entry', { urls, ocr: ['math', 'music'] }, { id: 'opts_unknown_ocr' }],
    [
      'a threshold above 1',
      { urls, confidence_threshold: 2 },
      { id: 'opts_value_out_of_range', name: 'confidence_threshold', value: 2 },
    ],
    ['a callback without post', { urls, callback: {} }, { id: 'opts_bad_callback', post: null }],
    [
      'a callback that uses batch_id',
      { urls, callback: { post: 'https://host.invalid', reply: { batch_id: 1 } } },
      { id: 'opts_bad_callback', batch_id: 1 },
    ],
    [
      'a bad callback before bad options',
      { urls, formats: 1, callback: { post: 1 } },
      { id: 'opts_bad_callback' },
    ],
  ]
  it.each(table)('%s', async (_, body, info) => {
    const reply = await engine.post('/v3/batch', body)
    expect(reply.status).toBe(200)
    expect(reply.body).toMatchObject({ error: expect.any(String) as string, error_info: info })
    expect(reply.body).not.toHaveProperty('batch_id')
  })

  it('does not blame top-level formats that no image uses as latex formats', async () => {
    const image = { url: dataUri('x'), ocr_behavior: 'text' }
    expect(await runBatch({ urls: { a: image }, formats: ['text', 'data'] })).toMatchObject({
      a: { text: '\\( x \\)' },
    })
  })

  it('says a too large body in the envelope, with status 200', async () => {
    const reply = await engine.post('/v3/batch', { urls: { a: 'x'.repeat(6 * 1024 * 1024) } })
    expect(reply.status).toBe(200)
    expect(errorId(reply.body)).toBe('sys_request_too_large')
  })

  it('says a too large base64 image at its key', async () => {
    const big = `data:image/png;base64,${'A'.repeat(2 * 1024 * 1024 + 4)}`
    expect(await runBatch({ urls: { a: big } })).toMatchObject({
      a: { error_info: { id: 'sys_request_too_large' } },
    })
  })
})

describe('keys', () => {
  const pairs: readonly (readonly [string, Record<string, string>])[] = [
    ['none', {}],
    ['a wrong key', { ...TEST_KEYS, app_key: 'other' }],
    ['a wrong id', { ...TEST_KEYS, app_id: 'other' }],
    ['the id alone', { app_id: TEST_KEYS.app_id }],
  ]
  it.each(pairs)('%s: 401 in the envelope', async (_, headers) => {
    for (const reply of [
      await engine.post('/v3/batch', { urls: { a: dataUri('x') } }, headers),
      await engine.post('/v3/text', { src: dataUri('x') }, headers),
      await engine.get('/v3/batch/1', headers),
    ]) {
      expect(reply.status).toBe(401)
      expect(reply.body).toEqual({
        error: 'Invalid credentials',
        error_info: { id: 'http_unauthorized', message: 'Invalid credentials' },
      })
    }
  })

  it('an app token is refused with status 200', async () => {
    const reply = await engine.post('/v3/batch', { urls: { a: dataUri('x') } }, { app_token: 'token_1' })
    expect(reply.status).toBe(200)
    expect(errorId(reply.body)).toBe('unauthorized_token_request')
  })

  it('never reach the log, nor does a query', async () => {
    await engine.get(`/v3/batch/1?app_key=${TEST_KEYS.app_key}`)
    expect(engine.logLines).toEqual([expect.stringMatching(/^GET \/v3\/batch\/1 200 \d+ms$/)])
  })
})

import { BatchAccepted, BatchResults } from '../shared/mathpix.ts'
import { expect, sampleFiles, test as base } from './fixtures.ts'
import { StandaloneEngine } from './standalone-engine.ts'

/** The published guide's requests, by a client that knows nothing of this app. Only the API and the image URLs differ. */
const test = base.extend<{ engine: StandaloneEngine; urls: { inverted: string; algebra: string } }>({
  engine: async ({}, use) => {
    const engine = await StandaloneEngine.start()
    await use(engine)
    await engine.stop()
  },
  urls: async ({ images }, use) => {
    const [inverted = '', algebra = ''] = sampleFiles()
    await use({
      inverted: images.serve(inverted, '/inverted.jpg'),
      algebra: images.serve(algebra, '/algebra.jpg'),
    })
  },
})

async function convert(
  engine: StandaloneEngine,
  body: unknown,
  keys: readonly string[] = ['algebra', 'inverted'],
): Promise<BatchResults> {
  const reply = await fetch(`${engine.baseUrl}/v3/batch`, {
    method: 'POST',
    headers: engine.headers,
    body: JSON.stringify(body),
  })
  expect(reply.status).toBe(200)
  const { batch_id } = BatchAccepted.parse(await reply.json())
  expect(typeof batch_id).toBe('number')
  let latest: BatchResults | undefined
  await expect(async () => {
    const response = await fetch(`${engine.baseUrl}/v3/batch/${batch_id}`, {
      headers: { app_id: engine.headers.app_id, app_key: engine.headers.app_key },
    })
    latest = BatchResults.parse(await response.json())
    expect([...latest.keys].sort()).toEqual(keys)
    expect(Object.keys(latest.results)).toHaveLength(keys.length)
  }).toPass({ timeout: 60_000 })
  if (!latest) throw new Error('no answer')
  return latest
}

test('a batch in latex behaviour', async ({ engine, urls }) => {
  const { results } = await convert(engine, { urls, formats: ['latex_simplified'] })
  for (const result of Object.values(results)) {
    expect(result.error ?? '').toBe('')
    expect(result.latex_simplified).toBeTruthy()
    expect(result.latex_confidence).toBeGreaterThan(0)
    expect(result.position?.width).toBeGreaterThan(0)
    expect(result.detection_map).toBeDefined()
    expect(result.text).toBeUndefined()
  }
  expect(results['inverted']?.detection_list).toContain('is_inverted')
  expect(results['algebra']?.detection_list).not.toContain('is_inverted')
})

test('text behaviour at the top level', async ({ engine, urls }) => {
  const { results } = await convert(engine, {
    urls,
    ocr_behavior: 'text',
    formats: ['text', 'html', 'data'],
    data_options: { include_asciimath: true },
  })
  for (const result of Object.values(results)) {
    expect(result.text).toBeTruthy()
    expect(result.html).toContain('<')
    expect(result.data?.[0]?.type).toBe('asciimath')
    expect(result.data?.[0]?.value).toBeTruthy()
    expect(result.confidence).toBeGreaterThan(0)
  }
})

test('text behaviour and options for each image', async ({ engine, urls }) => {
  const options = {
    ocr_behavior: 'text',
    formats: ['text', 'html', 'data'],
    data_options: { include_asciimath: true },
  }
  const { results } = await convert(engine, {
    urls: { inverted: { url: urls.inverted, ...options }, algebra: { url: urls.algebra, ...options } },
  })
  for (const result of Object.values(results)) {
    expect(result.text).toBeTruthy()
    expect(result.data?.[0]?.type).toBe('asciimath')
  }
})

test('a batch with a callback posts the results and can still be polled', async ({
  engine,
  urls,
  images,
}) => {
  const received = new Promise<{ headers: Record<string, unknown>; body: string }>((resolve) => {
    images.answer('/webhook', (request, response) => {
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => {
        response.writeHead(200).end()
        resolve({ headers: request.headers, body })
      })
    })
  })
  const body = {
    urls: { inverted: urls.inverted },
    formats: ['latex_simplified'],
    callback: { post: `${images.origin}/webhook`, headers: { Authorization: 'Bearer YOUR_TOKEN' } },
  }
  const { results } = await convert(engine, body, ['inverted'])
  const { headers, body: text } = await received
  expect(headers['authorization']).toBe('Bearer YOUR_TOKEN')
  const posted = JSON.parse(text) as { reply: { batch_id: string }; result: unknown }
  expect(posted.reply.batch_id).toMatch(/^\d+$/)
  expect(posted.result).toEqual(results)
})

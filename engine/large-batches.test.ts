import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createDataDir, startTestEngine, type Json, type TestEngine } from '../testing/engine/test-engine.ts'

let engine: TestEngine
let dataDir: string
let removeData: () => Promise<void>

beforeEach(async () => {
  const data = await createDataDir()
  dataDir = data.path
  removeData = data.remove
  engine = await startTestEngine(data.path)
})

afterEach(async () => {
  await engine.close()
  await removeData()
})

/** A batch of so many images, each with options of its own. */
const batchOf = (count: number, value: (index: number) => unknown) =>
  JSON.stringify({
    urls: Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`k${String(index)}`, value(index)]),
    ),
    formats: ['latex_styled'],
  })

describe('a batch of 20,000 images', () => {
  it('lets other requests have their turn while it is taken, and while its results are told', async () => {
    const body = batchOf(20_000, (index) => ({
      url: `https://host.invalid/${String(index)}.png`,
      beam_size: 'x',
    }))
    const served = { posting: 0, telling: 0 }
    let phase: keyof typeof served | undefined
    const isOver = () => phase === undefined
    const others = async () => {
      while (!isOver()) {
        await engine.get('/v3/batch/4711')
        if (phase) served[phase] += 1
      }
    }
    phase = 'posting'
    const serving = others()
    const { body: accepted } = await engine.post('/v3/batch', body)
    phase = 'telling'
    const { body: view } = await engine.get(`/v3/batch/${String(accepted['batch_id'])}`)
    phase = undefined
    await serving
    expect(served.posting).toBeGreaterThan(5)
    expect(served.telling).toBeGreaterThan(1)
    expect(view['keys']).toHaveLength(20_000)
    expect(Object.keys(view['results'] as Json)).toHaveLength(20_000)
  })

  it('keeps the options that hold for all once', async () => {
    engine.recogniser.hold()
    const { body } = await engine.post(
      '/v3/batch',
      batchOf(500, () => 'data:,x'),
    )
    const file = join(dataDir, 'batches', String(body['batch_id']), 'request.json')
    expect((await readFile(file, 'utf8')).split('latex_styled')).toHaveLength(2)
    engine.recogniser.release()
    await engine.finish(body['batch_id'])
  })
})

describe('a batch whose options are as large as its images are many', () => {
  const many = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`m${String(index)}`, 1]))

  it.each([
    ['documented', { metadata: many, tags: Object.keys(many), formats: ['text', 'latex_styled'] }],
    ['undocumented', many],
  ])('costs their sum, not their product (%s)', async (_, options) => {
    const count = 5000
    const urls = Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `k${String(index)}`,
        { url: 'data:,x', beam_size: 1, confidence_threshold: 0 },
      ]),
    )
    const text = JSON.stringify({ ...options, urls })
    engine.recogniser.hold()
    const { body } = await engine.post('/v3/batch', text)
    const file = join(dataDir, 'batches', String(body['batch_id']), 'request.json')
    expect((await readFile(file)).length).toBeLessThan(2 * text.length)
    engine.recogniser.release()
  })
})

describe('a batch', () => {
  it('is not looked through for each image: the work grows with the images, not with their square', async () => {
    const count = 2000
    const lookUps = vi.spyOn(Map.prototype, 'has')
    const { body } = await engine.post(
      '/v3/batch',
      batchOf(count, () => 'data:,x'),
    )
    while (engine.recogniser.begun() < count) await sleep(20)
    expect(lookUps.mock.calls.length).toBeLessThan(100 * count)
    vi.restoreAllMocks()
    await engine.finish(body['batch_id'])
  })
})

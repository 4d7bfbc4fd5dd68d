import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ImageRecogniser } from './image-recogniser.ts'
import { createWorkerPool } from './worker-pool.ts'

/** A worker that does what the image says: answer, crash, crash the first time only, hang. */
const worker = `
import { threadId, parentPort, workerData } from 'node:worker_threads'
import { existsSync, writeFileSync } from 'node:fs'
parentPort.on('message', ({ job, step }) => {
  if (step) return
  const { bytes, options } = job
  const order = Buffer.from(bytes).toString()
  if (order === 'crash') process.exit(1)
  if (order === 'throw') throw new Error('broken')
  if (order === 'hang') return
  if (order === 'talk') console.log('a library talks')
  if (order === 'slow') return parentPort.postMessage({ step: 'decode', demand: { pixels: 1, limitMs: 50 } })
  if (order.startsWith('once:')) {
    const mark = order.slice(5)
    if (!existsSync(mark)) { writeFileSync(mark, ''); process.exit(1) }
  }
  parentPort.postMessage({ reply: { text: order, thread: threadId, modelDir: workerData.modelDir, options } })
})
`

let folder: string
let pool: ImageRecogniser
let createPool: (more?: { stuckAfterMs: number }) => ImageRecogniser
let logLines: string[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'formulift-pool-'))
  const path = join(folder, 'worker.mjs')
  await writeFile(path, worker)
  logLines = []
  createPool = (more) =>
    createWorkerPool({
      workerUrl: pathToFileURL(path),
      size: 2,
      start: { modelDir: 'some-model' },
      log: (line) => logLines.push(line),
      ...more,
    })
  pool = createPool()
})

afterEach(async () => {
  await pool.close()
  await rm(folder, { recursive: true, force: true })
})

const read = (order: string) => pool.recognise(Buffer.from(order), { formats: ['text'] })

describe('createWorkerPool', () => {
  it('lets nobody hear what libraries print while they read', async () => {
    const heard = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')]
    try {
      expect((await read('talk')).text).toBe('talk')
      await pool.close()
      expect(heard.flatMap(({ mock }) => mock.calls.map(String)).join('')).not.toContain('a library talks')
    } finally {
      vi.restoreAllMocks()
    }
  })

  it('reads in warm threads, as many as allowed', async () => {
    const results = await Promise.all(Array.from({ length: 8 }, (_, index) => read(`image ${String(index)}`)))
    expect(results.map(({ text }) => text)).toEqual(
      Array.from({ length: 8 }, (_, index) => `image ${String(index)}`),
    )
    expect(new Set(results.map((result) => result['thread'])).size).toBe(2)
    expect(results[0]).toMatchObject({ modelDir: 'some-model', options: { formats: ['text'] } })
  })

  async function failTwice(order: string): Promise<void> {
    const [bad, good] = await Promise.all([read(order), read('fine')])
    expect(bad.error_info?.id).toBe('sys_exception')
    expect(good.text).toBe('fine')
    expect(await read('later')).toMatchObject({ text: 'later' })
    expect(logLines).toHaveLength(2)
  }

  it.each(['crash', 'throw'])('answers sys_exception after a second %s, and goes on', failTwice)

  it('answers sys_exception after a second hang, and goes on', async () => {
    await pool.close()
    pool = createPool({ stuckAfterMs: 600 })
    // On a busy machine a thread may take longer to start than it may hang.
    const warmUp = async () => (await Promise.all(['a', 'b'].map(read))).map(({ text }) => text)
    await expect.poll(warmUp, { timeout: 15_000 }).toEqual(['a', 'b'])
    logLines = []
    await failTwice('hang')
  })

  it('says at its image that decoding took too long, once, and goes on', async () => {
    const [slow, good] = await Promise.all([read('slow'), read('fine')])
    expect(slow.error_info).toMatchObject({ id: 'image_decode_error' })
    expect(slow.error).toContain('takes longer than')
    expect(good.text).toBe('fine')
    expect(await read('later')).toMatchObject({ text: 'later' })
    expect(logLines).toHaveLength(1)
  })

  it('tries an image once more after a crash', async () => {
    const order = `once:${join(folder, 'mark')}`
    expect(await read(order)).toMatchObject({ text: order })
  })

  it('ends what runs when it is closed', async () => {
    const stuck = read('hang')
    await pool.close()
    expect((await stuck).error_info?.id).toBe('sys_exception')
  })
})

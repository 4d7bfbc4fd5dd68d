import fs from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { BatchAccepted, BatchResults } from '../../shared/mathpix.ts'
import { startEngineProcess, type EngineProcess, type Memory } from './engine-process.ts'
import { median, quantile } from './statistics.ts'

/** Ms for one image after the other. */
export type Latency = { readonly images: number; readonly p50: number; readonly p95: number }

/**
 * One image after the other through v3/latex of a warm engine, as a client sees it: HTTP, decoding, cropping and reading. No two
 * images are read at once, and each by one thread.
 */
export async function timeSingles(engine: EngineProcess, files: readonly string[]): Promise<Latency> {
  const [first = ''] = files
  await readOne(engine, first)
  const times: number[] = []
  for (const file of files) {
    const before = performance.now()
    await readOne(engine, file)
    times.push(performance.now() - before)
  }
  return { images: files.length, p50: quantile(times, 0.5), p95: quantile(times, 0.95) }
}

/** Median ms from starting the process to its first result. */
export async function timeColdStart(file: string, runs: number): Promise<number> {
  const times: number[] = []
  for (let run = 0; run < runs; run += 1) {
    const engine = await startEngineProcess()
    try {
      await readOne(engine, file)
      times.push(performance.now() - engine.startedAt)
    } finally {
      await engine.stop()
    }
  }
  return median(times)
}

async function readOne({ baseUrl, headers }: EngineProcess, file: string): Promise<void> {
  const form = new FormData()
  form.append('file', new Blob([fs.readFileSync(file)]), path.basename(file))
  form.append('options_json', JSON.stringify({ formats: ['latex_styled'] }))
  const reply = await fetch(`${baseUrl}/v3/latex`, { method: 'POST', headers, body: form })
  await reply.json()
}

/** Images a second of one v3/batch, from the POST to the last result; the images come from a server beside it. */
export async function timeBatch(engine: EngineProcess, files: readonly string[]): Promise<number> {
  const host = http.createServer((request, response) => {
    const file = files[Number(request.url?.slice(1))]
    if (file === undefined) response.writeHead(404).end()
    else response.writeHead(200).end(fs.readFileSync(file))
  })
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve))
  const { port } = host.address() as AddressInfo
  const { baseUrl, headers } = engine
  try {
    const urls = Object.fromEntries(
      files.map((_, index) => [`image-${index}`, `http://127.0.0.1:${port}/${index}`]),
    )
    const before = performance.now()
    const reply = await fetch(`${baseUrl}/v3/batch`, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/json' },
      body: JSON.stringify({ urls, formats: ['latex_styled'] }),
    })
    const { batch_id } = BatchAccepted.parse(await reply.json())
    for (;;) {
      const poll = await fetch(`${baseUrl}/v3/batch/${batch_id}`, { headers })
      const { results } = BatchResults.parse(await poll.json())
      if (Object.keys(results).length === files.length) break
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    return files.length / ((performance.now() - before) / 1000)
  } finally {
    host.closeAllConnections()
    host.close()
  }
}

export type Soak = {
  readonly images: number
  readonly start: number
  readonly end: number
  readonly most: number
}

/** Memory in MB while `count` images go through one process, in batches of all the files again and again. */
export async function soak(
  engine: EngineProcess,
  files: readonly string[],
  count: number,
  tell: (done: number, memory: Memory) => void,
): Promise<Soak> {
  let start = 0
  let done = 0
  while (done < count) {
    const batch = files.slice(0, count - done)
    await timeBatch(engine, batch)
    done += batch.length
    const memory = engine.memory()
    if (start === 0) start = memory.now
    tell(done, memory)
  }
  const { now, most } = engine.memory()
  return { images: done, start, end: now, most }
}

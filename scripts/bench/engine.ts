import { spawn } from 'node:child_process'
import fs from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { BatchAccepted, BatchResults } from '../../shared/mathpix.ts'
import { quantile } from './statistics.ts'

export type EngineTimes = { images: number; perSecond: number; p50: number; p95: number; coldStart: number }

/**
 * Times the embedded engine over the wire, as a client sees it: one image after the other through v3/latex (p50 and p95 in ms,
 * decoding and HTTP included), then all of them as one v3/batch (images per second). `coldStart`: ms from starting the process
 * to the first result.
 */
export async function timeEngine(files: readonly string[]): Promise<EngineTimes> {
  const data = fs.mkdtempSync(path.join(os.tmpdir(), 'formulift-bench-'))
  const started = performance.now()
  const child = spawn(
    process.execPath,
    ['dist-electron/engine.js', '--app-id', 'bench', '--app-key', 'bench', '--data', data],
    { stdio: ['pipe', 'pipe', 'ignore'] },
  )
  try {
    const baseUrl = `http://127.0.0.1:${await portOf(child.stdout)}`
    const headers = { app_id: 'bench', app_key: 'bench' }
    const readOne = async (file: string) => {
      const form = new FormData()
      form.append('file', new Blob([fs.readFileSync(file)]), path.basename(file))
      form.append('options_json', JSON.stringify({ formats: ['latex_styled'] }))
      const before = performance.now()
      const reply = await fetch(`${baseUrl}/v3/latex`, { method: 'POST', headers, body: form })
      await reply.json()
      return performance.now() - before
    }
    const [first = ''] = files
    await readOne(first)
    const coldStart = performance.now() - started
    const times: number[] = []
    for (const file of files) times.push(await readOne(file))
    const perSecond = await timeBatch(baseUrl, headers, files)
    return {
      images: files.length,
      perSecond,
      p50: quantile(times, 0.5),
      p95: quantile(times, 0.95),
      coldStart,
    }
  } finally {
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await ended
    fs.rmSync(data, { recursive: true, force: true })
  }
}

async function portOf(output: NodeJS.ReadableStream): Promise<number> {
  for await (const line of createInterface({ input: output })) {
    const message = JSON.parse(line) as { event: string; port: number }
    if (message.event === 'listening') return message.port
  }
  throw new Error('the engine ended before it was listening')
}

async function timeBatch(
  baseUrl: string,
  headers: Record<string, string>,
  files: readonly string[],
): Promise<number> {
  const host = http.createServer((request, response) => {
    const file = files[Number(request.url?.slice(1))]
    if (file === undefined) response.writeHead(404).end()
    else response.writeHead(200).end(fs.readFileSync(file))
  })
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve))
  const { port } = host.address() as AddressInfo
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
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    return files.length / ((performance.now() - before) / 1000)
  } finally {
    host.closeAllConnections()
    host.close()
  }
}

// The batch service in plain Node, as the main process runs it: the other process of the scale bench. Needs --expose-gc.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Batch, BatchChange } from '../../shared/batch.ts'
import { isDone } from '../../shared/batch-progress.ts'
import { ok, type Result } from '../../shared/result.ts'
import { Settings } from '../../shared/settings.ts'
import { BatchService } from '../../electron/batch/batch-service.ts'
import { MAX_LOCAL } from '../../electron/batch/sending/send-gate.ts'
import { startFileHost } from '../../electron/hosting/file-host.ts'
import { silentLog } from '../../electron/log.ts'
import { apiFetch } from '../../electron/mathpix/api-fetch.ts'
import { sleep } from '../../electron/sleep.ts'
import { fetchUrlImage } from '../../electron/intake/fetch-url-image.ts'
import { directRunner } from '../../testing/electron/direct-runner.ts'

export type ClientJob = {
  readonly baseUrl: string
  readonly images: string
  readonly count: number
  /** Length of a window of waiting, ms; 0: none. */
  readonly windowMs: number
}

/** To the bench. `ready`: the engine may answer more images. */
export type ClientReport =
  | { readonly kind: 'ready'; readonly allow: number }
  | { readonly kind: 'done'; readonly numbers: ClientNumbers }

export type ClientNumbers = {
  /** When the last result was handed to the page, ms since 1970. */
  readonly shownAt: number
  /** Shares of one core while nothing was ready, and while half was. */
  readonly waitingEmpty: number
  readonly waitingHalf: number
  /** Processor time without the windows, ms. */
  readonly cpuMs: number
  readonly journalBytes: number
  readonly journalLines: number
  readonly changes: number
  readonly changedItems: number
  /** Growth from before the images were added to the end, bytes. */
  readonly heapGrowth: number
  readonly rssGrowth: number
}

process.on('disconnect', () => process.exit(1))
const job = JSON.parse(process.argv[2] ?? '') as ClientJob
const report = (message: ClientReport) => process.send?.(message)

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'formulift-scale-client-'))
const settings = Settings.parse({ engine: { kind: 'local' } })
const host = await startFileHost()
const counts = { changes: 0, changedItems: 0, shown: 0, shownAt: 0 }
const completed = new Set<string>()
let wake: () => void = () => undefined

const service = await BatchService.open({
  dir: path.join(dir, 'batches'),
  connect: () =>
    Promise.resolve(
      ok({ fetch: apiFetch, baseUrl: job.baseUrl, credentials: { app_id: 'bench', app_key: 'bench' } }),
    ),
  settings: () => settings,
  host,
  runner: directRunner,
  fetchUrlImage,
  now: Date.now,
  random: Math.random,
  sleep,
  log: silentLog,
  events: { onBatchChanged: note, onBatchesChanged: () => undefined, onNotice: () => undefined },
})

function note({ items }: BatchChange): void {
  counts.changes += 1
  counts.changedItems += items.length
  for (const { id, state } of items) if (state === 'completed') completed.add(id)
  if (completed.size > counts.shown) counts.shownAt = Date.now()
  counts.shown = completed.size
  wake()
}

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

async function until(isSo: (batch: Batch) => boolean): Promise<void> {
  for (;;) {
    const batch = service.peekBatch(id)
    if (batch && isSo(batch)) return
    await Promise.race([new Promise<void>((resolve) => (wake = resolve)), sleep(500)])
  }
}

const cpuNow = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

let windowsMs = 0
/** The share of one core that is used in a window of waiting. */
async function measureWaiting(): Promise<number> {
  if (job.windowMs === 0) return 0
  // What came before is written and shown by then.
  await sleep(2000)
  const before = cpuNow()
  const since = performance.now()
  await sleep(job.windowMs)
  const used = cpuNow() - before
  windowsMs += used
  return used / (performance.now() - since)
}

function memoryNow(): NodeJS.MemoryUsage {
  globalThis.gc?.()
  return process.memoryUsage()
}

const { id } = unwrap(await service.createBatch())
const memoryBefore = memoryNow()
const cpuBefore = cpuNow()
const urls = Array.from({ length: job.count }, (_, index) => `${job.images}/${String(index)}.png`)
unwrap(await service.addUrls(id, urls))
await until(({ items }) => items.every(({ image }) => image !== undefined))
unwrap(await service.submitBatch(id))
// The others wait for their turn at the engine.
await until(({ submissions }) => {
  const accepted = submissions.filter(({ state }) => state === 'processing').length
  return accepted === Math.min(MAX_LOCAL, submissions.length)
})
const waitingEmpty = await measureWaiting()
const half = Math.floor(job.count / 2)
report({ kind: 'ready', allow: half })
await until(() => counts.shown === half)
const waitingHalf = await measureWaiting()
report({ kind: 'ready', allow: job.count })
await until(isDone)
await until(() => counts.shown === job.count)
const cpuMs = cpuNow() - cpuBefore - windowsMs
const memoryAfter = memoryNow()
const journal = fs.readFileSync(path.join(dir, 'batches', id, 'journal.jsonl'))
report({
  kind: 'done',
  numbers: {
    shownAt: counts.shownAt,
    waitingEmpty,
    waitingHalf,
    cpuMs,
    journalBytes: journal.length,
    journalLines: journal.toString('latin1').split('\n').length - 1,
    changes: counts.changes,
    changedItems: counts.changedItems,
    heapGrowth: memoryAfter.heapUsed - memoryBefore.heapUsed,
    rssGrowth: memoryAfter.rss - memoryBefore.rss,
  },
})
await service.close()
await host.close()
fs.rmSync(dir, { recursive: true, force: true })
process.exit()

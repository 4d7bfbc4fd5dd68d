// A program that is killed: the batch service with its real client, files and journal, and a user who does everything a user can do
// to a batch of three parts. `play` begins anew; `recover` is the next start: it waits for what is under way, gives up what is
// unclear and sends what is ready. What the user was promised stands in a log outside of the data folder, written at once.
//
//   node crash-scenario.js play|recover DATA_FOLDER ORIGIN PROMISES PASTED_IMAGE IMAGES…
import fs from 'node:fs'
import type { Batch, Item } from '../../shared/batch.ts'
import { isDone, isRunning } from '../../shared/batch-progress.ts'
import { isFailedResult } from '../../shared/mathpix.ts'
import { ok, type Result } from '../../shared/result.ts'
import { Settings } from '../../shared/settings.ts'
import { BatchService } from '../../electron/batch/batch-service.ts'
import { startFileHost } from '../../electron/hosting/file-host.ts'
import { silentLog } from '../../electron/log.ts'
import { apiFetch } from '../../electron/mathpix/api-fetch.ts'
import { sleep } from '../../electron/sleep.ts'
import { directRunner } from './direct-runner.ts'

const URLS = 205
const FAILING = 'https://images.example/30.png'

const [phase = '', dir = '', origin = '', promises = '', ...images] = process.argv.slice(2)
const promiseLog = fs.openSync(promises, 'a')
/** Before any write below `dir` could be counted: the log of promises is the user's memory, not the app's disk. */
const { writeSync } = fs

/** What a user may rely on, by name; a value is what the batch must show of it. */
type Facts = Readonly<Record<string, unknown>>

const note = (line: Readonly<Record<string, unknown>>) => writeSync(promiseLog, `${JSON.stringify(line)}\n`)

/** Time runs fast: a wait of a minute is over at once, and the clock knows it. */
let skippedMs = phase === 'recover' ? 24 * 3_600_000 : 0
const now = () => Date.now() + skippedMs
const wake: (() => void)[] = []

/** Of the three parts, the last has to wait for the rate plan. */
const settings = Settings.parse({ engine: { kind: 'mathpix', baseUrl: origin }, imagesPerMinute: 200 })
const host = await startFileHost()
const shown = new Map<string, string>()
const notices: string[] = []
const service = await BatchService.open({
  dir,
  connect: () =>
    Promise.resolve(
      ok({ fetch: apiFetch, baseUrl: origin, credentials: { app_id: 'id', app_key: 'secret-key' }, now }),
    ),
  settings: () => settings,
  host,
  runner: directRunner,
  fetchUrlImage: () => Promise.resolve(undefined),
  now,
  elapsed: () => performance.now() + skippedMs,
  random: () => 0.5,
  sleep: async (ms, signal) => {
    skippedMs += ms
    await sleep(1, signal)
  },
  log: silentLog,
  events: {
    onBatchChanged: ({ items }) => {
      const fresh = items.flatMap((item) => {
        const fact = resultOf(item)
        if (fact === undefined || shown.get(item.id) === fact) return []
        shown.set(item.id, fact)
        return [[`result ${item.id}`, fact] as const]
      })
      if (fresh.length > 0 && phase === 'play') note({ kind: 'promised', facts: Object.fromEntries(fresh) })
      for (const resolve of wake.splice(0)) resolve()
    },
    onBatchesChanged: () => undefined,
    onNotice: ({ message }) => notices.push(message),
  },
})

async function play(): Promise<void> {
  const { id } = unwrap(await service.createBatch('Crash'))
  note({ kind: 'promised', facts: { batch: id } })
  await act({}, () =>
    service.addSources(id, [
      ...images.slice(1).map((file) => ({ kind: 'path' as const, path: file })),
      { kind: 'bytes', name: 'pasted.png', bytes: fs.readFileSync(images[0] ?? '') },
    ]),
  )
  noteItems(id)
  const urls = Array.from({ length: URLS }, (_, index) => `https://images.example/${String(index + 1)}.png`)
  await act({}, () => service.addUrls(id, urls))
  noteItems(id)
  await service.whenPrepared(id)
  const [renamed, optioned] = [byUrl(id, 2), byUrl(id, 3)] as const
  await act({ [`key ${renamed}`]: 'my-own-key' }, () => service.renameItem(id, renamed, 'my-own-key'))
  await act({ 'option batch': true }, () =>
    service.setBatchOptions(id, {
      formats: ['latex_styled'],
      metadata: { improve_mathpix: false },
      marker: true,
    }),
  )
  await act({ [`option ${optioned}`]: 3 }, () => service.setItemOptions(id, [optioned], { n_best: 3 }, []))
  const taken = [byUrl(id, 203), byUrl(id, 204)]
  await act(gone(taken), () => service.removeItems(id, taken))
  await act({ [`item ${taken[0] ?? ''}`]: true }, () => service.restoreItems(id, taken.slice(0, 1)))

  await act({}, () => service.submitBatch(id))
  await act({ paused: true }, () => service.pauseBatch(id))
  await until(id, ({ submissions }) => submissions.every((one) => one.state !== 'submitting' || one.waiting))
  await act({}, () => service.cancelItems(id, [byUrl(id, 196)]))
  await act({ paused: false }, () => service.resumeBatch(id))
  const first = await until(id, ({ items }) => items.some(({ state }) => state === 'completed'))
  const edited = first.items.find(({ state }) => state === 'completed')?.id ?? ''
  await act({ [`edit ${edited}`]: 'my edit' }, () => service.editItem(id, edited, 'my edit'))
  const pending = byUrl(id, 195)
  await act(gone([pending]), () => service.removeItems(id, [pending]))
  await act({ [`flagged ${edited}`]: true }, () => service.reviewItems(id, [edited], { flagged: true }))
  await act({ name: 'Renamed' }, () => service.renameBatch(id, 'Renamed'))
  await act({ [`option ${byUrl(id, 150)}`]: 5 }, () =>
    service.setItemOptions(id, [byUrl(id, 150)], { n_best: 5 }, []),
  )

  await until(id, (batch) => !isRunning(batch))
  // The refused part is ready again: the user sends it once more.
  await act({}, () => service.submitBatch(id))
  await until(id, isDone)
  await act({ [`edit ${edited}`]: 'my second edit' }, () => service.editItem(id, edited, 'my second edit'))
  await act({ [`edit ${renamed}`]: 'x^2' }, () => service.editItem(id, renamed, 'x^2'))
  const failed = batchOf(id).items.find((item) => item.state === 'error' && urlOf(item) === FAILING)
  note({ kind: 'retried', image: FAILING })
  await act({}, () => service.retryItems(id, [failed?.id ?? '']))
  const { submissions } = await until(id, (batch) => !isRunning(batch))
  const unclear = submissions.find(({ state }) => state === 'unclear')
  await act({}, () => service.resolveUnclear(id, unclear?.id ?? '', 'give_up'))
  await act({ [`accepted ${edited}`]: true }, () => service.reviewItems(id, [edited], { accepted: true }))
}

/** Answers what it found and what became of it on stdout, as one line of JSON. */
async function recover(): Promise<void> {
  const found = service.getBatches().map(({ id }) => factsOf(batchOf(id)))

  for (const { id } of service.getBatches()) {
    unwrap(await service.resumeBatch(id))
    await until(id, isSettled)
    for (let round = 0; round < 8; round += 1) {
      const { submissions, items } = batchOf(id)
      for (const { state, id: submissionId } of submissions)
        if (state === 'unclear') unwrap(await service.resolveUnclear(id, submissionId, 'give_up'))
      if (!items.some(({ state }) => state === 'ready')) break
      unwrap(await service.submitBatch(id))
      await until(id, isSettled)
    }
  }
  const left = service.getBatches().map(({ id }, index) => {
    // Recovering resumes it: what counts is whether it was found paused.
    const { paused } = found[index] ?? {}
    return { ...factsOf(batchOf(id)), paused, hasEnded: hasEnded(batchOf(id)) }
  })
  process.stdout.write(`${JSON.stringify({ found, left, notices })}\n`)
}

const isSettled = (batch: Batch) =>
  !isRunning(batch) && batch.items.every(({ state }) => state !== 'preparing')

/** Each image has a result or says why it has none. */
const hasEnded = (batch: Batch) =>
  isDone(batch) &&
  batch.items.every(({ state, error }) => state === 'completed' || (state === 'error' && error !== undefined))

/** Notes what the user wants, does it, and notes that it was promised. */
async function act(facts: Facts, run: () => Promise<Result<unknown>>): Promise<void> {
  note({ kind: 'wanted', facts })
  unwrap(await run())
  note({ kind: 'promised', facts })
}

function noteItems(id: string): void {
  note({ kind: 'promised', facts: Object.fromEntries(idsOf(id).map((item) => [`item ${item}`, true])) })
}

const gone = (ids: readonly string[]): Facts => Object.fromEntries(ids.map((id) => [`item ${id}`, false]))

function factsOf(batch: Batch): Facts {
  const facts: Record<string, unknown> = {
    batch: batch.id,
    name: batch.name,
    paused: batch.isPaused === true,
    'option batch': batch.options['marker'] === true,
  }
  for (const item of batch.items) {
    facts[`item ${item.id}`] = true
    facts[`key ${item.id}`] = item.key
    facts[`edit ${item.id}`] = item.edit
    facts[`flagged ${item.id}`] = item.flagged
    facts[`accepted ${item.id}`] = item.accepted
    facts[`option ${item.id}`] = item.overrides.n_best
    facts[`result ${item.id}`] = resultOf(item)
  }
  return facts
}

function resultOf({ result }: Item): string | undefined {
  return result && !isFailedResult(result) ? result.latex_styled : undefined
}

const urlOf = ({ source }: Item) => (source.kind === 'url' ? source.url : undefined)
const idsOf = (id: string) => batchOf(id).items.map((item) => item.id)

function byUrl(id: string, image: number): string {
  const url = `https://images.example/${String(image)}.png`
  return batchOf(id).items.find((item) => urlOf(item) === url)?.id ?? ''
}

function batchOf(id: string): Batch {
  const batch = service.peekBatch(id)
  if (!batch) throw new Error('the batch is gone')
  return batch
}

async function until(id: string, isSo: (batch: Batch) => boolean): Promise<Batch> {
  while (!isSo(batchOf(id))) {
    await Promise.race([new Promise<void>((resolve) => wake.push(resolve)), sleep(20)])
  }
  return batchOf(id)
}

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

// As a window or the command line does: what is waited for in the background keeps no process alive.
const awake = setInterval(() => undefined, 60_000)
await (phase === 'play' ? play() : recover())
await service.close()
await host.close()
clearInterval(awake)

import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { finished } from 'node:stream/promises'
import type { Batch, Item } from '../../shared/batch.ts'
import { isRunning } from '../../shared/batch-progress.ts'
import { describeError } from '../../shared/describe-error.ts'
import type { AppError } from '../../shared/errors.ts'
import { toResultLine } from '../../shared/result-line.ts'
import { Settings } from '../../shared/settings.ts'
import { BatchService } from '../batch/batch-service.ts'
import { createConnect } from '../connect.ts'
import { startEngineChild } from '../engine-child.ts'
import { startFileHost } from '../hosting/file-host.ts'
import { createIntakePool } from '../intake/intake-pool.ts'
import { superviseEngine, type LocalEngine } from '../local-engine.ts'
import { silentLog } from '../log.ts'
import { sleep } from '../sleep.ts'
import type { ConvertCommand } from './read-arguments.ts'
import { toTextLine } from './text-line.ts'

export type CliContext = {
  readonly env: NodeJS.ProcessEnv
  /** Folder of the built files: `engine.js`, `intake-worker.js`. */
  readonly builtDir: string
  readonly signal: AbortSignal
}

/**
 * Converts through the same service as the window, in a data folder of its own that goes away afterwards.
 * Answers the exit code.
 */
export async function convert(command: ConvertCommand, context: CliContext): Promise<number> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'formulift-'))
  const note = (text: string) => process.stderr.write(`${text}\n`)
  let engine: LocalEngine | undefined
  const local = () =>
    (engine ??= superviseEngine({
      start: () =>
        startEngineChild(path.join(context.builtDir, 'engine.js'), path.join(dir, 'engine'), silentLog),
      dataDir: path.join(dir, 'engine'),
      log: silentLog,
    }))
  if (command.engine.kind === 'local') local()
  const settings = Settings.parse({ engine: command.engine, options: command.options })
  const runner = createIntakePool(path.join(context.builtDir, 'intake-worker.js'))
  const host = await startFileHost()
  const progress = createProgress(note)
  let onChange: () => void = () => undefined
  const service = await BatchService.open({
    dir: path.join(dir, 'batches'),
    connect: createConnect({ local, keys: () => readKeys(context.env), override: undefined }),
    settings: () => settings,
    host,
    runner,
    fetch,
    now: Date.now,
    random: Math.random,
    sleep,
    log: silentLog,
    events: {
      onBatchChanged: () => onChange(),
      onBatchesChanged: () => undefined,
      onNotice: ({ message }) => note(message),
    },
  })
  try {
    const created = await service.createBatch('Command line')
    if (!created.ok) return explain(created.error, note)
    const batchId = created.value.id
    const changed = new EventWaiter()
    onChange = () => changed.wake()
    await addInputs(service, batchId, command.inputs, note)
    await service.whenPrepared(batchId)
    const sent = await service.submitBatch(batchId)
    if (!sent.ok) return explain(sent.error, note)
    const out = command.out === undefined ? process.stdout : createWriteStream(command.out)
    const hasFailed = await printAsReady(service, batchId, command, out, changed, progress, context.signal)
    if (out !== process.stdout) {
      out.end()
      await finished(out)
    }
    return hasFailed ? 1 : 0
  } finally {
    progress.end()
    await service.close()
    await Promise.all([engine?.stop(), runner.close(), host.close()])
    await rm(dir, { recursive: true, force: true })
  }
}

/** Keeps the order of the command line over a mix of paths and addresses. */
async function addInputs(
  service: BatchService,
  batchId: string,
  inputs: readonly string[],
  note: (text: string) => void,
): Promise<void> {
  for (const input of inputs) {
    const added = /^https?:\/\//i.test(input)
      ? await service.addUrls(batchId, [input])
      : await service.addSources(batchId, [{ kind: 'path', path: path.resolve(input) }])
    if (!added.ok) explain(added.error, note)
    else if (added.value.duplicates > 0)
      note(`${input}: ${added.value.duplicates} the same as before, read once`)
  }
}

/** Prints each line as soon as it and all before it are settled. Answers whether any image failed. */
async function printAsReady(
  service: BatchService,
  batchId: string,
  command: ConvertCommand,
  out: NodeJS.WritableStream,
  changed: EventWaiter,
  progress: ReturnType<typeof createProgress>,
  signal: AbortSignal,
): Promise<boolean> {
  let printed = 0
  let hasFailed = false
  for (;;) {
    const batch = service.peekBatch(batchId)
    if (!batch || signal.aborted) return true
    const isAllDone = !isRunning(batch) && batch.items.every(({ state }) => state !== 'preparing')
    progress.show(batch.items.filter(isSettled).length, batch.items.length)
    for (; printed < batch.items.length; printed += 1) {
      const item = batch.items[printed]
      if (!item || (!isSettled(item) && !isAllDone)) break
      const line = toResultLine(withReason(item, batch), fileOf(service, batchId, item))
      hasFailed ||= line.error !== null
      out.write(`${command.isJson ? JSON.stringify(line) : toTextLine(line, command.format)}\n`)
    }
    if (isAllDone) return hasFailed || batch.items.length === 0
    await changed.next(signal)
  }
}

function isSettled(item: Item): boolean {
  return item.state === 'completed' || item.state === 'error'
}

/** An image that came back unsent tells why: the reason stands at its submission. */
function withReason(item: Item, batch: Batch): Item {
  if (isSettled(item)) return item
  const error = batch.submissions.find(
    (submission) => submission.itemIds.includes(item.id) && submission.error,
  )?.error
  return error ? { ...item, error } : item
}

function fileOf(service: BatchService, batchId: string, item: Item): string {
  if (item.source.kind === 'url') return item.source.url
  const file = service.sourcePath(batchId, item.id)
  const relative = file === undefined ? item.source.name : path.relative(process.cwd(), file)
  const shown = file !== undefined && relative.startsWith('..') ? file : relative
  return item.source.page === undefined ? shown : `${shown} (page ${item.source.page})`
}

function explain(error: AppError, note: (text: string) => void): 1 {
  const { title, hint } = describeError(error)
  note(`${title}. ${hint}`)
  return 1
}

function readKeys(env: NodeJS.ProcessEnv) {
  const { MATHPIX_APP_ID: app_id, MATHPIX_APP_KEY: app_key } = env
  return app_id && app_key ? { app_id, app_key } : undefined
}

/** A counter on stderr: rewritten in place on a terminal, a line per tenth elsewhere. */
function createProgress(note: (text: string) => void) {
  let last = -1
  const isTerminal = process.stderr.isTTY
  return {
    show(done: number, total: number) {
      const step = isTerminal ? done : Math.floor((done * 10) / Math.max(1, total))
      if (step === last) return
      last = step
      if (isTerminal) process.stderr.write(`\r${done}/${total} `)
      else note(`${done}/${total}`)
    },
    end() {
      if (isTerminal && last >= 0) process.stderr.write('\r\u001b[K')
    },
  }
}

class EventWaiter {
  #isWoken = false
  #wake: (() => void) | undefined

  wake(): void {
    this.#isWoken = true
    this.#wake?.()
  }

  async next(signal: AbortSignal): Promise<void> {
    if (!this.#isWoken) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
        signal.addEventListener('abort', () => resolve(), { once: true })
      })
    }
    this.#isWoken = false
  }
}

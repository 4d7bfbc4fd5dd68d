import { Worker } from 'node:worker_threads'
import type { OcrResult } from '../shared/mathpix.ts'
import { engineError, toEnvelope } from './errors.ts'
import type { Recogniser } from './recogniser.ts'
import type { EngineOptions } from './validate-options.ts'
import type { WorkerAnswer, WorkerJob, WorkerStart } from './worker-messages.ts'

/** An image that takes longer than this is stuck: the slowest honest ones take a few seconds. */
const STUCK_AFTER_MS = 120_000

/** MB for what lives shortly. With more of it garbage piles up in every worker before any is collected, for no gain in speed. */
const MAX_YOUNG_GENERATION_MB = 4

export type WorkerPoolOptions = {
  readonly workerUrl: URL
  readonly size: number
  readonly start: WorkerStart
  readonly stuckAfterMs?: number
  readonly log: (line: string) => void
}

/**
 * Reads images in worker threads, because a model run blocks its thread. Workers start with their first image and stay. One that
 * crashes or is stuck is replaced; its image is tried once more and then answered with `sys_exception`.
 */
export function createWorkerPool(options: WorkerPoolOptions): Recogniser {
  const idle: Worker[] = []
  const all = new Set<Worker>()
  const waiting: ((worker: Worker) => void)[] = []
  let isClosed = false

  function start(): Worker {
    const worker = new Worker(options.workerUrl, {
      workerData: options.start,
      stdout: true,
      resourceLimits: { maxYoungGenerationSizeMb: MAX_YOUNG_GENERATION_MB },
    })
    // Libraries talk on stdout; the engine's own stdout carries its one line only.
    worker.stdout.pipe(process.stderr, { end: false })
    worker.unref()
    worker.on('error', ignoreError)
    worker.once('exit', () => forget(worker))
    all.add(worker)
    return worker
  }

  /** A worker that ended while it was idle must not be handed out again. */
  function forget(worker: Worker): void {
    all.delete(worker)
    const at = idle.indexOf(worker)
    if (at >= 0) idle.splice(at, 1)
  }

  function take(): Promise<Worker> {
    const free = idle.pop()
    if (free) return Promise.resolve(free)
    if (all.size < options.size) return Promise.resolve(start())
    return new Promise((resolve) => waiting.push(resolve))
  }

  function give(worker: Worker): void {
    const next = waiting.shift()
    if (next) next(worker)
    else idle.push(worker)
  }

  function discard(worker: Worker): void {
    all.delete(worker)
    void worker.terminate()
    const next = isClosed ? undefined : waiting.shift()
    if (next) next(start())
  }

  async function tryOnce(job: WorkerJob): Promise<OcrResult | undefined> {
    const worker = await take()
    try {
      const result = await runJob(worker, job, options.stuckAfterMs ?? STUCK_AFTER_MS)
      give(worker)
      return result
    } catch (error) {
      if (!isClosed)
        options.log(`worker replaced: ${error instanceof Error ? error.message : 'unknown reason'}`)
      discard(worker)
      return undefined
    }
  }

  return {
    size: options.size,
    async recognise(bytes: Uint8Array, imageOptions: EngineOptions): Promise<OcrResult> {
      const job = { bytes, options: imageOptions }
      const first = isClosed ? undefined : await tryOnce(job)
      const answer = first ?? (isClosed ? undefined : await tryOnce(job))
      return answer ?? toEnvelope(engineError('sys_exception'))
    },
    async close(): Promise<void> {
      isClosed = true
      await Promise.all([...all].map((worker) => worker.terminate()))
    },
  }
}

/** The job's own listener reports it; between jobs the exit that follows is enough. */
function ignoreError(): void {
  return undefined
}

/** Rejects when the worker ends, breaks or does not answer in time. */
function runJob(worker: Worker, job: WorkerJob, stuckAfterMs: number): Promise<OcrResult> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => settle(() => reject(new Error('no answer in time'))), stuckAfterMs)
    function settle(finish: () => void): void {
      clearTimeout(timer)
      worker.off('message', onMessage).off('error', onError).off('exit', onExit)
      finish()
    }
    function onMessage(answer: WorkerAnswer): void {
      settle(() => resolve(answer.result))
    }
    function onError(error: unknown): void {
      settle(() => reject(error instanceof Error ? error : new Error('worker broke')))
    }
    function onExit(code: number): void {
      settle(() => reject(new Error(`worker ended with code ${String(code)}`)))
    }
    worker.on('message', onMessage).on('error', onError).on('exit', onExit)
    worker.postMessage(job)
  })
}

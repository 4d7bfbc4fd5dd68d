import { Worker } from 'node:worker_threads'
import { overran } from '../node/images/decode-watch.ts'
import { PIXELS_IN_FLIGHT } from '../node/images/image-limits.ts'
import { PixelGate } from '../node/images/pixel-gate.ts'
import type { OcrResult } from '../shared/mathpix.ts'
import { engineError, toEnvelope } from './errors.ts'
import type { Recogniser } from './recogniser.ts'
import type { EngineOptions } from './validate-options.ts'
import { runJob } from './run-job.ts'
import type { WorkerJob, WorkerStart } from './worker-messages.ts'

/** A reading that takes longer than this is stuck: the slowest honest ones take a few seconds. */
const STUCK_AFTER_MS = 120_000

/** MB for what lives shortly. With more of it garbage piles up in every worker before any is collected, for no gain in speed. */
const MAX_YOUNG_GENERATION_MB = 4

export type WorkerPoolOptions = {
  readonly workerUrl: URL
  readonly size: number
  readonly start: WorkerStart
  readonly stuckAfterMs?: number
  readonly pixelsInFlight?: number
  readonly log: (line: string) => void
}

/**
 * Reads images in worker threads, because a model run blocks its thread. Workers start with their first image and stay. One that
 * crashes or is stuck is replaced; its image is tried once more and then answered with `sys_exception`. One whose decoder overran the
 * time for its size is not tried again. However many workers there are, the pixels in memory are bounded.
 */
export function createWorkerPool(options: WorkerPoolOptions): Recogniser {
  const idle: Worker[] = []
  const all = new Set<Worker>()
  const waiting: ((worker: Worker) => void)[] = []
  const gate = new PixelGate(options.pixelsInFlight ?? PIXELS_IN_FLIGHT)
  let isClosed = false

  function start(): Worker {
    const worker = new Worker(options.workerUrl, {
      workerData: options.start,
      stdout: true,
      resourceLimits: { maxYoungGenerationSizeMb: MAX_YOUNG_GENERATION_MB },
    })
    // Decoders talk of damaged files; that is said at the image, and the engine's own stdout carries its one line only.
    worker.stdout.resume()
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
    const outcome = await runJob(worker, job, gate, options.stuckAfterMs ?? STUCK_AFTER_MS)
    if ('result' in outcome) {
      give(worker)
      return outcome.result
    }
    if (!isClosed) options.log(`worker replaced: ${outcome.reason}`)
    discard(worker)
    return outcome.overranMs === undefined
      ? undefined
      : toEnvelope(engineError('image_decode_error', {}, overran(outcome.overranMs).message))
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

import { overran } from '../node/images/decode-watch.ts'
import { ThreadPool } from '../node/thread-pool.ts'
import type { OcrResult } from '../shared/mathpix.ts'
import { engineError, toEnvelope } from './errors.ts'
import type { ImageRecogniser } from './image-recogniser.ts'
import type { EngineOptions } from './validate-options.ts'

/** MB for what lives shortly. With more of it garbage piles up in every worker before any is collected, for no gain in speed. */
const MAX_YOUNG_GENERATION_MB = 4

/** What a worker is started with. */
export type WorkerStart = { readonly modelDir: string }

export type WorkerJob = { readonly bytes: Uint8Array; readonly options: EngineOptions }

export type WorkerPoolOptions = {
  readonly workerUrl: URL
  readonly size: number
  readonly start: WorkerStart
  readonly stuckAfterMs?: number
  readonly log: (line: string) => void
}

/**
 * Reads images in worker threads, because a model run blocks its thread. An image whose worker crashed or was stuck is tried once more
 * and then answered with `sys_exception`. One whose decoder overran the time for its size is not tried again.
 */
export function createWorkerPool({ workerUrl, start, log, ...options }: WorkerPoolOptions): ImageRecogniser {
  const pool = new ThreadPool<WorkerJob, OcrResult>({
    ...options,
    entry: workerUrl,
    workerData: start,
    resourceLimits: { maxYoungGenerationSizeMb: MAX_YOUNG_GENERATION_MB },
  })

  async function tryOnce(job: WorkerJob): Promise<OcrResult | undefined> {
    let result: OcrResult | undefined
    const { problem, overranMs } = await pool.run(job, (reply) => {
      result = reply
      return true
    })
    if (problem !== undefined && !pool.isClosed) log(`worker replaced: ${problem}`)
    return overranMs === undefined
      ? result
      : toEnvelope(engineError('image_decode_error', {}, overran(overranMs).message))
  }

  return {
    size: options.size,
    async recognise(bytes, imageOptions) {
      const job = { bytes, options: imageOptions }
      return (await tryOnce(job)) ?? (await tryOnce(job)) ?? toEnvelope(engineError('sys_exception'))
    },
    close: () => pool.close(),
  }
}

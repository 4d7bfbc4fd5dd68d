import { Worker, type WorkerOptions } from 'node:worker_threads'
import PQueue from 'p-queue'
import { PIXELS_IN_FLIGHT } from './images/image-limits.ts'
import { PixelGate } from './images/pixel-gate.ts'
import { runInThread, type ThreadEnd } from './run-in-thread.ts'

/** Reading, encoding and writing take seconds on a slow disk, as do the slowest honest readings; more is a fault. */
const STUCK_AFTER_MS = 120_000

export type ThreadPoolOptions = WorkerOptions & {
  /** The threads' program. */
  readonly entry: string | URL
  readonly size: number
  readonly stuckAfterMs?: number
}

/**
 * Worker threads with one job each, started when needed and kept, and a bound on the pixels that all of them hold. A thread whose job
 * crashed, was stuck or overran the time of its decode is replaced.
 */
export class ThreadPool<Job, Reply> {
  readonly #options: ThreadPoolOptions
  readonly #queue: PQueue
  readonly #gate = new PixelGate(PIXELS_IN_FLIGHT)
  readonly #idle: Worker[] = []
  readonly #all = new Set<Worker>()
  #isClosed = false

  constructor(options: ThreadPoolOptions) {
    this.#options = options
    this.#queue = new PQueue({ concurrency: options.size })
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  /** `onReply` says whether the reply was the last. */
  run(job: Job, onReply: (reply: Reply) => boolean): Promise<ThreadEnd> {
    if (this.#isClosed) return Promise.resolve({ problem: 'the pool is closed' })
    return this.#queue.add(async () => {
      const worker = this.#idle.pop() ?? this.#start()
      worker.ref()
      const { stuckAfterMs = STUCK_AFTER_MS } = this.#options
      const working = () => this.#all.size - this.#idle.length
      const end = await runInThread(worker, { job, onReply, gate: this.#gate, stuckAfterMs, working })
      worker.unref()
      if (end.problem === undefined) this.#idle.push(worker)
      else void worker.terminate()
      return end
    })
  }

  /** What runs ends with a problem, what waits is forgotten. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#queue.clear()
    await Promise.all([...this.#all].map((worker) => worker.terminate()))
  }

  #start(): Worker {
    const worker = new Worker(this.#options.entry, { ...this.#options, stdout: true })
    // Decoders talk of damaged files; that is said at the image, and stdout carries results only.
    worker.stdout.resume()
    this.#all.add(worker)
    worker.on('error', () => undefined)
    worker.on('exit', () => {
      this.#all.delete(worker)
      const at = this.#idle.indexOf(worker)
      if (at >= 0) this.#idle.splice(at, 1)
    })
    return worker
  }
}

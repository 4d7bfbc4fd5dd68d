import os from 'node:os'
import { Worker } from 'node:worker_threads'
import PQueue from 'p-queue'
import { overran } from '../../node/images/decode-watch.ts'
import { PIXELS_IN_FLIGHT } from '../../node/images/image-limits.ts'
import { PixelGate } from '../../node/images/pixel-gate.ts'
import type { AppError } from '../../shared/errors.ts'
import { makeItemId, positionOf } from '../../shared/item-keys.ts'
import { imageError } from './image-error.ts'
import type {
  HashJob,
  IntakeJob,
  IntakeReply,
  PrepareJob,
  ShrinkJob,
  StoredCopy,
  StoredPage,
} from './intake-job.ts'
import { runInThread, type ThreadOutcome } from './run-in-thread.ts'

/** Where images are read; in the app worker threads, in unit tests the same code in place. */
export type IntakeRunner = {
  hash(job: HashJob): Promise<{ readonly hash: string } | { readonly error: AppError }>
  /** Reports each page as it is stored. The answer is an error when no page could be made at all. */
  prepare(job: PrepareJob, onPage: (page: StoredPage) => void): Promise<AppError | undefined>
  /** Undefined when no readable copy is small enough, or none could be made. */
  shrink(job: ShrinkJob): Promise<StoredCopy | undefined>
  close(): Promise<void>
}

/** A file whose pages overran this often is given up as a whole. */
const MOST_OVERRUNS = 3

/**
 * Worker threads with one job each, and a bound on the pixels that all of them hold. A job that crashes or overruns its time is an error of that
 * page alone: the thread is replaced. `entry` is the built `intake-worker.js`.
 */
export function createIntakePool(
  entry: string,
  threads = Math.max(1, Math.min(4, os.cpus().length - 1)),
): IntakeRunner {
  const queue = new PQueue({ concurrency: threads })
  const gate = new PixelGate(PIXELS_IN_FLIGHT)
  const idle: Worker[] = []
  const all = new Set<Worker>()

  function startWorker(): Worker {
    const worker = new Worker(entry, { stdout: true })
    // Decoders talk of damaged files; that is said at the item, and stdout carries results only.
    worker.stdout.resume()
    all.add(worker)
    worker.on('error', () => undefined)
    worker.on('exit', () => {
      all.delete(worker)
      const at = idle.indexOf(worker)
      if (at >= 0) idle.splice(at, 1)
    })
    return worker
  }

  function run(job: IntakeJob, onReply: (reply: IntakeReply) => boolean): Promise<ThreadOutcome> {
    return queue.add(async () => {
      const worker = idle.pop() ?? startWorker()
      worker.ref()
      const outcome = await runInThread(worker, job, gate, onReply)
      worker.unref()
      if (outcome.isUsable) idle.push(worker)
      else void worker.terminate()
      return outcome
    })
  }

  const explain = (job: IntakeJob, { error, overranMs }: ThreadOutcome): AppError | undefined =>
    overranMs === undefined
      ? error
      : imageError('unreadable', `“${job.name}” ${overran(overranMs).predicate}`)

  return {
    async hash(job) {
      let hash = ''
      const outcome = await run(job, (reply) => {
        if (reply.kind === 'hash') hash = reply.hash
        return reply.kind === 'hash'
      })
      const error = explain(job, outcome)
      return error ? { error } : { hash }
    },
    async prepare(job, onPage) {
      let next = job.firstPage ?? 1
      let pages = 0
      for (let overruns = 1; ; overruns += 1) {
        const outcome = await run({ ...job, firstPage: next }, (reply) => {
          if (reply.kind === 'pages') pages = reply.pages
          if (reply.kind !== 'page') return reply.kind === 'done'
          next = reply.page.page + 1
          onPage(reply.page)
          return false
        })
        const error = explain(job, outcome)
        if (!error) return undefined
        if (pages <= 1) return error
        const lastLost = overruns < MOST_OVERRUNS ? Math.min(next, pages) : pages
        for (; next <= lastLost; next += 1) onPage(failedPage(job, next, pages, error))
        if (next > pages) return undefined
      }
    },
    async shrink(job) {
      let copy: StoredCopy | undefined
      await run(job, (reply) => {
        if (reply.kind === 'copy') copy = reply.copy
        return reply.kind === 'copy'
      })
      return copy
    },
    async close() {
      queue.clear()
      await Promise.all([...all].map((worker) => worker.terminate()))
    },
  }
}

function failedPage(job: PrepareJob, page: number, pages: number, error: AppError): StoredPage {
  const itemId = page === 1 ? job.itemId : makeItemId(positionOf(job.itemId), page)
  return { page, pages, itemId, outcome: { ok: false, error } }
}

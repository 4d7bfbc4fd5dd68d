import os from 'node:os'
import { Worker } from 'node:worker_threads'
import PQueue from 'p-queue'
import type { AppError } from '../../shared/errors.ts'
import type {
  HashJob,
  IntakeJob,
  IntakeReply,
  PrepareJob,
  ShrinkJob,
  StoredCopy,
  StoredPage,
} from './intake-job.ts'

/** Where images are read; in the app worker threads, in unit tests the same code in place. */
export type IntakeRunner = {
  hash(job: HashJob): Promise<{ readonly hash: string } | { readonly error: AppError }>
  /** Reports each page as it is stored. The answer is an error when no page could be made at all. */
  prepare(job: PrepareJob, onPage: (page: StoredPage) => void): Promise<AppError | undefined>
  /** Undefined when no readable copy is small enough, or none could be made. */
  shrink(job: ShrinkJob): Promise<StoredCopy | undefined>
  close(): Promise<void>
}

/** No picture of the accepted size takes this long; a decoder that hangs on a crafted file does. */
const JOB_TIMEOUT_MS = 120_000

/**
 * Worker threads with one job each. A job that crashes or hangs its thread is an error of that file alone:
 * the thread is replaced. `entry` is the built `intake-worker.js`.
 */
export function createIntakePool(
  entry: string,
  threads = Math.max(1, Math.min(4, os.cpus().length - 1)),
): IntakeRunner {
  const queue = new PQueue({ concurrency: threads })
  const idle: Worker[] = []
  const all = new Set<Worker>()

  function takeWorker(): Worker {
    const worker = idle.pop() ?? startWorker()
    worker.ref()
    return worker
  }

  function startWorker(): Worker {
    const worker = new Worker(entry)
    all.add(worker)
    worker.on('error', () => undefined)
    worker.on('exit', () => {
      all.delete(worker)
      const at = idle.indexOf(worker)
      if (at >= 0) idle.splice(at, 1)
    })
    return worker
  }

  function run(job: IntakeJob, onReply: (reply: IntakeReply) => boolean): Promise<AppError | undefined> {
    return queue.add(
      () =>
        new Promise<AppError | undefined>((resolve) => {
          const worker = takeWorker()
          const crashed: AppError = {
            kind: 'image',
            reason: 'unreadable',
            message: `“${job.name}” could not be read.`,
          }
          const finish = (error: AppError | undefined, isUsable: boolean) => {
            clearTimeout(timer)
            worker.off('message', takeReply).off('error', giveUp).off('exit', giveUp)
            worker.unref()
            if (isUsable) idle.push(worker)
            else void worker.terminate()
            resolve(error)
          }
          const giveUp = () => finish(crashed, false)
          const takeReply = (reply: IntakeReply) => {
            if (reply.kind === 'failed') finish(reply.error, true)
            else if (onReply(reply)) finish(undefined, true)
          }
          const timer = setTimeout(giveUp, JOB_TIMEOUT_MS)
          worker.on('message', takeReply).on('error', giveUp).on('exit', giveUp)
          worker.postMessage(job)
        }),
    )
  }

  return {
    async hash(job) {
      let hash = ''
      const error = await run(job, (reply) => {
        if (reply.kind === 'hash') hash = reply.hash
        return reply.kind === 'hash'
      })
      return error ? { error } : { hash }
    },
    prepare(job, onPage) {
      return run(job, (reply) => {
        if (reply.kind === 'page') onPage(reply.page)
        return reply.kind === 'done'
      })
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

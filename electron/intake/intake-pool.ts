import os from 'node:os'
import { overran } from '../../node/images/decode-watch.ts'
import { ThreadPool } from '../../node/thread-pool.ts'
import type { AppError } from '../../shared/errors.ts'
import { makeItemId, positionOf } from '../../shared/item-keys.ts'
import { imageError } from './image-error.ts'
import type { Block } from '../../node/images/find-blocks.ts'
import type {
  BlocksJob,
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
  /** Where formulas seem to be in a stored image, in its pixels; none where it cannot be read. */
  findBlocks(job: BlocksJob): Promise<readonly Block[]>
  close(): Promise<void>
}

/** A file whose pages overran this often is given up as a whole. */
const MOST_OVERRUNS = 3

/** Worker threads in which a job that crashes or overruns its time is an error of that page alone. `entry` is the built `intake-worker.js`. */
export function createIntakePool(
  entry: string,
  size = Math.max(1, Math.min(4, os.cpus().length - 1)),
): IntakeRunner {
  const pool = new ThreadPool<IntakeJob, IntakeReply>({ entry, size })

  /** `isLast` of a reply that is no failure. The answer is why the job failed. */
  async function run(job: IntakeJob, isLast: (reply: IntakeReply) => boolean): Promise<AppError | undefined> {
    let error: AppError | undefined
    const { problem, overranMs } = await pool.run(job, (reply) => {
      if (reply.kind === 'failed') error = reply.error
      return reply.kind === 'failed' || isLast(reply)
    })
    if (problem === undefined) return error
    const words = overranMs === undefined ? 'could not be read.' : overran(overranMs).predicate
    return imageError('unreadable', `“${job.name}” ${words}`)
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
    async prepare(job, onPage) {
      let next = job.firstPage ?? 1
      let pages = 0
      for (let overruns = 1; ; overruns += 1) {
        const error = await run({ ...job, firstPage: next }, (reply) => {
          if (reply.kind === 'pages') pages = reply.pages
          if (reply.kind !== 'page') return reply.kind === 'done'
          next = reply.page.page + 1
          onPage(reply.page)
          return false
        })
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
    async findBlocks(job) {
      let blocks: readonly Block[] = []
      await run(job, (reply) => {
        if (reply.kind === 'blocks') blocks = reply.blocks
        return reply.kind === 'blocks'
      })
      return blocks
    },
    close: () => pool.close(),
  }
}

function failedPage(job: PrepareJob, page: number, pages: number, error: AppError): StoredPage {
  const itemId = page === 1 ? job.itemId : makeItemId(positionOf(job.itemId), page)
  return { page, pages, itemId, outcome: { ok: false, error } }
}

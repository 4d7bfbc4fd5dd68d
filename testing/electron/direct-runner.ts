import type { AppError } from '../../shared/errors.ts'
import type { Block } from '../../node/images/find-blocks.ts'
import { runIntakeJob, type StoredCopy } from '../../electron/intake/intake-job.ts'
import type { IntakeRunner } from '../../electron/intake/intake-pool.ts'

/** The worker's own code without the thread. */
export const directRunner: IntakeRunner = {
  async hash(job) {
    let answer: { hash: string } | { error: AppError } = { hash: '' }
    await runIntakeJob(job, (reply) => {
      if (reply.kind === 'hash') answer = { hash: reply.hash }
      if (reply.kind === 'failed') answer = { error: reply.error }
    })
    return answer
  },
  async prepare(job, onPage) {
    let error: AppError | undefined
    await runIntakeJob(job, (reply) => {
      if (reply.kind === 'page') onPage(reply.page)
      if (reply.kind === 'failed') error = reply.error
    })
    return error
  },
  async shrink(job) {
    let copy: StoredCopy | undefined
    await runIntakeJob(job, (reply) => {
      if (reply.kind === 'copy') copy = reply.copy
    })
    return copy
  },
  async findBlocks(job) {
    let blocks: readonly Block[] = []
    await runIntakeJob(job, (reply) => {
      if (reply.kind === 'blocks') blocks = reply.blocks
    })
    return blocks
  },
  close: () => Promise.resolve(),
}

/** The same, but images are only read once `release` is called. */
export function holdReading(): { readonly runner: IntakeRunner; readonly release: () => void } {
  let release: () => void = () => undefined
  const released = new Promise<void>((resolve) => (release = resolve))
  return {
    runner: {
      ...directRunner,
      async prepare(job, onPage) {
        await released
        return directRunner.prepare(job, onPage)
      },
    },
    release: () => {
      release()
    },
  }
}

/** The same where no readable copy is small enough, as none is of a picture of noise that is `TOO_LARGE`, without trying each anew. */
export const noCopyRunner: IntakeRunner = { ...directRunner, shrink: () => Promise.resolve(undefined) }

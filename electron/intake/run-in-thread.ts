import type { Worker } from 'node:worker_threads'
import { startDecodeClock } from '../../node/images/decode-clock.ts'
import type { PixelGate } from '../../node/images/pixel-gate.ts'
import type { AppError } from '../../shared/errors.ts'
import { imageError } from './image-error.ts'
import type { IntakeJob, IntakeReply } from './intake-job.ts'
import type { IntakeOrder } from './intake-worker.ts'

/** How a job ended. `overranMs` is the time that its decoder had and did not keep. */
export type ThreadOutcome = {
  readonly isUsable: boolean
  readonly error?: AppError
  readonly overranMs?: number
}

/** Reading, encoding and writing take seconds on a slow disk; more is a fault. */
const STUCK_AFTER_MS = 120_000

/**
 * Runs one job on a thread that is free. Decoding waits at the gate until there is room for its pixels, and has the time that its demand says. `onReply` says
 * whether the reply was the last.
 */
export function runInThread(
  worker: Worker,
  job: IntakeJob,
  gate: PixelGate,
  onReply: (reply: IntakeReply) => boolean,
): Promise<ThreadOutcome> {
  return new Promise((resolve) => {
    let leave: () => void = () => undefined
    let isSettled = false
    const crashed = { isUsable: false, error: imageError('unreadable', `“${job.name}” could not be read.`) }
    let stopClock: () => void = () => undefined

    function allow(ms: number, late: ThreadOutcome): void {
      stopClock()
      const timer = setTimeout(() => settle(late), ms)
      stopClock = () => clearTimeout(timer)
    }
    function settle(outcome: ThreadOutcome): void {
      isSettled = true
      stopClock()
      leave()
      worker.off('message', takeReply).off('error', giveUp).off('exit', giveUp)
      resolve(outcome)
    }
    async function admit(pixels: number, limitMs: number): Promise<void> {
      stopClock()
      leave()
      leave = await gate.enter(pixels)
      if (isSettled) {
        leave()
        return
      }
      stopClock = startDecodeClock(limitMs, () => settle({ isUsable: false, overranMs: limitMs }))
      worker.postMessage({ kind: 'go' } satisfies IntakeOrder)
    }
    function takeReply(reply: IntakeReply): void {
      if (reply.kind === 'decode') void admit(reply.demand.pixels, reply.demand.limitMs)
      else if (reply.kind === 'decoded') allow(STUCK_AFTER_MS, crashed)
      else if (reply.kind === 'failed') settle({ isUsable: true, error: reply.error })
      else if (onReply(reply)) settle({ isUsable: true })
    }
    const giveUp = () => settle(crashed)
    worker.on('message', takeReply).on('error', giveUp).on('exit', giveUp)
    allow(STUCK_AFTER_MS, crashed)
    worker.postMessage(job)
  })
}

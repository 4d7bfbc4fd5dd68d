import type { Worker } from 'node:worker_threads'
import { startDecodeClock } from '../node/images/decode-clock.ts'
import type { PixelGate } from '../node/images/pixel-gate.ts'
import type { OcrResult } from '../shared/mathpix.ts'
import type { WorkerAnswer, WorkerJob, WorkerOrder } from './worker-messages.ts'

/** What came of one job. After a failure the worker is of no more use; `overranMs` is the time that its decoder had and did not keep. */
export type JobOutcome =
  { readonly result: OcrResult } | { readonly reason: string; readonly overranMs?: number }

/**
 * Runs one job on a worker that is free, and watches over it: decoding waits at the gate until there is room for its pixels and has the time of its
 * demand; everything else has `stuckAfterMs`.
 */
export function runJob(
  worker: Worker,
  job: WorkerJob,
  gate: PixelGate,
  stuckAfterMs: number,
): Promise<JobOutcome> {
  return new Promise((resolve) => {
    let leave: () => void = () => undefined
    let isSettled = false
    let stopClock: () => void = () => undefined

    function watch(ms: number, late: JobOutcome): void {
      stopClock()
      const timer = setTimeout(() => settle(late), ms)
      stopClock = () => clearTimeout(timer)
    }
    function settle(outcome: JobOutcome): void {
      isSettled = true
      stopClock()
      leave()
      worker.off('message', onMessage).off('error', onError).off('exit', onExit)
      resolve(outcome)
    }
    async function admit(pixels: number, limitMs: number): Promise<void> {
      stopClock()
      leave = await gate.enter(pixels)
      if (isSettled) {
        leave()
        return
      }
      stopClock = startDecodeClock(limitMs, () =>
        settle({ reason: 'decoding overran its time', overranMs: limitMs }),
      )
      worker.postMessage({ step: 'decode' } satisfies WorkerOrder)
    }
    function onMessage(answer: WorkerAnswer): void {
      if ('result' in answer) settle({ result: answer.result })
      else if (answer.step === 'decoded') watch(stuckAfterMs, stuck)
      else void admit(answer.demand.pixels, answer.demand.limitMs)
    }
    function onError(error: unknown): void {
      settle({ reason: error instanceof Error ? error.message : 'worker broke' })
    }
    function onExit(code: number): void {
      settle({ reason: `worker ended with code ${String(code)}` })
    }
    worker.on('message', onMessage).on('error', onError).on('exit', onExit)
    watch(stuckAfterMs, stuck)
    worker.postMessage({ job } satisfies WorkerOrder)
  })
}

const stuck: JobOutcome = { reason: 'no answer in time' }

import type { MessagePort, Worker } from 'node:worker_threads'
import { startDecodeClock } from './images/decode-clock.ts'
import type { DecodeDemand, DecodeWatch } from './images/decode-watch.ts'
import type { PixelGate } from './images/pixel-gate.ts'

/** To a thread: one job at a time, or leave to decode what was asked for. */
type Order<Job> = { readonly job: Job } | { readonly step: 'decode' }

/** From a thread: it asks before it decodes, says when it has, and replies. */
type Message<Reply> =
  | { readonly step: 'decode'; readonly demand: DecodeDemand }
  | { readonly step: 'decoded' }
  | { readonly reply: Reply }

/** How a job ended. After a `problem` the thread is of no more use; `overranMs` is the time that its decoder had and did not keep. */
export type ThreadEnd = { readonly problem?: string; readonly overranMs?: number }

export type ThreadRun<Job, Reply> = {
  readonly job: Job
  /** Says whether the reply was the last. */
  readonly onReply: (reply: Reply) => boolean
  readonly gate: PixelGate
  readonly stuckAfterMs: number
  /** How many threads of the pool have a job. */
  readonly working: () => number
}

/**
 * Runs one job on a thread that is free, and watches over it: decoding waits at the gate until there is room for its pixels, and has the
 * time of its demand; everything else has `stuckAfterMs`.
 */
export function runInThread<Job, Reply>(worker: Worker, run: ThreadRun<Job, Reply>): Promise<ThreadEnd> {
  const { job, onReply, gate, stuckAfterMs, working } = run
  return new Promise((resolve) => {
    let leave: () => void = () => undefined
    let isSettled = false
    let stopClock: () => void = () => undefined

    function watch(): void {
      stopClock()
      const timer = setTimeout(() => settle({ problem: 'no answer in time' }), stuckAfterMs)
      stopClock = () => clearTimeout(timer)
    }
    function settle(end: ThreadEnd): void {
      isSettled = true
      stopClock()
      leave()
      worker.off('message', onMessage).off('error', onError).off('exit', onExit)
      resolve(end)
    }
    async function admit({ pixels, limitMs }: DecodeDemand): Promise<void> {
      stopClock()
      leave()
      leave = await gate.enter(pixels)
      if (isSettled) {
        leave()
        return
      }
      const late = { problem: 'decoding overran its time', overranMs: limitMs }
      stopClock = startDecodeClock(limitMs, () => settle(late), working)
      worker.postMessage({ step: 'decode' } satisfies Order<Job>)
    }
    function onMessage(message: Message<Reply>): void {
      if ('reply' in message) {
        if (onReply(message.reply)) settle({})
      } else if (message.step === 'decoded') watch()
      else void admit(message.demand)
    }
    const onError = (error: unknown) =>
      settle({ problem: error instanceof Error ? error.message : 'worker broke' })
    const onExit = (code: number) => settle({ problem: `worker ended with code ${String(code)}` })
    worker.on('message', onMessage).on('error', onError).on('exit', onExit)
    watch()
    worker.postMessage({ job } satisfies Order<Job>)
  })
}

/** What a thread does with a job; when it throws, the thread ends. */
export type ThreadWork<Job, Reply> = (
  job: Job,
  reply: (reply: Reply) => void,
  watch: DecodeWatch,
) => Promise<void>

/** The other end: does one job at a time in a thread, whose decodes the pool watches. */
export function serveJobs(port: MessagePort | null, work: ThreadWork<never, unknown>): void {
  if (!port) throw new Error('this runs as a worker thread only')
  let goOn: () => void = () => undefined
  const post = (message: Message<unknown>) => port.postMessage(message)
  const watch: DecodeWatch = {
    begin: (demand) =>
      new Promise((resolve) => {
        goOn = resolve
        post({ step: 'decode', demand })
      }),
    end: () => post({ step: 'decoded' }),
  }
  port.on('message', (order: Order<never>) => {
    if ('job' in order) void work(order.job, (reply) => post({ reply }), watch)
    else goOn()
  })
}

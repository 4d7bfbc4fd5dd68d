import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { LOCAL_PACE } from '../../electron/mathpix/poll.ts'
import type { ClientJob, ClientNumbers, ClientReport } from './scale-client.ts'
import type { EngineOrder, EngineReport } from './scale-engine.ts'

/** What a run has to keep to. */
const MOST_WAITING = 0.1
const MOST_GROWTH_MB = 150
/** Cost per item of the largest batch over that of the middle one. */
const MOST_RATIO = 1.5

type ScaleNumbers = ClientNumbers & { readonly count: number; readonly lastReadyAt: number }

/** One batch of `count` addresses, from adding them to the last result shown. Engine and client are processes of their own. */
async function runScale(count: number, windowMs: number): Promise<ScaleNumbers> {
  const engine = start('scale-engine.ts', [])
  try {
    const { baseUrl, images } = await next(engine, (message) =>
      message.kind === 'listening' ? message : undefined,
    )
    const lastReady = next(engine, (message) =>
      message.kind === 'answered' && message.images === count ? message.at : undefined,
    )
    const job: ClientJob = { baseUrl, images, count, windowMs }
    const client = start('scale-client.ts', [JSON.stringify(job)])
    client.on('message', (message: ClientReport) => {
      if (message.kind === 'ready') engine.send({ allow: message.allow } satisfies EngineOrder)
    })
    const numbers = await next(client, (message) => (message.kind === 'done' ? message.numbers : undefined))
    return { ...numbers, count, lastReadyAt: await lastReady }
  } finally {
    engine.disconnect()
    await new Promise((resolve) => engine.once('exit', resolve))
  }
}

/** Small batches first, so that the largest is compared with them; windows of waiting in the largest only. */
export async function benchScale(counts: readonly number[], say: (line: string) => void): Promise<void> {
  say('\nScale: addresses, the engine’s server with recognition stubbed out, the batch service in plain Node')
  const all: ScaleNumbers[] = []
  for (const count of counts) {
    const isLargest = count === counts.at(-1)
    const numbers = await runScale(count, isLargest ? 10_000 : 0)
    all.push(numbers)
    say(describe(numbers))
  }
  const [smaller, largest] = all.slice(-2)
  if (!smaller || !largest) return
  const lateMs = largest.shownAt - largest.lastReadyAt
  const ratio = largest.cpuMs / largest.count / (smaller.cpuMs / smaller.count)
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`
  const megabytes = largest.rssGrowth / 1e6
  const judge = (isKept: boolean) => (isKept ? 'kept' : 'NOT KEPT')
  say(
    `  last result ready → shown: ${lateMs} ms (at most ${LOCAL_PACE.max} ms: ${judge(lateMs <= LOCAL_PACE.max)})`,
  )
  const worst = Math.max(largest.waitingEmpty, largest.waitingHalf)
  say(
    `  share of one core while waiting: ${percent(largest.waitingEmpty)} with nothing ready, ${percent(largest.waitingHalf)} with half ready (at most ${percent(MOST_WAITING)}: ${judge(worst <= MOST_WAITING)})`,
  )
  say(
    `  memory: ${megabytes.toFixed(0)} MB more, ${(largest.heapGrowth / 1e6).toFixed(0)} MB of it live (at most ${MOST_GROWTH_MB} MB: ${judge(megabytes <= MOST_GROWTH_MB)})`,
  )
  say(
    `  processor time per image, ${largest.count} over ${smaller.count}: ${ratio.toFixed(2)} (at most ${MOST_RATIO}: ${judge(ratio <= MOST_RATIO)})`,
  )
}

function describe(numbers: ScaleNumbers): string {
  const { count, cpuMs, journalBytes, journalLines, changedItems } = numbers
  const per = (value: number, digits: number) => (value / count).toFixed(digits)
  return `  ${String(count).padStart(6)} images  ${per(cpuMs, 2).padStart(6)} ms of processor each  journal ${per(journalBytes, 0).padStart(6)} bytes and ${per(journalLines, 2)} appends each  sent to the page ${per(changedItems, 1)} times each`
}

function start(file: string, args: readonly string[]): ChildProcess {
  return fork(fileURLToPath(new URL(file, import.meta.url)), args, {
    execArgv: ['--import', 'tsx', '--expose-gc'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
}

/** The first message for which `pick` answers something. Rejects when the process ends before. */
function next<T>(
  child: ChildProcess,
  pick: (message: EngineReport | ClientReport) => T | undefined,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const listen = (message: EngineReport | ClientReport) => {
      const picked = pick(message)
      if (picked === undefined) return
      child.off('message', listen)
      resolve(picked)
    }
    child.on('message', listen)
    child.once('exit', () => reject(new Error('a process of the bench ended too early')))
  })
}

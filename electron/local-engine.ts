import path from 'node:path'
import { z } from 'zod'
import { readRegularText } from '../node/regular-file.ts'
import type { AppError } from '../shared/errors.ts'
import type { EngineStatus } from '../shared/ipc/contract.ts'
import { fail, ok, type Result } from '../shared/result.ts'
import { systemClock } from './clock.ts'
import { explainDiskError } from './disk-errors.ts'
import type { Log } from './log.ts'
import { sleep } from './sleep.ts'

/** A started engine process, whichever way it was started. */
export type EngineHandle = {
  /** Lines of its stdout. */
  readonly onLine: (listener: (line: string) => void) => void
  readonly onExit: (listener: (code: number | null) => void) => void
  /** Asks it to finish what it writes and end. */
  readonly stop: () => void
  readonly kill: () => void
}

type EngineAddress = {
  readonly baseUrl: string
  readonly credentials: { readonly app_id: string; readonly app_key: string }
}

export type LocalEngine = {
  /** Address and keys; waits while the engine starts, but not for ever. */
  address(): Promise<Result<EngineAddress>>
  status(): EngineStatus
  onStatus(listener: (status: EngineStatus) => void): void
  stop(): Promise<void>
}

const Listening = z.object({ event: z.literal('listening'), port: z.number().int() })
const Credentials = z.object({ app_id: z.string(), app_key: z.string() })

const WAIT_MS = 20_000
/** An engine that ran this long had no trouble starting. */
const STABLE_MS = 10_000
/** How long a told engine may take to finish its writes. */
const KILL_MS = 2500
/** Short lives in a row after which the window says that it does not work. */
const FAILED_AFTER = 4

/**
 * Keeps the embedded engine running: starts it, learns its port from its stdout and its keys from its data
 * folder, starts it again when it dies. A batch in work goes on: the engine keeps its batches, and the client
 * asks for the address before each request.
 */
export function superviseEngine(options: {
  readonly start: () => EngineHandle
  readonly dataDir: string
  readonly log: Log
}): LocalEngine {
  const { log } = options
  const stopping = new AbortController()
  const isStopping = () => stopping.signal.aborted
  const listeners = new Set<(status: EngineStatus) => void>()
  let status: EngineStatus = { state: 'starting' }
  let address: EngineAddress | undefined
  let handle: EngineHandle | undefined
  let waiters: (() => void)[] = []

  function setStatus(next: EngineStatus): void {
    status = next
    for (const listener of listeners) listener(next)
  }

  async function handleLine(line: string, owner: EngineHandle): Promise<void> {
    const parsed = Listening.safeParse(parseJson(line))
    if (!parsed.success) return
    const keys = Credentials.safeParse(
      parseJson(await readRegularText(path.join(options.dataDir, 'credentials.json')).catch(() => '')),
    )
    if (handle !== owner) return
    if (!keys.success) {
      log.warn('the engine listens, but its keys cannot be read')
      return
    }
    address = { baseUrl: `http://127.0.0.1:${parsed.data.port}`, credentials: keys.data }
    log.info('engine ready', { port: parsed.data.port })
    setStatus({ state: 'ready' })
    for (const wake of waiters.splice(0)) wake()
  }

  /** A folder or a file in the way is told at once; it is tried again in case it goes away. */
  function startOrExplain(): EngineHandle | undefined {
    try {
      return options.start()
    } catch (error) {
      log.error('the engine could not be started', error)
      setStatus({ state: 'failed', message: `${explainDiskError(error)} The engine cannot start.` })
      return undefined
    }
  }

  async function keepRunning(): Promise<void> {
    for (let failures = 0; !isStopping();) {
      const startedAt = systemClock.elapsed()
      const started = startOrExplain()
      if (!started) {
        await sleep(30_000, stopping.signal)
        continue
      }
      handle = started
      const code = await new Promise<number | null>((resolve) => {
        started.onLine((line) => void handleLine(line, started))
        started.onExit(resolve)
      })
      if (isStopping()) return
      failures = address && systemClock.elapsed() - startedAt > STABLE_MS ? 0 : failures + 1
      address = undefined
      log.warn('engine ended', { code: code ?? 'signal' })
      const isFailed = failures >= FAILED_AFTER
      setStatus(
        isFailed
          ? { state: 'failed', message: 'The recognition engine does not start. Its log tells why.' }
          : { state: 'restarting', message: 'The recognition engine stopped and is being started again.' },
      )
      await sleep(isFailed ? 30_000 : Math.min(8000, 250 * 2 ** failures), stopping.signal)
    }
  }

  const running = keepRunning()

  return {
    async address() {
      if (!address && status.state !== 'failed') {
        await Promise.race([
          new Promise<void>((resolve) => waiters.push(resolve)),
          sleep(WAIT_MS, stopping.signal),
        ])
      }
      return address ? ok(address) : fail(notReady(status))
    },
    status: () => status,
    onStatus: (listener) => void listeners.add(listener),
    async stop() {
      stopping.abort()
      waiters = []
      handle?.stop()
      const killer = setTimeout(() => handle?.kill(), KILL_MS)
      await running
      clearTimeout(killer)
    },
  }
}

function notReady(status: EngineStatus): AppError {
  return { kind: 'engine', message: status.message ?? 'The recognition engine is still starting.' }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

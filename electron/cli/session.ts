import path from 'node:path'
import type { Batch } from '../../shared/batch.ts'
import { KnownSecrets } from '../../shared/scrub-secrets.ts'
import { Settings } from '../../shared/settings.ts'
import { terminalLines } from '../../shared/terminal-text.ts'
import { BatchService } from '../batch/batch-service.ts'
import { createConnect } from '../connect.ts'
import { startEngineChild } from '../engine-child.ts'
import { startFileHost } from '../hosting/file-host.ts'
import { fetchUrlImage } from '../intake/fetch-url-image.ts'
import { createIntakePool } from '../intake/intake-pool.ts'
import { superviseEngine, type LocalEngine } from '../local-engine.ts'
import { silentLog } from '../log.ts'
import { sleep } from '../sleep.ts'
import { EventWaiter } from './event-waiter.ts'
import { createKeyRing } from './keys.ts'
import { batchesOf, type RunFolder } from './run-folder.ts'

export type CliContext = {
  readonly env: NodeJS.ProcessEnv
  /** Folder of the built files: `engine.js`, `intake-worker.js`. */
  readonly builtDir: string
  readonly signal: AbortSignal
}

/** The batch service at work on one run. */
export type Session = {
  readonly run: RunFolder
  readonly service: BatchService
  readonly changed: EventWaiter
  /** The run's one batch, if it was made. */
  readonly batch: () => Batch | undefined
  readonly close: () => Promise<void>
}

/** Every key that this process has used. */
const secrets = new KnownSecrets()

/** One line for a person, on stderr. */
export function note(text: string): void {
  process.stderr.write(`${terminalLines(secrets.scrub(text))}\n`)
}

/** Opens the run's folder through the same service as the window; what was under way goes on at once. */
export async function openSession(run: RunFolder, context: CliContext): Promise<Session> {
  const engineDir = path.join(run.dir, 'engine')
  let engine: LocalEngine | undefined
  const local = () =>
    (engine ??= superviseEngine({
      start: () => startEngineChild(path.join(context.builtDir, 'engine.js'), engineDir, silentLog),
      dataDir: engineDir,
      log: silentLog,
    }))
  if (run.record.engine.kind === 'local') local()
  const settings = Settings.parse({ engine: run.record.engine, options: run.record.options })
  const runner = createIntakePool(path.join(context.builtDir, 'intake-worker.js'))
  const host = await startFileHost()
  const changed = new EventWaiter(context.signal)
  const service = await BatchService.open({
    dir: batchesOf(run.dir),
    connect: createConnect({ local, keys: createKeyRing(context.env), override: undefined, secrets }),
    settings: () => settings,
    host,
    runner,
    fetchUrlImage,
    now: Date.now,
    random: Math.random,
    sleep,
    log: silentLog,
    events: {
      onBatchChanged: () => changed.wake(),
      onBatchesChanged: () => undefined,
      onNotice: ({ message }) => note(message),
    },
  })
  return {
    run,
    service,
    changed,
    batch: () => {
      const [first] = service.getBatches()
      return first && service.peekBatch(first.id)
    },
    close: async () => {
      await service.close({ waits: true })
      await Promise.all([engine?.stop(), runner.close(), host.close()])
    },
  }
}

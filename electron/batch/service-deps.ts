import type { BatchChange, BatchSummary } from '../../shared/batch.ts'
import type { Notice } from '../../shared/ipc/contract.ts'
import type { Result } from '../../shared/result.ts'
import type { EngineChoice, Settings } from '../../shared/settings.ts'
import type { Clock } from '../clock.ts'
import type { FileHost } from '../hosting/file-host.ts'
import type { FetchUrlImage } from '../intake/fetch-url-image.ts'
import type { IntakeRunner } from '../intake/intake-pool.ts'
import type { Log } from '../log.ts'
import type { Connection } from '../mathpix/client.ts'

/** All effects of the batch service, so that it runs in plain Node under test. */
export type ServiceDeps = {
  /** Folder that holds one folder per batch. */
  readonly dir: string
  /** Address and keys of an engine as they are now; waits for the local engine while it starts. */
  readonly connect: (engine: EngineChoice) => Promise<Result<Connection>>
  readonly settings: () => Settings
  readonly host: FileHost
  readonly runner: IntakeRunner
  /** For copies of images behind addresses, not for engines. */
  readonly fetchUrlImage: FetchUrlImage
  /** The computer's clock, ms since 1970: for what people read and servers write. */
  readonly now: () => number
  /** For durations: never goes back and never leaps, ms; absent it is the process's own. */
  readonly elapsed?: () => number
  readonly random: () => number
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
  /** How long quitting waits for what can be asked again, ms. */
  readonly closeMs?: number
  readonly log: Log
  readonly events: ServiceEvents
}

/** The same with both kinds of time. */
export type TimedDeps = ServiceDeps & Clock

export type ServiceEvents = {
  readonly onBatchChanged: (change: BatchChange) => void
  readonly onBatchesChanged: (summaries: BatchSummary[]) => void
  readonly onNotice: (notice: Notice) => void
}

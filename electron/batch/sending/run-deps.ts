import type { Till } from '../../money/till.ts'
import type { BatchRecord } from '../batch-record.ts'
import type { FolderOrigin } from '../journal/folder-origin.ts'
import type { Ways } from '../ways/open-ways.ts'
import type { SendGate } from './send-gate.ts'
import type { TimedDeps } from '../service-deps.ts'

/** What sending and asking for a submission need. */
export type RunDeps = Pick<
  TimedDeps,
  | 'connect'
  | 'dir'
  | 'host'
  | 'settings'
  | 'runner'
  | 'now'
  | 'elapsed'
  | 'random'
  | 'sleep'
  | 'closeMs'
  | 'log'
  | 'events'
> & {
  /** Counts what is billed before it is sent. */
  readonly till: Till
  /** Knows this folder of batches from a copy of it. */
  readonly origin: FolderOrigin
  /** Lets a request pass when it may leave. */
  readonly gate: SendGate
  readonly ways: Ways
  /** Has the submissions sent that images of this one have moved to. */
  readonly takeUp: (record: BatchRecord, submissionId: string) => void
}

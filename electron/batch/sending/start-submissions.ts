import type { Batch } from '../../../shared/batch.ts'
import { failSubmission, startSubmission, type SubmissionStart } from '../../../shared/batch-rules.ts'
import type { Result } from '../../../shared/result.ts'
import { makeCallbackSecret } from '../../hosting/callback-receiver.ts'
import type { Till } from '../../money/till.ts'
import type { BatchRecord } from '../batch-record.ts'
import type { ServiceDeps } from '../service-deps.ts'
import {
  assignHostTokens,
  callbackFor,
  type Destination,
  type PlannedSubmission,
} from '../ways/wire-batch.ts'

export type Planned = PlannedSubmission & { readonly id: string }

type StartDeps = Pick<ServiceDeps, 'dir' | 'host' | 'settings' | 'now'> & { readonly till: Till }

/** How submissions come into a batch. */
export type Enter = (batch: Batch, starts: readonly SubmissionStart[]) => Batch

/**
 * Puts planned submissions on disk as on their way, in one change. What is not on disk is not sent: then their items are ready again.
 */
export async function startPlanned(
  record: BatchRecord,
  plan: readonly Planned[],
  { engine, ways, enter = startAll }: Destination & { readonly enter?: Enter },
  deps: StartDeps,
): Promise<Result<void>> {
  const callback = callbackFor(record, engine, ways)
  const submittedAt = new Date(deps.now()).toISOString()
  const starts = plan.map(({ id, sentAs, sentBecause }) => {
    const isTold = callback !== undefined && ![...sentAs.values()].includes('upload')
    return { id, engine, submittedAt, sentAs, sentBecause, ...(isTold ? { callback } : {}) }
  })
  for (const { id, callback: told } of starts)
    if (told === 'own') record.setCallback(id, makeCallbackSecret())
  const saved = await record.update((batch) => enter(batch, starts), assignHostTokens(record, plan))
  if (saved.ok) return saved
  // After a crash nobody would know of it.
  for (const { id } of plan) {
    await deps.till.giveBack(id)
    await record.update((batch) => failSubmission(batch, id, saved.error, 'ready'))
  }
  return saved
}

const startAll: Enter = (batch, starts) => starts.reduce(startSubmission, batch)

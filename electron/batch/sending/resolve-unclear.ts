import type { Submission } from '../../../shared/batch.ts'
import { acceptSubmission, failSubmission, pendingOf } from '../../../shared/batch-rules.ts'
import type { UnclearChoice } from '../../../shared/ipc/contract.ts'
import type { BatchId } from '../../../shared/mathpix.ts'
import { giveUpAnswers } from '../../../shared/outstanding.ts'
import type { Result } from '../../../shared/result.ts'
import { noteLook } from '../../../shared/unclear-rules.ts'
import { fetchBatch } from '../../mathpix/client.ts'
import { describeWaiting } from '../../mathpix/poll.ts'
import type { BatchRecord } from '../batch-record.ts'
import { invalid } from '../invalid-call.ts'
import { look } from './look-again.ts'
import { connectAsSent } from './poll-submission.ts'
import type { ServiceDeps } from '../service-deps.ts'
import type { SubmissionRunner } from './submission-runner.ts'

export type UnclearParts = Pick<ServiceDeps, 'connect' | 'now'> & {
  readonly runner: SubmissionRunner
  /** All batches of the app. */
  readonly records: readonly BatchRecord[]
}

/**
 * The user's choice about a POST of which nobody knows whether it was accepted: only here is it ever made a second time. When its
 * `batch_id` is known, the server is asked once more before that, and what it has is taken instead.
 */
export async function resolveUnclear(
  record: BatchRecord,
  submissionId: string,
  choice: UnclearChoice,
  parts: UnclearParts,
): Promise<Result<void>> {
  const unclear = record.submission(submissionId)
  if (unclear?.state !== 'unclear') return invalid('This batch is not waiting for a choice.')
  if (choice === 'give_up') return endUnclear(record, unclear, 'error', parts.runner)
  if (unclear.batch_id === undefined) {
    return choice === 'look'
      ? look(record, submissionId, parts.records, parts)
      : sendAgain(record, unclear, parts.runner)
  }
  const asked = await askByNumber(record, unclear, unclear.batch_id, parts)
  // It turned up, or somebody else has decided meanwhile.
  if (asked === undefined || record.submission(submissionId)?.state !== 'unclear') return record.flush()
  if (choice === 'send_again') return sendAgain(record, unclear, parts.runner)
  const looked = { at: new Date(parts.now()).toISOString(), message: asked }
  return record.update((batch) => noteLook(batch, submissionId, looked))
}

/** Asks for an accepted batch once. Found, it goes on; else answers in plain words why not. */
async function askByNumber(
  record: BatchRecord,
  unclear: Submission,
  batch_id: BatchId,
  { connect, now, runner }: UnclearParts,
): Promise<string | undefined> {
  const { id } = unclear
  const connection = await connectAsSent(unclear, { connect })
  const answer = connection.ok ? await fetchBatch(connection.value, batch_id) : connection
  if (!answer.ok) return describeWaiting(answer.error, now()).reason
  if (record.submission(id)?.state !== 'unclear') return undefined
  await record.update((batch) => acceptSubmission(batch, id, batch_id))
  runner.reopen(record, id)
  return undefined
}

async function sendAgain(
  record: BatchRecord,
  unclear: Submission,
  runner: SubmissionRunner,
): Promise<Result<void>> {
  const ids = pendingOf(record.batch, unclear).map(({ id }) => id)
  // Refused here, it stays a question; refused later, it would look like a first run.
  const affordable = await runner.canAfford(unclear.engine, ids.length)
  if (!affordable.ok) return affordable
  const saved = await endUnclear(record, unclear, 'ready', runner)
  return saved.ok ? runner.send(record, ids) : saved
}

async function endUnclear(
  record: BatchRecord,
  { id, error }: Submission,
  to: 'ready' | 'error',
  runner: SubmissionRunner,
): Promise<Result<void>> {
  const reason = error ?? { kind: 'unclear_post', message: 'The reply was lost.' }
  const saved = await record.update((batch) =>
    failSubmission(to === 'ready' ? giveUpAnswers(batch, id) : batch, id, reason, to),
  )
  runner.interrupt(id)
  return saved
}

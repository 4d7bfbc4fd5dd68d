import type { Result } from '../../../shared/result.ts'
import { noteLook } from '../../../shared/unclear-rules.ts'
import type { BatchRecord } from '../batch-record.ts'
import { invalid } from '../invalid-call.ts'
import { lookForBatch } from './look-for-batch.ts'
import type { ServiceDeps } from '../service-deps.ts'

/** Waits on for a lost reply, and says what can be known meanwhile. Sends no image. `all` are all batches of the app. */
export async function look(
  record: BatchRecord,
  submissionId: string,
  all: readonly BatchRecord[],
  deps: Pick<ServiceDeps, 'connect' | 'now'>,
): Promise<Result<void>> {
  const submission = record.submission(submissionId)
  if (submission?.state !== 'unclear') return invalid('This batch is not waiting for a choice.')
  const since = submission.submittedAt
  const sentSince = all
    .flatMap(({ batch }) => batch.submissions)
    .filter(({ id, engine, submittedAt }) => {
      return id !== submissionId && engine.kind === 'mathpix' && submittedAt >= since
    })
  const looked = await lookForBatch({
    submission,
    options: record.batch.options,
    connection: await deps.connect(submission.engine),
    others: sentSince.reduce((sum, { itemIds }) => sum + itemIds.length, 0),
    now: deps.now(),
  })
  return record.update((batch) => noteLook(batch, submissionId, looked))
}

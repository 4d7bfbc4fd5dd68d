import type { Batch, Item, Submission } from '../../../shared/batch.ts'
import { cancelSubmission } from '../../../shared/batch-rules.ts'
import { cancelItems, setPaused } from '../../../shared/control-rules.ts'
import { isRunning } from '../../../shared/batch-progress.ts'
import type { Result } from '../../../shared/result.ts'
import type { BatchRecord } from '../batch-record.ts'
import type { SubmissionRunner } from './submission-runner.ts'

const OPEN: ReadonlySet<Submission['state']> = new Set(['submitting', 'processing', 'unclear'])

/** A pause is for what is under way; what is begun after it is meant to be sent. */
export function liftPause(record: BatchRecord): void {
  if (record.batch.isPaused === true && !isRunning(record.batch))
    void record.update((batch) => setPaused(batch, false))
}

/** Holds back what is not sent yet, or lets it go on. */
export async function pause(
  record: BatchRecord,
  runner: SubmissionRunner,
  isPaused: boolean,
): Promise<Result<void>> {
  const saved = record.update((batch) => setPaused(batch, isPaused))
  runner.look()
  return saved
}

/** Stops everything that is under way, and what was to be sent later. */
export async function cancel(record: BatchRecord, runner: SubmissionRunner): Promise<Result<void>> {
  record.cancels += 1
  const pending = record.batch.items.filter(({ state }) => state === 'pending').map(({ id }) => id)
  return stop(record, runner, (batch) => {
    const stopped = setPaused(cancelItems(batch, pending, isBegunIn(record)), false)
    // Those are left whose images were all removed.
    return stopped.submissions
      .filter(({ state }) => OPEN.has(state))
      .reduce((current, { id }) => cancelSubmission(current, id), stopped)
  })
}

/** Stops some images; the others go on. */
export function cancelOnly(
  record: BatchRecord,
  runner: SubmissionRunner,
  itemIds: readonly string[],
): Promise<Result<void>> {
  return stop(record, runner, (batch) => cancelItems(batch, itemIds, isBegunIn(record)))
}

export const isBegunIn =
  (record: BatchRecord) =>
  ({ id, submissionId }: Item) =>
    record.privateOf(id).uploadStartedIn === submissionId

async function stop(
  record: BatchRecord,
  runner: SubmissionRunner,
  change: (batch: Batch) => Batch,
): Promise<Result<void>> {
  const before = record.batch
  const saved = record.update(change)
  const after = record.batch
  const endedIds = new Set(after.submissions.flatMap(({ id, state }) => (state === 'canceled' ? [id] : [])))
  const ended = before.submissions.filter(({ id, state }) => OPEN.has(state) && endedIds.has(id))
  for (const { id } of ended) runner.interrupt(id)
  runner.look()
  for (const [id, images] of countUnsent(before, after)) {
    const isWhole = ended.some((submission) => submission.id === id)
    await runner.giveBack(id, isWhole ? undefined : images)
  }
  return saved
}

/** Images that come back because they were certainly not sent, by submission. Uploads that had their turn give back their own. */
function countUnsent(before: Batch, after: Batch): Map<string, number> {
  const ready = new Set(after.items.flatMap(({ id, state }) => (state === 'ready' ? [id] : [])))
  const waiting = new Map(before.submissions.map(({ id, state }) => [id, state === 'submitting']))
  const counts = new Map<string, number>()
  for (const { id, state, submissionId } of before.items) {
    if (state !== 'pending' || !ready.has(id) || submissionId === undefined || !waiting.get(submissionId))
      continue
    counts.set(submissionId, (counts.get(submissionId) ?? 0) + 1)
  }
  return counts
}

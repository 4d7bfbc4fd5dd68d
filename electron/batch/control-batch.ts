import type { Submission } from '../../shared/batch.ts'
import { changeItems } from '../../shared/batch-changes.ts'
import { cancelSubmission, failSubmission, retryItems } from '../../shared/batch-rules.ts'
import { toKey } from '../../shared/item-keys.ts'
import type { UnclearChoice } from '../../shared/ipc/contract.ts'
import { fail, type Result } from '../../shared/result.ts'
import type { BatchRecord } from './batch-record.ts'
import type { SubmissionRunner } from './submission-runner.ts'

const OPEN: ReadonlySet<Submission['state']> = new Set(['submitting', 'processing', 'unclear'])

/**
 * Runs items again. What an engine accepted before and we stopped asking for is asked for again, without a
 * POST.
 */
export async function retry(
  record: BatchRecord,
  runner: SubmissionRunner,
  itemIds: readonly string[],
): Promise<Result<void>> {
  const closed = new Set(
    record.batch.submissions.filter(({ state }) => state !== 'processing').map(({ id }) => id),
  )
  const saved = await record.update((batch) => retryItems(batch, itemIds))
  if (!saved.ok) return saved
  for (const { id, state } of record.batch.submissions) {
    if (state === 'processing' && closed.has(id)) runner.reopen(record, id)
  }
  return runner.send(record, itemIds)
}

/** Stops asking for everything that is under way. */
export async function cancel(record: BatchRecord, runner: SubmissionRunner): Promise<Result<void>> {
  const open = record.batch.submissions.filter(({ state }) => OPEN.has(state))
  const saved = await record.update((batch) =>
    open.reduce((current, { id }) => cancelSubmission(current, id), batch),
  )
  for (const { id } of open) runner.interrupt(id)
  // Still waiting means certainly not sent: it costs nothing.
  for (const { id, state, waiting } of open) {
    if (state === 'submitting' && waiting !== undefined) await runner.giveBack(id)
  }
  return saved
}

/** The user's choice about a POST whose reply was lost: only here is it ever made a second time. */
export async function resolveUnclear(
  record: BatchRecord,
  runner: SubmissionRunner,
  submissionId: string,
  choice: Exclude<UnclearChoice, 'look'>,
): Promise<Result<void>> {
  const unclear = record.batch.submissions.find(({ id, state }) => id === submissionId && state === 'unclear')
  if (!unclear) return invalid('This batch is not waiting for a choice.')
  const error = unclear.error ?? { kind: 'unclear_post', message: 'The reply was lost.' }
  const ids = record.batch.items
    .filter((item) => item.submissionId === submissionId && item.state === 'pending')
    .map(({ id }) => id)
  if (choice === 'send_again') {
    // Refused here, it stays a question; refused later, it would look like a first run.
    const affordable = await runner.canAfford(unclear.engine, ids.length)
    if (!affordable.ok) return affordable
  }
  const to = choice === 'send_again' ? 'ready' : 'error'
  const saved = await record.update((batch) => failSubmission(batch, submissionId, error, to))
  return saved.ok && choice === 'send_again' ? runner.send(record, ids) : saved
}

/** Only while the item is not on its way: the key is the name under which its answer comes. */
export async function renameItem(record: BatchRecord, itemId: string, text: string): Promise<Result<void>> {
  const key = toKey(text)
  if (key === undefined) return invalid('A key needs at least one letter or digit.')
  const { items } = record.batch
  if (items.some((item) => item.key === key && item.id !== itemId)) {
    return invalid('Another image has this key already.')
  }
  if (items.some((item) => item.id === itemId && item.state === 'pending')) {
    return invalid('The image is on its way; its key can be changed when the answer is there.')
  }
  return record.update((batch) =>
    changeItems(batch, (item) => (item.id === itemId ? { ...item, key } : item)),
  )
}

export function invalid(message: string): Result<never> {
  return fail({ kind: 'invalid_call', message })
}

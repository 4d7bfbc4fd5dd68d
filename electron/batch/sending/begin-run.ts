import type { Item } from '../../../shared/batch.ts'
import { describeError } from '../../../shared/describe-error.ts'
import { fileIdOf } from '../../../shared/item-keys.ts'
import type { Result } from '../../../shared/result.ts'
import type { EngineChoice } from '../../../shared/settings.ts'
import { retryItems } from '../../../shared/retry-rules.ts'
import type { ItemAdder } from '../adding/add-items.ts'
import type { BatchRecord } from '../batch-record.ts'
import { liftPause } from './control-batch.ts'
import { invalid } from '../invalid-call.ts'
import type { ServiceEvents } from '../service-deps.ts'
import type { SubmissionRunner } from './submission-runner.ts'

export type RunParts = {
  readonly adder: ItemAdder
  readonly runner: SubmissionRunner
  readonly onNotice: ServiceEvents['onNotice']
}

/** Sends what is ready now, and what is still being read as soon as it is. */
export async function submit(record: BatchRecord, parts: RunParts): Promise<Result<void>> {
  liftPause(record)
  const { items } = record.batch
  const ready = items.filter(({ state }) => state === 'ready').map(({ id }) => id)
  const sent = await parts.runner.send(record, ready)
  if (sent.ok) sendLater(record, items, parts)
  return sent
}

/** Reads files again that could not be read, and sends them then; runs the others again, by `engine` where it is not the batch's that is asked. */
export async function retry(
  record: BatchRecord,
  itemIds: readonly string[],
  parts: RunParts,
  engine?: EngineChoice,
): Promise<Result<void>> {
  if (await parts.adder.retry(record, itemIds)) {
    const wanted = new Set(itemIds)
    sendLater(
      record,
      record.batch.items.filter(({ id }) => wanted.has(id)),
      parts,
    )
  }
  return runAgain(record, itemIds, parts.runner, engine)
}

/**
 * Sends those of the items that are still being read as soon as all are, unless everything is canceled or another engine is chosen before. Nobody waits for the
 * answer, so a refusal is told.
 */
function sendLater(record: BatchRecord, items: readonly Item[], { adder, runner, onNotice }: RunParts): void {
  const later = new Set(items.filter(({ state }) => state === 'preparing').map(({ id }) => id))
  if (later.size === 0) return
  const { cancels, batch } = record
  const send = async () => {
    await adder.whenIdle(batch.id)
    if (record.cancels !== cancels) return
    const ids = record.batch.items
      .map(({ id }) => id)
      .filter((id) => later.has(fileIdOf(id)) || later.has(id))
    // Where they were to go is what the user agreed to, and what it costs.
    if (!isSameEngine(batch.engine, record.batch.engine)) {
      onNotice({ tone: 'info', message: OTHER_ENGINE })
      return
    }
    const sent = await runner.send(record, ids)
    if (sent.ok) return
    const { title, hint } = describeError(sent.error)
    onNotice({ tone: 'problem', message: `${title}. ${hint}` })
  }
  void send()
}

const isSameEngine = (one: EngineChoice, other: EngineChoice): boolean =>
  one.kind === 'mathpix' && other.kind === 'mathpix' ? one.baseUrl === other.baseUrl : one.kind === other.kind

const OTHER_ENGINE =
  'Another engine was chosen while images were still being prepared. They are not sent before you convert them again.'

/**
 * Runs items again. What an engine accepted before and we stopped asking for is asked for again, without a
 * POST. Those that were canceled while they were being sent have to wait for that answer: only then is it known what a
 * second request would cost.
 */
async function runAgain(
  record: BatchRecord,
  itemIds: readonly string[],
  runner: SubmissionRunner,
  engine: EngineChoice | undefined,
): Promise<Result<void>> {
  const wanted = new Set(itemIds)
  const asked = record.batch.items.filter(({ id }) => wanted.has(id))
  const accepted = new Set(
    record.batch.submissions.filter(({ batch_id }) => batch_id !== undefined).map(({ id }) => id),
  )
  const free = asked.filter((item) => accepted.has(item.submissionId ?? '') || !runner.isSending(item))
  if (asked.length > 0 && free.length === 0) return invalid(STILL_SENDING)
  const ids = free.map(({ id }) => id)
  liftPause(record)
  const saved = await record.update((batch) => retryItems(batch, ids))
  if (!saved.ok) return saved
  return runner.send(record, ids, engine)
}

const STILL_SENDING = 'The image is still being sent; it can be read again when the answer is there.'

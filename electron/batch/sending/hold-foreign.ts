import type { Batch, Submission } from '../../../shared/batch.ts'
import { markUnclear, pendingOf } from '../../../shared/batch-rules.ts'
import type { BatchRecord } from '../batch-record.ts'

/** Images of a restored or copied folder that may have been sent since: those held back, and those that only the user sends. */
type Held = { readonly waiting: number; readonly ready: number }

export const NOTHING_HELD: Held = { waiting: 0, ready: 0 }

/**
 * For a folder that was restored or copied: what would be sent by itself waits for the user's choice instead, because where the folder
 * comes from it may have been sent since. What was accepted is asked for as ever. Undefined when that could not be written.
 */
export async function holdForeign(records: readonly BatchRecord[]): Promise<Held | undefined> {
  let waits = 0
  let ready = 0
  for (const record of records) {
    ready += countReady(record.batch)
    const waiting = record.batch.submissions.filter((submission) => wouldBeSent(record.batch, submission))
    if (waiting.length === 0) continue
    waits += waiting.reduce((sum, submission) => sum + pendingOf(record.batch, submission).length, 0)
    const saved = await record.update((batch) =>
      waiting.reduce((current, { id }) => markUnclear(current, id, FOREIGN), batch),
    )
    if (!saved.ok) return undefined
  }
  return { waiting: waits, ready }
}

/** A POST that waits or was on its way, or single uploads. The engine on this computer costs nothing. */
function wouldBeSent(batch: Batch, submission: Submission): boolean {
  const { engine, state, batch_id } = submission
  if (engine.kind === 'local' || batch_id !== undefined) return false
  return (state === 'submitting' || state === 'processing') && pendingOf(batch, submission).length > 0
}

function countReady({ engine, items }: Batch): number {
  return engine.kind === 'local' ? 0 : items.filter(({ state }) => state === 'ready').length
}

const FOREIGN =
  'The folder of this batch was restored from a backup or copied from another computer, and there these images may have been sent since.'

/** Undefined where nothing of the folder could be billed twice. */
export function describeHeld({ waiting, ready }: Held): string | undefined {
  if (waiting + ready === 0) return undefined
  const was = (images: number) => (images === 1 ? '1 image was' : `${String(images)} images were`)
  return [
    'The folder of your batches was restored from a backup or copied from another computer.',
    waiting === 0
      ? []
      : `${was(waiting)} waiting to be sent there; nothing is sent before you choose so in the batch.`,
    ready === 0
      ? []
      : `${was(ready)} not sent yet there; what has been sent since is billed again if you convert it here.`,
  ]
    .flat()
    .join(' ')
}

import type { Batch, Submission } from '../../../shared/batch.ts'
import { markUnclear, pendingOf } from '../../../shared/batch-rules.ts'
import type { BatchRecord } from '../batch-record.ts'

/**
 * For a folder that was restored or copied: what would be sent by itself waits for the user's choice instead, because where the folder
 * comes from it may have been sent since. What was accepted is asked for as ever. Answers how many images wait; undefined when that
 * could not be written.
 */
export async function holdForeign(records: readonly BatchRecord[]): Promise<number | undefined> {
  let images = 0
  for (const record of records) {
    const waiting = record.batch.submissions.filter((submission) => wouldBeSent(record.batch, submission))
    if (waiting.length === 0) continue
    images += waiting.reduce((sum, submission) => sum + pendingOf(record.batch, submission).length, 0)
    const saved = await record.update((batch) =>
      waiting.reduce((current, { id }) => markUnclear(current, id, FOREIGN), batch),
    )
    if (!saved.ok) return undefined
  }
  return images
}

/** A POST that waits or was on its way, or single uploads. The engine on this computer costs nothing. */
function wouldBeSent(batch: Batch, submission: Submission): boolean {
  const { engine, state, batch_id } = submission
  if (engine.kind === 'local' || batch_id !== undefined) return false
  return (state === 'submitting' || state === 'processing') && pendingOf(batch, submission).length > 0
}

const FOREIGN =
  'The folder of this batch was restored from a backup or copied from another computer, and there these images may have been sent since.'

export function describeHeld(images: number): string {
  const which = images === 1 ? '1 image was' : `${String(images)} images were`
  return `The folder of your batches was restored from a backup or copied from another computer. ${which} waiting to be sent there; nothing is sent before you choose so in the batch.`
}

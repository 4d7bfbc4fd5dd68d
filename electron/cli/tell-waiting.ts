import type { BatchHead } from '../../shared/batch.ts'
import { WAITING_FOR_TURN } from '../../shared/batch-rules.ts'

/**
 * What to say of a run that waits, each reason once for as long as the run is watched: the same that a window shows, but for waiting behind
 * another part of the batch.
 * @param told reasons that were said already; those that are new are added
 */
export function describeWaiting(
  { submissions }: Pick<BatchHead, 'submissions'>,
  told: Set<string>,
): string[] {
  return submissions.flatMap(({ waiting }) => {
    if (!waiting || waiting.reason === WAITING_FOR_TURN.reason || told.has(waiting.reason)) return []
    told.add(waiting.reason)
    return waiting.until === undefined
      ? [waiting.reason]
      : [`${waiting.reason} Next try at ${toClockTime(waiting.until)}.`]
  })
}

/** @param iso a moment, ISO 8601 */
function toClockTime(iso: string): string {
  return new Date(iso).toLocaleTimeString('en-GB')
}

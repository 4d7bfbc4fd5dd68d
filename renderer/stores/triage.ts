import type { Item } from '../../shared/batch.ts'
import type { LookReason } from '../../shared/result-flags.ts'
import { keysOf } from '../../shared/keys-of.ts'

/** What became of an image in review. An image can be edited, accepted and flagged at once. */
export const TRIAGES = {
  new: 'New',
  look: 'Look',
  accepted: 'Accepted',
  edited: 'Edited',
  flagged: 'Flagged',
  failed: 'Failed',
} as const
export type Triage = keyof typeof TRIAGES
export const TRIAGE_NAMES = keysOf(TRIAGES)

/** All that holds of an image. `new`: nothing was done with it, and nothing speaks against it. */
export function listTriages(item: Item, reason: LookReason | undefined): Triage[] {
  const { state, accepted, edit, flagged } = item
  const found: Triage[] = []
  if (state === 'error') found.push('failed')
  if (reason !== undefined && reason !== 'flagged') found.push('look')
  if (accepted) found.push('accepted')
  if (edit !== undefined) found.push('edited')
  if (flagged) found.push('flagged')
  return found.length === 0 ? ['new'] : found
}

export function countTriages(
  items: Iterable<Item>,
  reasonOf: (item: Item) => LookReason | undefined,
): Readonly<Record<Triage, number>> {
  const counts = { new: 0, look: 0, accepted: 0, edited: 0, flagged: 0, failed: 0 }
  for (const item of items) for (const triage of listTriages(item, reasonOf(item))) counts[triage] += 1
  return counts
}

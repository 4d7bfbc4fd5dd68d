import type { Item } from './batch.ts'
import type { OcrResult } from './mathpix.ts'
import { STANDARD_LOOK_BELOW } from './settings.ts'
import { findUnread, type UnreadPart } from './unread.ts'

export type LookReason =
  'flagged' | 'not_rendering' | UnreadPart | 'low_confidence' | 'unknown_confidence' | 'empty'

/** The estimated probability that the whole result is right, of either behaviour; undefined means unknown, not 0. */
export function confidenceOf(result: OcrResult | undefined): number | undefined {
  return result?.latex_confidence ?? result?.confidence
}

/** A confidence to two places, never more than it is: 0.998 is not 1, and what needs a look does not seem to need none. */
export function formatConfidence(confidence: number): string {
  return (Math.floor(confidence * 100 + 1e-9) / 100).toFixed(2)
}

export type LookInput = Pick<Item, 'state' | 'flagged' | 'accepted' | 'result' | 'image' | 'edit'> & {
  /** Whether the shown LaTeX can be typeset; undefined while nobody has tried. */
  readonly canRender?: boolean | undefined
}

/**
 * Why a person should look at a finished item; undefined when nothing speaks for it. Token confidence alone misleads, so it is
 * combined with the render check. A flag stays until it is taken off; accepting settles everything else.
 */
export function findLookReason(
  item: LookInput,
  lookBelow: number = STANDARD_LOOK_BELOW,
): LookReason | undefined {
  return findReasonToRead(item, lookBelow) ?? (item.flagged ? 'flagged' : undefined)
}

function findReasonToRead(item: LookInput, lookBelow: number): LookReason | undefined {
  if (item.state !== 'completed' || item.accepted) return undefined
  if (item.canRender === false) return 'not_rendering'
  const unread = findUnread(item)
  if (unread) return unread
  if (item.edit === '') return 'empty'
  const confidence = confidenceOf(item.result)
  if (confidence === undefined) return 'unknown_confidence'
  return confidence < lookBelow ? 'low_confidence' : undefined
}

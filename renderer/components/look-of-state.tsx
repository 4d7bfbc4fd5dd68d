import {
  CheckCheck,
  Check,
  CircleAlert,
  CircleDashed,
  Eye,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
} from 'lucide-react'
import type { Item } from '../../shared/batch.ts'
import type { LookReason } from '../../shared/result-flags.ts'

export type StateLook = {
  readonly tone: 'idle' | 'busy' | 'done' | 'look' | 'failed'
  readonly word: string
  /** The whole phrase, for screen readers and on hover. */
  readonly phrase: string
  readonly Icon: LucideIcon
}

const REASONS: Readonly<Record<LookReason, string>> = {
  flagged: 'flagged',
  not_rendering: 'cannot be typeset',
  unread_pages: 'only its first page is read',
  unread_words: 'its words are not read',
  low_confidence: 'low confidence',
  unknown_confidence: 'confidence unknown',
  empty: 'empty',
}

/** A pending item of a part that has not been sent yet. */
export const UNSENT: StateLook = {
  tone: 'idle',
  word: 'Waiting',
  phrase: 'waiting to be sent',
  Icon: Hourglass,
}

/** How an item's state looks and reads: never by colour alone. */
export function describeState(item: Pick<Item, 'state' | 'accepted'>, reason?: LookReason): StateLook {
  switch (item.state) {
    case 'preparing':
      return { tone: 'busy', word: 'Preparing', phrase: 'preparing', Icon: CircleDashed }
    case 'ready':
      return { tone: 'idle', word: 'Ready', phrase: 'ready', Icon: CircleDashed }
    case 'pending':
      return { tone: 'busy', word: 'Reading', phrase: 'reading', Icon: LoaderCircle }
    case 'error':
      return { tone: 'failed', word: 'Failed', phrase: 'failed', Icon: CircleAlert }
    case 'completed':
      if (reason && reason !== 'flagged') {
        return { tone: 'look', word: 'Look', phrase: `needs a look: ${REASONS[reason]}`, Icon: Eye }
      }
      return item.accepted
        ? { tone: 'done', word: 'Accepted', phrase: 'accepted', Icon: CheckCheck }
        : { tone: 'done', word: 'Done', phrase: 'done', Icon: Check }
  }
}

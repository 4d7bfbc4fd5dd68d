import { CircleHelp } from 'lucide-react'
import type { Item } from '../../../shared/batch.ts'
import { CommandButton } from '../../commands/command-button.tsx'
import { useHeldToken, type ShownToken } from '../../stores/tokens.ts'
import { describeDoubt } from './describe-doubt.ts'

/** How many tokens are doubted, or which of them is in hand; and the way to the next. */
export function DoubtNote({ item, tokens }: { readonly item: Item; readonly tokens: readonly ShownToken[] }) {
  const held = useHeldToken(item, tokens)
  const doubts = tokens.filter(({ isDoubted }) => isDoubted)
  const at = doubts.findIndex((token) => token.at === held?.at)
  const current = doubts[at]
  return (
    <span className="doubt-note meta">
      <span role="status" className="doubt-words number">
        {doubts.length === 0 ? null : <CircleHelp className="icon" aria-hidden />}
        {current
          ? `Doubt ${at + 1} of ${doubts.length}: ${describeDoubt(current)}`
          : doubts.length > 0
            ? `${doubts.length} ${doubts.length === 1 ? 'sign' : 'signs'} in doubt`
            : null}
      </span>
      {doubts.length === 0 ? null : <CommandButton name="next_doubt" />}
    </span>
  )
}

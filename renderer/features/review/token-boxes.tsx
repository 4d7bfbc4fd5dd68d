import type { Item } from '../../../shared/batch.ts'
import { useHeldToken, type ShownToken } from '../../stores/tokens.ts'
import { describeDoubt } from './describe-doubt.ts'
import { sizeOfResult } from './token-places.ts'

type TokenBoxesProps = {
  readonly item: Item
  readonly image: NonNullable<Item['image']>
  readonly tokens: readonly ShownToken[]
  readonly isMarking: boolean
}

/** Frames around what is doubted, and around the token in hand. */
export function TokenBoxes({ item, image, tokens, isMarking }: TokenBoxesProps) {
  const held = useHeldToken(item, tokens)
  const { width, height } = sizeOfResult(item, image)
  const percent = (part: number, whole: number) => `${(100 * part) / whole}%`
  return tokens.map((token) => {
    const { at, position, isDoubted } = token
    const isHeld = at === held?.at
    const isMarked = isDoubted && isMarking
    if (!position || !(isHeld || isMarked)) return null
    const [left, top, wide, high] = position
    return (
      <div
        key={at}
        className="token-box"
        data-doubted={isMarked}
        data-held={isHeld}
        {...(isMarked
          ? { role: 'img', 'aria-label': describeDoubt(token), title: describeDoubt(token) }
          : { 'aria-hidden': true })}
        style={{
          left: percent(left, width),
          top: percent(top, height),
          width: percent(wide, width),
          height: percent(high, height),
        }}
      />
    )
  })
}

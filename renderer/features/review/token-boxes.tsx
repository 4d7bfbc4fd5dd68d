import type { CSSProperties } from 'react'
import type { Item } from '../../../shared/batch.ts'
import { useHeldToken, useIsHovering, type ShownToken } from '../../stores/tokens.ts'
import { describeDoubt } from './describe-doubt.ts'
import type { Rect } from './fit-panes.ts'
import type { PlaceOf } from './token-places.ts'

type TokenBoxesProps = {
  readonly item: Item
  readonly tokens: readonly ShownToken[]
  readonly placeOf: PlaceOf
  readonly isMarking: boolean
  /** Whether these are the marks that speak: one of those in the picture and in the formula is enough. */
  readonly isNamed: boolean
}

/** Frames around what is doubted, and around the token in hand or under the pointer. */
export function TokenBoxes({ item, tokens, placeOf, isMarking, isNamed }: TokenBoxesProps) {
  const held = useHeldToken(item, tokens)
  const isHovering = useIsHovering(item)
  return tokens.map((token) => {
    const isHeld = token.at === held?.at
    const isMarked = token.isDoubted && isMarking
    const place = isHeld || isMarked ? placeOf(token) : undefined
    if (!place) return null
    return (
      <div
        key={token.at}
        className="token-box"
        data-doubted={isMarked}
        data-held={isHeld}
        data-hovered={isHeld && isHovering}
        {...(isMarked && isNamed
          ? { role: 'img', 'aria-label': describeDoubt(token), title: describeDoubt(token) }
          : { 'aria-hidden': true })}
        style={boxStyle(place)}
      />
    )
  })
}

/** A box in shares of what it lies on. */
export function boxStyle({ left, top, width, height }: Rect): CSSProperties {
  const percent = (share: number) => `${100 * share}%`
  return { left: percent(left), top: percent(top), width: percent(width), height: percent(height) }
}

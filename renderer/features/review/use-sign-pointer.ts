import { useEffect, useRef, type MouseEvent, type PointerEvent, type RefObject } from 'react'
import type { Item } from '../../../shared/batch.ts'
import { requestCaret } from '../../stores/review-actions.ts'
import { holdToken, hoverToken, type ShownToken } from '../../stores/tokens.ts'
import { startPan } from './start-pan.ts'
import { findTokenAt, type PlaceOf } from './token-places.ts'

/** Pixels that the pointer may move between press and release of a click. */
const LARGEST_CLICK = 4

type Signs = {
  readonly item: Item
  readonly tokens: readonly ShownToken[]
  readonly sheet: RefObject<HTMLElement | null>
  readonly placeOf: PlaceOf
}

/** The pointer over signs, in the picture or the formula: what it is over is shown everywhere, a click takes it in hand, dragging moves what is seen. */
export function useSignPointer({ item, tokens, sheet, placeOf }: Signs) {
  const pressed = useRef({ x: 0, y: 0 })
  useEffect(() => () => hoverToken(undefined), [])
  const find = ({ clientX, clientY }: MouseEvent) => {
    const box = sheet.current?.getBoundingClientRect()
    if (!box || tokens.length === 0) return undefined
    const place = { x: (clientX - box.left) / box.width, y: (clientY - box.top) / box.height }
    return findTokenAt(tokens, placeOf, place, box.width / box.height)
  }
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      pressed.current = { x: event.clientX, y: event.clientY }
      startPan(event)
    },
    onPointerMove: (event: PointerEvent) => {
      if (event.buttons === 0) hoverToken(item, find(event))
    },
    onPointerLeave: () => hoverToken(undefined),
    onClick: (event: MouseEvent) => {
      const { clientX, clientY } = event
      if (Math.hypot(clientX - pressed.current.x, clientY - pressed.current.y) > LARGEST_CLICK) return
      const token = find(event)
      if (!token) return
      holdToken(item, token)
      requestCaret(token.range)
    },
  }
}

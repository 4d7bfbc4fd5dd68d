import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react'
import { setZoom, useLooking } from '../../stores/view.ts'
import { turnZoom } from '../../stores/zoom.ts'
import type { Rect } from './fit-panes.ts'

type Point = { readonly x: number; readonly y: number }

/** A pane that scrolls, what is drawn in it, and where the formula lies there, in shares of the sheet. */
export type SharedPane = {
  readonly pane: RefObject<HTMLElement | null>
  readonly sheet: RefObject<HTMLElement | null>
  readonly formula: Rect
}

const MIDDLE: Point = { x: 0.5, y: 0.5 }
/** Scroll positions are rounded. */
const ROUNDING = 1.5

/**
 * Two panes looked at as one: scrolling, dragging and zooming in one moves the other to the same part of the formula. The wheel with Ctrl
 * and a pinch zoom at the pointer, a double click fits.
 * @param size changes whenever something is drawn larger or smaller
 * @param hasBoth whether the second pane is there, too
 */
export function useSharedView(first: SharedPane, second: SharedPane, size: string, hasBoth: boolean): void {
  const panes = useRef([first, second] as const)
  /** The place in the middle, and the one that is to stay under the pointer. */
  const middle = useRef(MIDDLE)
  const held = useRef<{ readonly by: number; readonly place: Point; readonly at: Point }>(undefined)
  const set = useRef(new Map<Element, Point>())
  useLayoutEffect(() => {
    panes.current = [first, second]
  })
  useLayoutEffect(() => {
    const hold = held.current
    held.current = undefined
    const leader = hold && panes.current[hold.by]
    if (leader) {
      move(leader, hold.place, hold.at, set.current)
      middle.current = placeAt(leader, middleOf(leader)) ?? MIDDLE
    } else if (useLooking.getState().zoom <= 1) middle.current = MIDDLE
    for (const one of panes.current) if (one !== leader) move(one, middle.current, middleOf(one), set.current)
  }, [size])
  useEffect(() => {
    const controller = new AbortController()
    const { signal } = controller
    panes.current.forEach(({ pane }, by) => {
      const element = pane.current
      if (!element) return
      const follow = () => {
        const expected = set.current.get(element)
        if (expected && isNear(expected, { x: element.scrollLeft, y: element.scrollTop })) return
        set.current.delete(element)
        const [leader, follower] = [panes.current[by], panes.current[1 - by]]
        if (!leader || !follower) return
        middle.current = placeAt(leader, middleOf(leader)) ?? middle.current
        move(follower, middle.current, middleOf(follower), set.current)
      }
      const zoomAt = ({ clientX, clientY }: MouseEvent, zoom: number) => {
        const box = element.getBoundingClientRect()
        const at = { x: clientX - box.left, y: clientY - box.top }
        const pane = panes.current[by]
        const place = pane && placeAt(pane, at)
        if (place && zoom !== useLooking.getState().zoom) held.current = { by, place, at }
        setZoom(zoom)
      }
      const turn = (event: WheelEvent) => {
        if (!event.ctrlKey && !event.metaKey) return
        event.preventDefault()
        zoomAt(event, turnZoom(useLooking.getState().zoom, event.deltaY))
      }
      element.addEventListener('scroll', follow, { signal })
      element.addEventListener('wheel', turn, { signal, passive: false })
      element.addEventListener('dblclick', () => setZoom(1), { signal })
    })
    return () => controller.abort()
  }, [hasBoth])
}

function middleOf({ pane }: SharedPane): Point {
  return { x: (pane.current?.clientWidth ?? 0) / 2, y: (pane.current?.clientHeight ?? 0) / 2 }
}

/** What of the formula is at a point of a pane, in shares of the formula. */
function placeAt({ pane, sheet, formula }: SharedPane, at: Point): Point | undefined {
  const [outer, inner] = [pane.current, sheet.current]
  if (!outer || !inner || inner.offsetWidth === 0 || inner.offsetHeight === 0) return undefined
  const x = (outer.scrollLeft + at.x - inner.offsetLeft) / inner.offsetWidth
  const y = (outer.scrollTop + at.y - inner.offsetTop) / inner.offsetHeight
  return { x: (x - formula.left) / formula.width, y: (y - formula.top) / formula.height }
}

/** Scrolls a part of the formula to a point of the pane, as near as it can be, and remembers that this was no move of the user's. */
function move({ pane, sheet, formula }: SharedPane, place: Point, at: Point, set: Map<Element, Point>): void {
  const [outer, inner] = [pane.current, sheet.current]
  if (!outer || !inner) return
  const x = inner.offsetLeft + (formula.left + place.x * formula.width) * inner.offsetWidth - at.x
  const y = inner.offsetTop + (formula.top + place.y * formula.height) * inner.offsetHeight - at.y
  outer.scrollTo(x, y)
  set.set(outer, { x: outer.scrollLeft, y: outer.scrollTop })
  outer.dataset['pannable'] = String(canPan(outer))
}

export function canPan({ scrollWidth, clientWidth, scrollHeight, clientHeight }: Element): boolean {
  return scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1
}

function isNear(one: Point, other: Point): boolean {
  return Math.abs(one.x - other.x) < ROUNDING && Math.abs(one.y - other.y) < ROUNDING
}

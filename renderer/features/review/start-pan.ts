import type { PointerEvent as ReactPointerEvent } from 'react'
import { canPan } from './use-shared-view.ts'

/** Moves what is scrolled inside the pane along with the pointer until it is let go. */
export function startPan(event: ReactPointerEvent<HTMLElement>): void {
  const pane = event.currentTarget
  if (event.button !== 0 || !canPan(pane)) return
  const from = { x: event.clientX + pane.scrollLeft, y: event.clientY + pane.scrollTop }
  const controller = new AbortController()
  const { signal } = controller
  pane.setPointerCapture(event.pointerId)
  pane.addEventListener(
    'pointermove',
    (move: PointerEvent) => pane.scrollTo(from.x - move.clientX, from.y - move.clientY),
    { signal },
  )
  for (const end of ['pointerup', 'pointercancel'] as const) {
    pane.addEventListener(end, () => controller.abort(), { signal })
  }
}

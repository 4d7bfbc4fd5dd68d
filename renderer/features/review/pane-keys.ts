import type { KeyboardEvent } from 'react'
import { handleKey } from '../../commands/keys.ts'
import { canPan } from './use-shared-view.ts'

const SCROLL_KEYS = new Set([
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'PageUp',
  'PageDown',
  'Home',
  'End',
])

/** A pane with the focus has the keys of the list; those that scroll are its own while there is something to scroll. */
export function handlePaneKey(event: KeyboardEvent<HTMLElement>): void {
  if (event.target !== event.currentTarget) return
  if (SCROLL_KEYS.has(event.key) && canPan(event.currentTarget)) return
  handleKey(event, 'list')
}

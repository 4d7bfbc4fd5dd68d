import type { KeyboardEvent } from 'react'
import {
  acceptAndNext,
  cancelItems,
  copyItems,
  goToNextLook,
  moveCurrent,
  removeItems,
  retryItems,
  targetIds,
  toggleFlags,
} from '../../stores/item-actions.ts'
import { openDialog } from '../../stores/dialogs.ts'
import { useQueueView } from '../../stores/queue-view.ts'
import { selectOnly, selectRange, useReview } from '../../stores/review.ts'
import { useSettings } from '../../stores/settings.ts'

const PAGE_ROWS = 8

export function requestEdit(): void {
  useReview.setState(({ editRequest }) => ({ editRequest: editRequest + 1, step: 'review' }))
}

function moveTo(index: number): void {
  const { visibleIds } = useQueueView.getState()
  const id = visibleIds[Math.max(0, Math.min(visibleIds.length - 1, index))]
  if (id !== undefined) selectOnly(id)
}

function extendTo(by: number): void {
  const { visibleIds } = useQueueView.getState()
  const { currentId } = useReview.getState()
  const id = visibleIds[(currentId === undefined ? 0 : visibleIds.indexOf(currentId)) + by]
  if (id !== undefined) selectRange(id, visibleIds)
}

/** Keys that every list has. */
const LIST_KEYS: Readonly<Record<string, () => void>> = {
  ArrowDown: () => moveCurrent(1),
  ArrowUp: () => moveCurrent(-1),
  PageDown: () => moveCurrent(PAGE_ROWS),
  PageUp: () => moveCurrent(-PAGE_ROWS),
  Home: () => moveTo(0),
  End: () => moveTo(Number.MAX_SAFE_INTEGER),
  Enter: () => void acceptAndNext(),
  Delete: () => void removeItems(targetIds()),
}

/** Single letters for triage; they can be switched off in the settings. */
const TRIAGE_KEYS: Readonly<Record<string, () => void>> = {
  j: () => moveCurrent(1),
  k: () => moveCurrent(-1),
  e: requestEdit,
  f: () => void toggleFlags(targetIds()),
  r: () => retryItems(targetIds()),
  x: () => void cancelItems(targetIds()),
  c: () => void copyItems(targetIds()),
  n: () => void goToNextLook(),
  '?': () => openDialog({ kind: 'help' }),
}

const EXTENDING_KEYS: Readonly<Record<string, () => void>> = {
  ArrowDown: () => extendTo(1),
  ArrowUp: () => extendTo(-1),
}

function selectAllVisible(): void {
  useReview.setState({ selectedIds: new Set(useQueueView.getState().visibleIds) })
}

export function handleQueueKey(event: KeyboardEvent): void {
  const { singleKeyShortcuts } = useSettings.getState().settings
  const command = findCommand(event, singleKeyShortcuts)
  if (!command) return
  event.preventDefault()
  command()
}

function findCommand(event: KeyboardEvent, hasSingleKeys: boolean): (() => void) | undefined {
  const { key, shiftKey, altKey } = event
  const hasControl = event.ctrlKey || event.metaKey
  if (altKey) return undefined
  if (hasControl) {
    if (key === 'a') return selectAllVisible
    return key === 'c' ? () => void copyItems(targetIds()) : undefined
  }
  if (shiftKey && EXTENDING_KEYS[key]) return EXTENDING_KEYS[key]
  return LIST_KEYS[key] ?? (hasSingleKeys ? TRIAGE_KEYS[key.toLowerCase()] : undefined)
}

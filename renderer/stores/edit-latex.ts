import type { Item } from '../../shared/batch.ts'
import { bestLatex } from '../../shared/best-latex.ts'
import { getApi } from '../api.ts'
import { useBatches } from './batches.ts'
import { dropDraft, setDraft, useReview } from './review-actions.ts'
import { runCall } from './run-call.ts'

/** How long typing may pause before it is kept on disk. */
const SAVE_AFTER_MS = 250

const timers = new Map<string, ReturnType<typeof setTimeout>>()

/** What was typed: shown at once, kept on disk shortly after. Typing the engine's own result is no edit. */
export function editLatex(item: Item, latex: string): void {
  const isOriginal = item.result !== undefined && bestLatex(item.result) === latex
  scheduleSave(item.id, isOriginal ? null : latex)
}

/** Back to the engine's result. */
export function revertLatex(itemId: string): void {
  scheduleSave(itemId, null)
  void saveDraft(itemId)
}

function scheduleSave(itemId: string, latex: string | null): void {
  setDraft(itemId, latex)
  clearTimeout(timers.get(itemId))
  timers.set(
    itemId,
    setTimeout(() => void saveDraft(itemId), SAVE_AFTER_MS),
  )
}

/** Keeps a draft now instead of after the pause; without one it does nothing. */
export async function saveDraft(itemId: string): Promise<void> {
  clearTimeout(timers.get(itemId))
  timers.delete(itemId)
  const draft = useReview.getState().drafts.get(itemId)
  const { head } = useBatches.getState()
  if (draft === undefined || !head) return
  await runCall(getApi().editItem({ batchId: head.id, itemId, latex: draft }))
}

export function saveAllDrafts(): void {
  for (const itemId of useReview.getState().drafts.keys()) void saveDraft(itemId)
}

/** A draft that the main process has confirmed is no longer needed. */
export function settleDrafts(items: readonly Item[]): void {
  const { drafts } = useReview.getState()
  for (const { id, edit } of items) {
    if (drafts.has(id) && !timers.has(id) && (edit ?? null) === drafts.get(id)) dropDraft(id)
  }
}

import { bestLatex } from '../../shared/best-latex.ts'
import type { Item } from '../../shared/batch.ts'
import type { ItemEdit } from '../../shared/item-rules.ts'
import { tidyLatex } from '../../shared/latex/tidy-latex.ts'
import { getApi } from '../api.ts'
import { countOf } from './batch-state.ts'
import { useBatches } from './batches.ts'
import { editLatex, saveDraft } from './edit-latex.ts'
import { dropDraft } from './review-actions.ts'
import { runCall } from './run-call.ts'
import { currentLatex } from './shown-latex.ts'
import { showToast } from './toasts.ts'
import { rememberChange } from './undo.ts'

export type LatexChange = { readonly item: Item; readonly latex: string }

export const hasLatex = (item: Item): boolean => (currentLatex(item) ?? '').trim() !== ''

/** Writes the LaTeX of images well; what it means stays the same. */
export function tidyItems(ids: ReadonlySet<string>): void {
  const { items } = useBatches.getState()
  const changes = [...ids].flatMap((id) => {
    const item = items.get(id)
    const latex = item && currentLatex(item)
    const tidied = latex === undefined ? undefined : tidyLatex(latex)
    return item && tidied !== undefined && tidied !== latex ? [{ item, latex: tidied }] : []
  })
  const [first] = changes
  if (!first) showToast({ tone: 'info', message: 'The LaTeX is tidy already.' })
  else if (changes.length === 1) editLatex(first.item, first.latex)
  else void changeLatex(changes, `Tidied ${countOf(changes.length, 'result')}`)
}

/** Changes the LaTeX of many images at once, as one change that can be undone. */
export async function changeLatex(changes: readonly LatexChange[], label: string): Promise<void> {
  const { head } = useBatches.getState()
  if (!head || changes.length === 0) return
  const ids = changes.map(({ item }) => item.id)
  await Promise.all(ids.map((id) => saveDraft(id)))
  // What was typed is kept by now: a draft would hide the change.
  ids.forEach(dropDraft)
  const { items } = useBatches.getState()
  const before = ids.map((itemId): ItemEdit => ({ itemId, latex: items.get(itemId)?.edit ?? null }))
  const after = changes.map(({ item, latex }): ItemEdit => {
    const isOriginal = item.result !== undefined && bestLatex(item.result) === latex
    return { itemId: item.id, latex: isOriginal ? null : latex }
  })
  const edit = (edits: readonly ItemEdit[]) => {
    edits.forEach(({ itemId }) => dropDraft(itemId))
    return runCall(getApi().editItems({ batchId: head.id, edits: [...edits] }))
  }
  if (await edit(after)) rememberChange({ label, undo: () => edit(before), redo: () => edit(after) }, true)
}

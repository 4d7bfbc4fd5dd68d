import { useMemo } from 'react'
import type { Item } from '../../shared/batch.ts'
import { bestLatex, shownLatex } from '../../shared/best-latex.ts'
import { findDelimiters } from '../../shared/find-delimiters.ts'
import type { OcrOptions } from '../../shared/parameters.ts'
import type { CustomDelimiters } from '../../shared/split-math.ts'
import { useBatches } from './batches.ts'
import { useReview } from './review-actions.ts'

/** Items keep their identity until they change, so what was found for one holds while the batch's options are the same. */
const found = new WeakMap<
  Item,
  { readonly options: OcrOptions | undefined; readonly latex: string | undefined }
>()

/** The LaTeX of an item as the user sees it now: draft, else edit, else the engine's result. */
export function currentLatex(item: Item): string | undefined {
  const options = useBatches.getState().head?.options
  const draft = useReview.getState().drafts.get(item.id)
  if (typeof draft === 'string') return draft
  if (draft === null)
    return item.result && bestLatex(item.result, findDelimiters(options ?? {}, item.overrides))
  const known = found.get(item)
  if (known && known.options === options) return known.latex
  const latex = shownLatex(item, findDelimiters(options ?? {}, item.overrides))
  found.set(item, { options, latex })
  return latex
}

export type ShownLatex = {
  readonly latex: string | undefined
  readonly original: string | undefined
  readonly isEdited: boolean
  readonly delimiters: CustomDelimiters
}

/** The same, kept up to date for a component. */
export function useShownLatex(item: Item): ShownLatex {
  const draft = useReview(({ drafts }) => drafts.get(item.id))
  const batchOptions = useBatches(({ head }) => head?.options)
  return useMemo(() => {
    const delimiters = findDelimiters(batchOptions ?? {}, item.overrides)
    const original = item.result && bestLatex(item.result, delimiters)
    const edit = draft === undefined ? item.edit : (draft ?? undefined)
    return { latex: edit ?? original, original, isEdited: edit !== undefined, delimiters }
  }, [draft, batchOptions, item])
}

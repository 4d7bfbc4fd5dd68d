import type { Batch, Item } from '../../shared/batch.ts'
import { shownLatex } from '../../shared/best-latex.ts'
import { findDelimiters } from '../../shared/find-delimiters.ts'
import type { Formula } from '../../node/formats/write-formulas.ts'

/** An image with what stands for it; `formula` is absent where nothing was read. */
export type ItemFormula = { readonly item: Item; readonly formula?: Formula }

/** The images of a batch, or those of them that are named, in drop order. */
export function listFormulas(batch: Batch, itemIds?: readonly string[]): ItemFormula[] {
  const wanted = itemIds && new Set(itemIds)
  return batch.items
    .filter(({ id }) => wanted?.has(id) ?? true)
    .map((item) => {
      const delimiters = findDelimiters(batch.options, item.overrides)
      const latex = shownLatex(item, delimiters)?.trim() ?? ''
      return latex === '' ? { item } : { item, formula: { latex, delimiters } }
    })
}

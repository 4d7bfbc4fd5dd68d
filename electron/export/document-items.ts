import { readFile } from 'node:fs/promises'
import type { Batch, Item } from '../../shared/batch.ts'
import { describeError } from '../../shared/describe-error.ts'
import { toResultLine, type ResultLine } from '../../shared/result-line.ts'
import type { DocumentItem } from '../../node/formats/documents/document.ts'
import type { Formula } from '../../node/formats/write-formulas.ts'
import { listFormulas } from './list-formulas.ts'

export type ExportSource = {
  readonly batch: Batch
  /** Absent: all of the batch. */
  readonly itemIds?: readonly string[]
  /** The upright image on disk. */
  readonly imageFile?: (itemId: string) => string | undefined
}

/** What is written of a batch: each image that was run, in drop order. */
export function listDocumentItems({ batch, itemIds, imageFile }: ExportSource): DocumentItem[] {
  return listFormulas(batch, itemIds).flatMap(({ item, formula }) => {
    if (!wasRun(item) && formula === undefined) return []
    const line = toResultLine(item, nameItem(item))
    return toDocumentItem(
      item,
      { ...line, latex: formula?.latex ?? line.latex },
      {
        image: imageFile?.(item.id),
        ...(formula ? { formula } : {}),
      },
    )
  })
}

type Beside = { readonly image: string | undefined; readonly formula?: Formula }

/** One image with its line; `formula` has delimiters of its own where the image has. */
export function toDocumentItem(item: Item, line: ResultLine, beside: Beside): DocumentItem {
  const formula = beside.formula ?? (line.latex === null ? undefined : { latex: line.latex })
  return {
    line,
    ...(formula ? { formula } : {}),
    ...(line.error && !formula ? { error: describeError(line.error).title } : {}),
    readImage: () => readImage(item, beside.image),
  }
}

export const wasRun = ({ state, result }: Item): boolean =>
  state === 'completed' || state === 'error' || result !== undefined

export const nameItem = ({ source }: Item): string => (source.kind === 'url' ? source.url : source.name)

async function readImage(item: Item, file: string | undefined) {
  if (file === undefined || !item.image) return undefined
  const bytes = await readFile(file).catch(() => undefined)
  return bytes && { bytes, mime: item.image.mime }
}

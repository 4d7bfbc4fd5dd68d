import type { Item } from '../../shared/batch.ts'
import { effectiveOptions } from '../../shared/merge-options.ts'
import { FIRST_FORMATS, type Region } from '../../shared/option-values.ts'
import type { OcrOptions } from '../../shared/parameters.ts'
import { getApi } from '../api.ts'
import { useBatches } from './batches.ts'
import { canRetry } from './item-actions.ts'
import { useReview } from './review-actions.ts'
import { runCall } from './run-call.ts'
import { requestRun } from './start-run.ts'
import { useLooking } from './view.ts'

/** Gives images options of their own and reads them again with these. */
async function readWith(ids: readonly string[], set: OcrOptions): Promise<void> {
  const { head, items } = useBatches.getState()
  if (!head || ids.length === 0) return
  const saved = await runCall(
    getApi().setItemOptions({ batchId: head.id, itemIds: [...ids], set, reset: [] }),
  )
  const again = ids.filter((id) => {
    const item = items.get(id)
    return item !== undefined && canRetry(item)
  })
  if (saved && again.length > 0) requestRun({ itemIds: again })
}

/** Whether an image was read, or is to be read, as one formula. */
export function isReadAsFormula({ overrides }: Item): boolean {
  const { head } = useBatches.getState()
  return effectiveOptions(head?.options ?? {}, overrides).ocr_behavior !== 'text'
}

export function readAsText(ids: ReadonlySet<string>): Promise<void> {
  return readWith([...ids], { ocr_behavior: 'text', formats: [...FIRST_FORMATS.text] })
}

export const canMarkRegion = (item: Item): boolean => item.image !== undefined && item.state !== 'pending'

/** Lets the next drag over the image under review mark what is to be read. */
export function startMarking(): void {
  useReview.setState({ step: 'review' })
  useLooking.setState({ isMarkingRegion: true, comparison: undefined })
}

export function stopMarking(): void {
  useLooking.setState({ isMarkingRegion: false })
}

/** Reads only this part of an image, in its pixels. */
export async function readRegion({ id }: Item, region: Region): Promise<void> {
  stopMarking()
  await readWith([id], { region })
}

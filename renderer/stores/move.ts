import { useBatches } from './batches.ts'
import { lookReasonOf, useQueueView } from './queue-view.ts'
import { selectOnly, selectRange, useReview } from './review-actions.ts'

export const PAGE_ROWS = 8

/** The row under review among those that show; -1: none. */
function currentRow(): number {
  const { currentId } = useReview.getState()
  return currentId === undefined ? -1 : useQueueView.getState().visibleIds.indexOf(currentId)
}

/** Moves the review to a row, stopping at the ends. */
export function moveTo(index: number): void {
  const { visibleIds } = useQueueView.getState()
  const id = visibleIds[Math.max(0, Math.min(visibleIds.length - 1, index))]
  if (id !== undefined) selectOnly(id)
}

export function moveBy(rows: number): void {
  moveTo(currentRow() + rows)
}

/** Takes the rows from the anchor to here into the selection. */
export function extendBy(rows: number): void {
  const { visibleIds } = useQueueView.getState()
  const id = visibleIds[Math.max(0, currentRow()) + rows]
  if (id !== undefined) selectRange(id, visibleIds)
}

export function selectAllVisible(): void {
  useReview.setState({ selectedIds: new Set(useQueueView.getState().visibleIds) })
}

/** The next one, going round, that needs a look or has failed; false when there is none. */
export function goToNextLook(): boolean {
  const { visibleIds } = useQueueView.getState()
  const { currentId } = useReview.getState()
  const { items } = useBatches.getState()
  const start = currentRow() + 1
  for (let step = 0; step < visibleIds.length; step += 1) {
    const id = visibleIds[(start + step) % visibleIds.length]
    const item = id === undefined ? undefined : items.get(id)
    if (!item || item.id === currentId) continue
    if (item.state === 'error' || lookReasonOf(item) !== undefined) {
      selectOnly(item.id)
      return true
    }
  }
  return false
}

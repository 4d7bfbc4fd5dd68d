import { useBatches } from './batches.ts'
import { useQueueView } from './queue-view.ts'
import { selectOnly, useReview } from './review-actions.ts'

let isHeld = false

/** After the page failed no image is put under review until one is chosen: the last one may be the cause. */
export function holdSelection(): void {
  isHeld = true
}

/**
 * Something is always under review while there are items: the first one at the start, and the neighbour of what was removed.
 * Returns the stop.
 */
export function watchSelection(): () => void {
  const check = (visibleIds: readonly string[], before: readonly string[]) => {
    const { items } = useBatches.getState()
    const { currentId, selectedIds } = useReview.getState()
    if (currentId !== undefined) isHeld = false
    if (isHeld) return
    if (currentId === undefined || !items.has(currentId)) {
      const place = currentId === undefined ? 0 : Math.max(0, before.indexOf(currentId))
      selectOnly(visibleIds[Math.min(place, visibleIds.length - 1)])
    } else if ([...selectedIds].some((id) => !items.has(id))) {
      useReview.setState({ selectedIds: new Set([...selectedIds].filter((id) => items.has(id))) })
    }
  }
  check(useQueueView.getState().visibleIds, [])
  return useQueueView.subscribe((state, before) => check(state.visibleIds, before.visibleIds))
}

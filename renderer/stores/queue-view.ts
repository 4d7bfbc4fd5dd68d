import { create } from 'zustand'
import type { Item } from '../../shared/batch.ts'
import { describeError } from '../../shared/describe-error.ts'
import { confidenceOf, findLookReason, type LookReason } from '../../shared/result-flags.ts'
import { describeState } from '../components/look-of-state.tsx'
import { isBatchRunning } from './batch-state.ts'
import { useBatches } from './batches.ts'
import { useRenderability } from './renderability.ts'
import { useReview, type QueueSort } from './review-actions.ts'
import { currentLatex } from './shown-latex.ts'

/** The rows of the queue, in the order shown. */
export const useQueueView = create<{ readonly visibleIds: readonly string[] }>(() => ({ visibleIds: [] }))

/** Why a person should look at it, with the render check as far as it has come. */
export function lookReasonOf(
  item: Item,
  byLatex: ReadonlyMap<string, boolean> = useRenderability.getState().byLatex,
): LookReason | undefined {
  const latex = currentLatex(item)
  const canRender = latex === undefined ? undefined : byLatex.get(latex)
  return findLookReason({ ...item, canRender })
}

/** Lower comes first: what needs a look, least sure first; then what failed; then the rest as dropped. */
function rankForLook(item: Item): number {
  if (lookReasonOf(item) !== undefined) return confidenceOf(item.result) ?? 0
  return item.state === 'error' ? 2 : 3
}

function matchesFilter(item: Item, words: readonly string[]): boolean {
  const { word, phrase } = describeState(item, lookReasonOf(item))
  const error = item.error ? describeError(item.error).title : ''
  const flag = item.flagged ? 'flagged' : ''
  const haystack = [item.key, item.source.name, currentLatex(item) ?? '', word, phrase, error, flag]
    .join('\n')
    .toLowerCase()
  return words.every((wanted) => haystack.includes(wanted))
}

export function arrangeItems(items: readonly Item[], filter: string, sort: QueueSort): string[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  const shown = words.length === 0 ? [...items] : items.filter((item) => matchesFilter(item, words))
  if (sort === 'name') {
    const collator = new Intl.Collator('en', { numeric: true })
    shown.sort((a, b) => collator.compare(a.source.name, b.source.name))
  } else if (sort === 'look') {
    const ranks = new Map(shown.map((item) => [item.id, rankForLook(item)]))
    shown.sort((a, b) => (ranks.get(a.id) ?? 0) - (ranks.get(b.id) ?? 0))
  }
  return shown.map(({ id }) => id)
}

/** Arranges the rows anew. */
function refreshQueueView(): void {
  const { items, order } = useBatches.getState()
  const { filter, sort } = useReview.getState()
  const inOrder = order.flatMap((id) => items.get(id) ?? [])
  useQueueView.setState({ visibleIds: arrangeItems(inOrder, filter, sort) })
}

/**
 * Keeps the rows arranged. A row does not move because its own state changed: the order is made anew only when items come or go,
 * when filter or sort change, and when a run ends, so that nothing jumps under the eye or the pointer. Returns the stop.
 */
export function watchQueueView(): () => void {
  refreshQueueView()
  const stopBatches = useBatches.subscribe((state, before) => {
    const hasRunEnded = isBatchRunning(before.head) && !isBatchRunning(state.head)
    if (state.order !== before.order || hasRunEnded) refreshQueueView()
  })
  const stopReview = useReview.subscribe((state, before) => {
    if (state.filter !== before.filter || state.sort !== before.sort) refreshQueueView()
  })
  return () => {
    stopBatches()
    stopReview()
  }
}

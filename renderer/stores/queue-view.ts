import { create } from 'zustand'
import type { Item } from '../../shared/batch.ts'
import { describeError } from '../../shared/describe-error.ts'
import { confidenceOf, findLookReason, type LookReason } from '../../shared/result-flags.ts'
import { describeState } from '../components/look-of-state.tsx'
import { isBatchRunning } from './batch-state.ts'
import { useBatches } from './batches.ts'
import { useRenderability } from './renderability.ts'
import { useReview, type QueueSort } from './review-actions.ts'
import { useSettings } from './settings.ts'
import { currentLatex } from './shown-latex.ts'
import { listTriages, type Triage } from './triage.ts'

/** The rows of the queue, in the order shown. */
export const useQueueView = create<{ readonly visibleIds: readonly string[] }>(() => ({ visibleIds: [] }))

/** Why a person should look at it, with the render check as far as it has come. */
export function lookReasonOf(
  item: Item,
  byLatex: ReadonlyMap<string, boolean> = useRenderability.getState().byLatex,
  lookBelow = useSettings.getState().settings.lookBelow,
): LookReason | undefined {
  const latex = currentLatex(item)
  const canRender = latex === undefined ? undefined : byLatex.get(latex)
  return findLookReason({ ...item, canRender }, lookBelow)
}

/** Lower comes first: what needs a look, least sure first; then what failed; then the rest as dropped. */
function rankForLook(item: Item): number {
  if (lookReasonOf(item) !== undefined) return confidenceOf(item.result) ?? 0
  return item.state === 'error' ? 2 : 3
}

/** Of several the first in the order of the states counts, so that what failed and what needs a look stand together. */
function rankForState(item: Item): number {
  const [first = 'new'] = listTriages(item, lookReasonOf(item))
  return STATE_ORDER.indexOf(first)
}

const STATE_ORDER: readonly Triage[] = ['failed', 'look', 'flagged', 'new', 'edited', 'accepted']
const collator = new Intl.Collator('en', { numeric: true })
const errorOf = ({ error }: Item) => (error ? describeError(error).title : '\uffff')

/** By what rows are compared; those that are equal stay in the order in which they were dropped. */
const SORTS: Readonly<Record<Exclude<QueueSort, 'drop'>, (item: Item) => number | string>> = {
  look: rankForLook,
  confidence: (item) => confidenceOf(item.result) ?? (item.result ? -1 : 2),
  name: ({ source }) => source.name,
  latex: (item) => currentLatex(item) ?? '\uffff',
  state: rankForState,
  error: errorOf,
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

export type RowOrder = {
  readonly filter: string
  readonly sort: QueueSort
  readonly triage?: Triage | undefined
}

export function arrangeItems(items: readonly Item[], { filter, sort, triage }: RowOrder): string[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  const shown = items.filter(
    (item) =>
      (triage === undefined || listTriages(item, lookReasonOf(item)).includes(triage)) &&
      (words.length === 0 || matchesFilter(item, words)),
  )
  if (sort !== 'drop') {
    const ranks = new Map(shown.map((item) => [item, SORTS[sort](item)]))
    shown.sort((a, b) => compareRanks(ranks.get(a) ?? 0, ranks.get(b) ?? 0))
  }
  return shown.map(({ id }) => id)
}

const compareRanks = (a: number | string, b: number | string): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b))

/** Arranges the rows anew. */
function refreshQueueView(): void {
  const { items, order } = useBatches.getState()
  const { filter, sort, triage } = useReview.getState()
  const inOrder = order.flatMap((id) => items.get(id) ?? [])
  useQueueView.setState({ visibleIds: arrangeItems(inOrder, { filter, sort, triage }) })
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
    const isSame = state.filter === before.filter && state.sort === before.sort
    if (!isSame || state.triage !== before.triage) refreshQueueView()
  })
  return () => {
    stopBatches()
    stopReview()
  }
}

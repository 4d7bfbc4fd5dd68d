import { Flag, Pencil } from 'lucide-react'
import { memo, type MouseEvent } from 'react'
import type { Item } from '../../../shared/batch.ts'
import { describeError } from '../../../shared/describe-error.ts'
import { confidenceOf, formatConfidence } from '../../../shared/result-flags.ts'
import { ROW_BUDGET } from '../../../shared/latex/typesetting-budget.ts'
import { LatexView } from '../../components/latex-view.tsx'
import { cutText } from '../../components/math-error.ts'
import { describeState, UNSENT } from '../../components/look-of-state.tsx'
import { isUnsentItem, selectItem, useBatches } from '../../stores/batches.ts'
import { lookReasonOf, useQueueView } from '../../stores/queue-view.ts'
import { useRenderability } from '../../stores/renderability.ts'
import { selectOnly, selectRange, toggleSelected, useReview } from '../../stores/review-actions.ts'
import { useSettings } from '../../stores/settings.ts'
import { useShownLatex } from '../../stores/shown-latex.ts'
import { RowResult } from './row-result.tsx'
import { Thumbnail } from './thumbnail.tsx'

export const rowElementId = (id: string) => `row-${id}`

type QueueRowProps = {
  readonly id: string
  /** Pixels from the top of the list. */
  readonly start: number
  /** Counted from 1. */
  readonly place: number
  readonly total: number
}

/** Takes only an id, so that a change of one item renders one row. */
export const QueueRow = memo(function QueueRow({ id, start, place, total }: QueueRowProps) {
  const item = useBatches(selectItem(id))
  const isCurrent = useReview(({ currentId }) => currentId === id)
  const isSelected = useReview(({ selectedIds }) => selectedIds.has(id))
  if (!item) return null
  return (
    <Row
      item={item}
      isCurrent={isCurrent}
      isSelected={isSelected}
      start={start}
      place={place}
      total={total}
    />
  )
})

type RowProps = Omit<QueueRowProps, 'id'> & {
  readonly item: Item
  readonly isCurrent: boolean
  readonly isSelected: boolean
}

function Row({ item, isCurrent, isSelected, start, place, total }: RowProps) {
  const { latex } = useShownLatex(item)
  // Marked once the edit is on disk, not while it is typed.
  const isEdited = item.edit !== undefined
  const canRender = useRenderability(({ byLatex }) => (latex === undefined ? undefined : byLatex.get(latex)))
  const lookBelow = useSettings(({ settings }) => settings.lookBelow)
  const reason = lookReasonOf(item, undefined, lookBelow)
  const isUnsent = useBatches(isUnsentItem(item))
  const look = isUnsent ? UNSENT : describeState(item, reason)
  const estimate = item.state === 'completed' ? confidenceOf(item.result) : undefined
  const confidence = estimate === undefined ? undefined : formatConfidence(estimate)
  const name = [
    item.key,
    look.phrase,
    confidence === undefined ? '' : `confidence ${confidence}`,
    isEdited ? 'edited' : '',
    item.flagged ? 'flagged' : '',
  ]
  return (
    <div
      id={rowElementId(item.id)}
      className={`row ${isSelected ? 'row-selected' : ''} ${isCurrent ? 'row-current' : ''}`}
      role="option"
      aria-selected={isSelected}
      aria-setsize={total}
      aria-posinset={place}
      aria-label={name.filter(Boolean).join(', ')}
      style={{ transform: `translateY(${start}px)` }}
      onClick={(event) => choose(event, item.id)}
    >
      <Thumbnail item={item} />
      <div className="row-text">
        <div className="row-head">
          <span className="row-key ellipsis" title={item.source.name}>
            {item.key}
          </span>
          {isEdited ? <Pencil className="icon row-mark" aria-hidden /> : null}
          {item.flagged ? <Flag className="icon row-mark row-flag" aria-hidden /> : null}
          <span className={`row-state tone-${look.tone}`} title={look.phrase}>
            <look.Icon className="icon" aria-hidden />
            {look.word}
            {confidence === undefined ? null : <span className="number">{confidence}</span>}
          </span>
        </div>
        <RowResult>{describeRow(item, latex, canRender)}</RowResult>
      </div>
    </div>
  )
}

function describeRow(item: Item, latex: string | undefined, canRender: boolean | undefined) {
  if (item.state === 'error' && item.error)
    return <span className="meta">{describeError(item.error).title}</span>
  if (latex === undefined || latex === '') return null
  if (canRender === false) return <span className="row-source">{cutText(latex, ROW_BUDGET)}</span>
  return <LatexView latex={latex} />
}

function choose(event: MouseEvent, id: string): void {
  if (event.shiftKey) selectRange(id, useQueueView.getState().visibleIds)
  else if (event.ctrlKey || event.metaKey) toggleSelected(id)
  else {
    selectOnly(id)
    useReview.setState({ step: 'review' })
  }
}

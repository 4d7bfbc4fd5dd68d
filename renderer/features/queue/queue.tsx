import { useMemo } from 'react'
import { Button } from '../../components/button.tsx'
import { countItems } from '../../stores/batch-state.ts'
import { useBatches } from '../../stores/batches.ts'
import { copyAll, isRetryable, retryItems } from '../../stores/item-actions.ts'
import { lookReasonOf, useQueueView } from '../../stores/queue-view.ts'
import { useRenderability } from '../../stores/renderability.ts'
import { QueueHead } from './queue-head.tsx'
import { QueueList } from './queue-list.tsx'
import { SelectionBar } from './selection-bar.tsx'

export function Queue() {
  const hasRows = useQueueView(({ visibleIds }) => visibleIds.length > 0)
  return (
    <section className="queue" aria-label="Queue">
      <QueueHead />
      {hasRows ? <QueueList /> : <p className="queue-none meta">No image matches the filter.</p>}
      <SelectionBar />
      <QueueFoot />
    </section>
  )
}

function QueueFoot() {
  const items = useBatches(({ items }) => items)
  const byLatex = useRenderability(({ byLatex }) => byLatex)
  const counts = useMemo(
    () => countItems(items.values(), (item) => lookReasonOf(item, byLatex) !== undefined),
    [items, byLatex],
  )
  const retryable = useMemo(() => [...items.values()].filter(isRetryable), [items])
  return (
    <footer className="queue-foot">
      <span className="meta number queue-counts">
        {counts.total} · {counts.done} done
        {counts.toLook > 0 ? ` · ${counts.toLook} need${counts.toLook === 1 ? 's' : ''} a look` : ''}
        {counts.failed > 0 ? ` · ${counts.failed} failed` : ''}
      </span>
      <div className="queue-foot-actions">
        {retryable.length > 0 ? (
          <Button look="quiet" onClick={() => retryItems(retryable.map(({ id }) => id))}>
            Retry all failed
          </Button>
        ) : null}
        <Button look="quiet" disabled={counts.done === 0} onClick={() => void copyAll()}>
          Copy all
        </Button>
      </div>
    </footer>
  )
}

import { useMemo } from 'react'
import type { Item } from '../../../shared/batch.ts'
import { describePrice } from '../../../shared/money.ts'
import { chooseOtherEngine, nameEngine } from '../../../shared/other-engine.ts'
import { Button } from '../../components/button.tsx'
import { countItems, countOf, isBatchRunning } from '../../stores/batch-state.ts'
import { useBatches } from '../../stores/batches.ts'
import { askOtherEngine, canAskOther, copyAll, isRetryable, retryItems } from '../../stores/item-actions.ts'
import { lookReasonOf, useQueueView } from '../../stores/queue-view.ts'
import { useRenderability } from '../../stores/renderability.ts'
import { useSettings } from '../../stores/settings.ts'
import { QueueHead } from './queue-head.tsx'
import { QueueList } from './queue-list.tsx'
import { SelectionBar } from './selection-bar.tsx'
import { TriageBar } from './triage-bar.tsx'

export function Queue() {
  const hasRows = useQueueView(({ visibleIds }) => visibleIds.length > 0)
  return (
    <section className="queue" aria-label="Queue">
      <QueueHead />
      <TriageBar />
      {hasRows ? <QueueList /> : <p className="queue-none meta">No image matches the filter.</p>}
      <SelectionBar />
      <QueueFoot />
    </section>
  )
}

function QueueFoot() {
  const items = useBatches(({ items }) => items)
  const byLatex = useRenderability(({ byLatex }) => byLatex)
  const counts = useMemo(() => countItems(items.values()), [items])
  const retryable = useMemo(() => [...items.values()].filter(isRetryable), [items])
  const doubtful = useMemo(
    () => [...items.values()].filter((item) => canAskOther(item) && isDoubtful(item, byLatex)),
    [items, byLatex],
  )
  return (
    <footer className="queue-foot">
      <span className="meta number queue-counts">
        {counts.total.toLocaleString('en')} · {counts.done.toLocaleString('en')} done
      </span>
      <div className="queue-foot-actions">
        <SecondOpinion items={doubtful} />
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

/** What the other engine could settle: nobody has accepted or edited it, and the first one is not sure of it. */
function isDoubtful(item: Item, byLatex: ReadonlyMap<string, boolean>): boolean {
  return (
    item.edit === undefined && item.previousResults === undefined && lookReasonOf(item, byLatex) !== undefined
  )
}

function SecondOpinion({ items }: { readonly items: readonly Item[] }) {
  const head = useBatches(({ head }) => head)
  const standard = useSettings(({ settings }) => settings.engine)
  if (!head || items.length === 0 || isBatchRunning(head)) return null
  const other = chooseOtherEngine(head, standard)
  const price = other.kind === 'local' ? 'free' : describePrice(items.length)
  const what = `Have ${nameEngine(other)} read the ${countOf(items.length, 'doubtful image')} too (${price}); both answers are kept`
  return (
    <Button look="quiet" title={what} onClick={() => askOtherEngine(items.map(({ id }) => id))}>
      Ask {nameEngine(other)} about {items.length.toLocaleString('en')}
    </Button>
  )
}

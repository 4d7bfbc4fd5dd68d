import { useMemo } from 'react'
import { Button } from '../../components/button.tsx'
import { countItems, countOf, isBatchRunning } from '../../stores/batch-state.ts'
import { useBatches } from '../../stores/batches.ts'
import { cancelBatch, startRun } from './start-run.ts'

/** The primary action: convert what is ready, or cancel what is running. */
export function ConvertButton() {
  const items = useBatches(({ items }) => items)
  const isRunning = useBatches(({ head }) => isBatchRunning(head))
  const { ready, preparing } = useMemo(() => countItems(items.values(), () => false), [items])
  if (isRunning) return <Button onClick={() => void cancelBatch()}>Cancel</Button>
  const count = ready + preparing
  return (
    <Button
      look="primary"
      disabled={ready === 0 || preparing > 0}
      title={preparing > 0 ? `Preparing ${countOf(preparing, 'image')}…` : undefined}
      onClick={startRun}
    >
      {count === 0 ? 'Convert' : `Convert ${countOf(count, 'image')}`}
    </Button>
  )
}

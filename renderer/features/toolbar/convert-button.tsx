import { useMemo } from 'react'
import { Button } from '../../components/button.tsx'
import { countItems, countOf, isBatchRunning } from '../../stores/batch-state.ts'
import { useBatches } from '../../stores/batches.ts'
import { cancelRun, requestRun } from '../../stores/start-run.ts'

/** The primary action: convert what is ready, or cancel what is running. */
export function ConvertButton() {
  const items = useBatches(({ items }) => items)
  const isRunning = useBatches(({ head }) => isBatchRunning(head))
  const { ready, preparing } = useMemo(() => countItems(items.values()), [items])
  if (isRunning) return <Button onClick={() => void cancelRun()}>Cancel</Button>
  const count = ready + preparing
  return (
    <Button
      look="primary"
      disabled={ready === 0 || preparing > 0}
      title={preparing > 0 ? `Preparing ${countOf(preparing, 'image')}…` : undefined}
      onClick={() => requestRun()}
    >
      {count === 0 ? 'Convert' : `Convert ${countOf(count, 'image')}`}
    </Button>
  )
}

import { useEffect, useState } from 'react'
import { countItems, countOf, isBatchRunning } from '../stores/batch-state.ts'
import { useBatches } from '../stores/batches.ts'
import { useToasts } from '../stores/toasts.ts'

/** Milestones for screen readers: a run that starts or ends, and what the toasts say. Never each single result. */
export function Announcer() {
  const [message, setMessage] = useState('')
  useEffect(() => {
    const stopToasts = useToasts.subscribe(({ toasts }, before) => {
      const latest = toasts.at(-1)
      if (latest && latest.id !== before.toasts.at(-1)?.id) setMessage(latest.message)
    })
    const stopBatches = useBatches.subscribe(({ head, items }, before) => {
      if (head?.id !== before.head?.id) return
      const [isNow, wasBefore] = [isBatchRunning(head), isBatchRunning(before.head)]
      if (isNow === wasBefore) return
      setMessage(isNow ? 'Converting' : describeEnd(items))
    })
    return () => {
      stopToasts()
      stopBatches()
    }
  }, [])
  return (
    <div role="status" className="visually-hidden">
      {message}
    </div>
  )
}

function describeEnd(items: ReturnType<typeof useBatches.getState>['items']): string {
  const { done, failed } = countItems(items.values())
  const words = `${countOf(done, 'image')} done`
  return failed === 0 ? words : `${words}, ${failed} failed`
}

import { useMemo } from 'react'
import { progressOf, type BatchProgress } from '../../../shared/batch-progress.ts'
import { isBatchRunning } from '../../stores/batch-state.ts'
import { useBatches } from '../../stores/batches.ts'

/** The thin line under the toolbar and its words; always mounted, so that nothing moves when a run starts. */
export function RunProgress() {
  const head = useBatches(({ head }) => head)
  const items = useBatches(({ items }) => items)
  const progress = useMemo(() => {
    if (!head || !isBatchRunning(head)) return undefined
    return progressOf({ ...head, items: [...items.values()] }, Date.now())
  }, [head, items])
  if (!progress) return null
  const { done, total } = progress
  return (
    <>
      <span className="meta number run-words">{describeProgress(progress)}</span>
      <div
        className="run-line"
        role="progressbar"
        aria-label="Conversion"
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done}
      >
        <div className="run-line-done" style={{ transform: `scaleX(${total === 0 ? 0 : done / total})` }} />
      </div>
    </>
  )
}

export function describeProgress({ done, total, remainingSeconds }: BatchProgress): string {
  const counted = `${done} of ${total}`
  return remainingSeconds === undefined || remainingSeconds === 0
    ? counted
    : `${counted} · about ${describeDuration(remainingSeconds)}`
}

export function describeDuration(seconds: number): string {
  if (seconds < 90) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 90 ? `${minutes} min` : `${Math.round(minutes / 60)} h`
}

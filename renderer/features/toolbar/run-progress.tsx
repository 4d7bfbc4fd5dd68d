import { useEffect, useState } from 'react'
import { progressOf, type BatchProgress } from '../../../shared/batch-progress.ts'
import { createRemainingTime } from '../../../shared/remaining-time.ts'
import { isBatchRunning } from '../../stores/batch-state.ts'
import { useBatches, type BatchesState } from '../../stores/batches.ts'

/** The thin line under the toolbar and its words; always mounted, so that nothing moves when a run starts. */
export function RunProgress() {
  const progress = useProgress()
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
        <div
          className={`run-line-done ${progress.isPaused ? 'run-line-paused' : ''}`}
          style={{ transform: `scaleX(${total === 0 ? 0 : done / total})` }}
        />
      </div>
    </>
  )
}

type RunProgress = BatchProgress & { readonly remainingSeconds?: number | undefined }

/** Counted anew with every change of the batch; the rest is estimated from the time of that change. */
function useProgress(): RunProgress | undefined {
  const [progress, setProgress] = useState<RunProgress>()
  useEffect(() => {
    const remainingTime = createRemainingTime(() => performance.now())
    const count = ({ head, items }: BatchesState) => {
      if (!head || !isBatchRunning(head)) {
        setProgress(undefined)
        return
      }
      const counted = progressOf({ ...head, items: [...items.values()] })
      setProgress({ ...counted, remainingSeconds: remainingTime(counted) })
    }
    count(useBatches.getState())
    return useBatches.subscribe(count)
  }, [])
  return progress
}

export function describeProgress({ done, total, remainingSeconds, isPaused }: RunProgress): string {
  const counted = `${done} of ${total}`
  if (isPaused) return `${counted} · paused`
  return remainingSeconds === undefined || remainingSeconds === 0
    ? counted
    : `${counted} · about ${describeDuration(remainingSeconds)}`
}

export function describeDuration(seconds: number): string {
  if (seconds < 90) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 90 ? `${minutes} min` : `${Math.round(minutes / 60)} h`
}

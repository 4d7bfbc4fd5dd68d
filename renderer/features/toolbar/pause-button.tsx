import { Pause, Play } from 'lucide-react'
import { IconButton } from '../../components/button.tsx'
import { isBatchRunning } from '../../stores/batch-state.ts'
import { useBatches } from '../../stores/batches.ts'
import { pauseRun, resumeRun } from '../../stores/start-run.ts'

/** Holds a run, or lets it go on; there only while one is under way. */
export function PauseButton() {
  const isRunning = useBatches(({ head }) => isBatchRunning(head))
  const isPaused = useBatches(({ head }) => head?.isPaused === true)
  if (!isRunning) return null
  return isPaused ? (
    <IconButton label="Resume" onClick={() => void resumeRun()}>
      <Play className="icon" aria-hidden />
    </IconButton>
  ) : (
    <IconButton label="Pause" onClick={() => void pauseRun()}>
      <Pause className="icon" aria-hidden />
    </IconButton>
  )
}

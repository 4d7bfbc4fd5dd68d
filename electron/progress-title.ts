import type { BatchSummary } from '../shared/batch.ts'

export type WindowProgress = {
  readonly title: string
  /** 0 to 1 for the taskbar; -1 takes it away. */
  readonly fraction: number
}

/** What the title and the taskbar tell of all running batches together. */
export function describeProgress(summaries: readonly BatchSummary[]): WindowProgress {
  const running = summaries.filter(({ isRunning }) => isRunning)
  if (running.length === 0) return { title: 'Formulift', fraction: -1 }
  const total = running.reduce((sum, batch) => sum + batch.total, 0)
  const done = running.reduce((sum, batch) => sum + batch.completed + batch.failed, 0)
  const paused = running.every(({ isPaused }) => isPaused) ? ', paused' : ''
  return { title: `${done} of ${total}${paused} – Formulift`, fraction: total === 0 ? -1 : done / total }
}

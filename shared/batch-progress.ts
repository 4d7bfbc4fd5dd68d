import type { Batch, BatchSummary, Submission } from './batch.ts'

export type BatchProgress = {
  /** Items that can have a result: all but those that intake refused. */
  readonly total: number
  readonly done: number
  readonly failed: number
  readonly pending: number
  readonly isPaused: boolean
  /** The first submission of the run that is under way; absent while nothing is running. */
  readonly run?: string
}

const RUNNING: ReadonlySet<Submission['state']> = new Set(['submitting', 'processing'])

export function isRunning(batch: Pick<Batch, 'submissions'>): boolean {
  return batch.submissions.some(({ state }) => RUNNING.has(state))
}

/** True while the user holds back what is not sent yet. */
export function isHeld(batch: Pick<Batch, 'submissions' | 'isPaused'>): boolean {
  return batch.isPaused === true && isRunning(batch)
}

/** Nothing is being prepared, on its way or waiting for an answer or a choice. */
export function isDone(batch: Batch): boolean {
  const isSettled = batch.items.every(({ state }) => state !== 'preparing' && state !== 'pending')
  return isSettled && !isRunning(batch) && batch.submissions.every(({ state }) => state !== 'unclear')
}

export function summarise(batch: Batch): BatchSummary {
  const counts = { completed: 0, error: 0 }
  for (const { state } of batch.items) if (state === 'completed' || state === 'error') counts[state] += 1
  return {
    id: batch.id,
    name: batch.name,
    createdAt: batch.createdAt,
    total: batch.items.length,
    completed: counts.completed,
    failed: counts.error,
    isRunning: isRunning(batch),
    isPaused: isHeld(batch),
  }
}

/** Counts of the run that is under way with all its parts, those that are finished included. */
export function progressOf(batch: Batch): BatchProgress {
  const run = findRun(batch.submissions)
  const ids = new Set(run.flatMap(({ itemIds }) => itemIds))
  const [first] = run
  const items = first ? batch.items.filter(({ id, state }) => ids.has(id) && state !== 'ready') : batch.items
  const counts = { completed: 0, error: 0, pending: 0 }
  for (const { state } of items) if (state in counts) counts[state as keyof typeof counts] += 1
  const done = counts.completed + counts.error
  const isPaused = isHeld(batch)
  const counted = { total: items.length, done, failed: counts.error, pending: counts.pending, isPaused }
  return first ? { ...counted, run: first.id } : counted
}

/** From the first of those submissions on that began together with the first one under way: the clock may have been set since. */
function findRun(submissions: readonly Submission[]): readonly Submission[] {
  const running = submissions.find(({ state }) => RUNNING.has(state))
  if (!running) return []
  return submissions.slice(submissions.findIndex(({ submittedAt }) => submittedAt === running.submittedAt))
}

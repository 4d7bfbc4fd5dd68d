import type { BatchProgress } from './batch-progress.ts'

/**
 * How long the rest of a run takes at the pace that was seen, in seconds: pending × elapsed / done. What was done before the first look
 * does not count, nor does a pause; undefined while there is nothing to go by.
 * @param elapsed milliseconds that never go backwards, whatever the clock is set to
 */
export function createRemainingTime(elapsed: () => number): (progress: BatchProgress) => number | undefined {
  const seen = new Map<string, { readonly since: number; readonly done: number }>()
  return ({ run, done, pending, isPaused }) => {
    if (run === undefined) return undefined
    if (isPaused) {
      seen.delete(run)
      return undefined
    }
    const first = seen.get(run) ?? { since: elapsed(), done }
    seen.set(run, first)
    const doneSince = done - first.done
    return doneSince > 0 ? Math.ceil((pending * (elapsed() - first.since)) / 1000 / doneSince) : undefined
  }
}

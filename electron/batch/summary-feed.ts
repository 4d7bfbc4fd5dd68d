import { isDeepStrictEqual } from 'node:util'
import type { BatchSummary } from '../../shared/batch.ts'

const INTERVAL_MS = 100

/** Sends the list of batches when it changed, at most ten times a second. */
export function createSummaryFeed(read: () => BatchSummary[], send: (summaries: BatchSummary[]) => void) {
  let last: BatchSummary[] = []
  let timer: NodeJS.Timeout | undefined

  function release(): void {
    timer = undefined
    const summaries = read()
    if (isDeepStrictEqual(summaries, last)) return
    last = summaries
    send(summaries)
  }

  return {
    touch() {
      timer ??= setTimeout(release, INTERVAL_MS).unref()
    },
    stop() {
      clearTimeout(timer)
    },
  }
}

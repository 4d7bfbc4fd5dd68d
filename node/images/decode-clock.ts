/** Even a thread that waits for nothing does not have for ever. */
const MOST_STRETCH = 15

/** How often the processor time is divided anew, in parts of the limit. */
const PARTS = 8

/**
 * Calls `onOverrun` when `limitMs` are over, on the clock and in processor time: on a busy machine a decoder that was hardly let run has not used up its time. Only the
 * process knows its time, so a thread's is an even share among those that are `working` at the moment. After fifteen times the limit it is over,
 * whatever the thread did.
 * @returns what stops the clock.
 */
export function startDecodeClock(limitMs: number, onOverrun: () => void, working: () => number): () => void {
  const begun = performance.now()
  let before = process.cpuUsage()
  let usedMs = 0
  let timer = setTimeout(check, limitMs / PARTS)

  function check(): void {
    const { user, system } = process.cpuUsage(before)
    before = process.cpuUsage()
    usedMs += (user + system) / 1000 / Math.max(1, working())
    const passedMs = performance.now() - begun
    const isOver = usedMs >= limitMs && passedMs >= limitMs
    if (isOver || passedMs >= MOST_STRETCH * limitMs) onOverrun()
    else timer = setTimeout(check, limitMs / PARTS)
  }

  return () => clearTimeout(timer)
}

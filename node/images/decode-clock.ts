/** Even a thread that waits for nothing does not have for ever. */
const MOST_STRETCH = 5

/**
 * Calls `onOverrun` when `limitMs` are over, on the clock and in processor time of this process: on a busy machine a decoder that was hardly let run has not used up
 * its time. After five times the limit it has, whatever it did.
 * @returns what stops the clock.
 */
export function startDecodeClock(limitMs: number, onOverrun: () => void): () => void {
  const begun = performance.now()
  const usedBefore = process.cpuUsage()
  let timer = setTimeout(check, limitMs)

  function check(): void {
    const { user, system } = process.cpuUsage(usedBefore)
    const left = Math.min(
      limitMs - (user + system) / 1000,
      begun + MOST_STRETCH * limitMs - performance.now(),
    )
    if (left < 1) onOverrun()
    else timer = setTimeout(check, left)
  }

  return () => clearTimeout(timer)
}

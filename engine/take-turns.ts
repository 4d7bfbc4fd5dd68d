/** How long work may go on before other requests get their turn, in milliseconds. */
const TURN_MS = 8

/** Work that waits to go on: one at a time, with everything else that the process has to do in between. */
const waiting: (() => void)[] = []

/** Lets everything else that waits go first, other work of this kind included: several large requests take no longer turns than one. */
export function waitForTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve)
    if (waiting.length === 1) setImmediate(resumeNext)
  })
}

function resumeNext(): void {
  waiting.shift()?.()
  if (waiting.length > 0) setImmediate(resumeNext)
}

/**
 * For work that grows with a request: awaited between two steps, it lets everything else that waits go first whenever the work has
 * gone on for too long. Costs next to nothing in between.
 *
 * @example
 * const turn = takeTurns()
 * for (const item of items) {
 *   step(item)
 *   await turn()
 * }
 */
export function takeTurns(): () => Promise<void> | undefined {
  let began = performance.now()
  return () => {
    if (performance.now() - began < TURN_MS) return undefined
    return waitForTurn().then(() => {
      began = performance.now()
    })
  }
}

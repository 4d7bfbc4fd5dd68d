/** How long work may go on before other requests get their turn, in milliseconds. */
const TURN_MS = 8

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
    return new Promise((resolve) => {
      setImmediate(() => {
        began = performance.now()
        resolve()
      })
    })
  }
}

/** What Electron puts on `process` in a utility process. */
type ParentPort = { on(event: 'message', listener: (message: { data: unknown }) => void): void }

/**
 * Calls `stop` once, when the engine is told to end: SIGTERM or SIGINT, a `{ type: 'stop' }` from Electron's parent port or from Node's IPC
 * channel, or that channel's end. With `isBound` the end of stdin and a new parent process count too; without it the engine may run in the
 * background with nothing on stdin.
 */
export function watchParent(stop: () => void, { isBound }: { readonly isBound: boolean }): void {
  let isStopping = false
  const stopOnce = (): void => {
    if (!isStopping) stop()
    isStopping = true
  }
  const stopIfTold = (message: unknown): void => {
    if (typeof message === 'object' && message !== null && 'type' in message && message.type === 'stop')
      stopOnce()
  }
  process.on('SIGTERM', stopOnce)
  process.on('SIGINT', stopOnce)
  const { parentPort } = process as { parentPort?: ParentPort }
  parentPort?.on('message', (message) => stopIfTold(message.data))
  process.on('message', stopIfTold)
  process.on('disconnect', stopOnce)
  // A parent that died no longer reads what is written.
  process.stdout.on('error', stopOnce)
  process.stderr.on('error', stopOnce)
  if (!isBound) return
  process.stdin.on('end', stopOnce).on('error', stopOnce).resume()
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) stopOnce()
  }, 2000).unref()
}

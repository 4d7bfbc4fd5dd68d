/** What quitting has to know and do; each part is the platform's. */
export type QuitDeps = {
  /** True while the answer to a request that may be billed is still to come. */
  readonly isSending: () => boolean
  /** Ends everything in good order; resolves when it has. */
  readonly close: () => Promise<unknown>
  /** Says why it takes so long. Resolves to true when the user wants to end all the same, to false when the signal fired first. */
  readonly askToWait: (signal: AbortSignal) => Promise<boolean>
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
}

/** What has no answer to wait for may take this long, in milliseconds. */
const GRACE_MS = 5000
/** After this long the user is told what is being waited for. */
const QUIET_MS = 1500

/**
 * Ends the app's work. A request on its way is waited for, because without its answer nobody knows what was accepted and billed; the user
 * may end all the same.
 */
export async function closeInOrder(deps: QuitDeps): Promise<void> {
  const done = new AbortController()
  const closing = deps.close().finally(() => done.abort())
  await Promise.race([closing, deps.sleep(QUIET_MS, done.signal)])
  if (!done.signal.aborted && deps.isSending()) {
    await Promise.race([closing, deps.askToWait(done.signal).then((ends) => (ends ? undefined : closing))])
    return
  }
  await Promise.race([closing, deps.sleep(GRACE_MS - QUIET_MS, done.signal)])
}

import type { Clock } from './clock.ts'

/** Told to end: by Ctrl-C, by another program, by a terminal that is closed or a line that drops, by Ctrl-\. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const

/**
 * One Ctrl-C comes several times: the terminal sends it to every process that it started, and those that started others (npm, a script)
 * hand it on. So what follows within this time, in milliseconds, is the same wish.
 */
const COPIES_MS = 1500

export type StopWish = {
  /** The first wish: end in good order. */
  readonly onStop: () => void
  /** A later one: do not wait for anything. */
  readonly onEnd: () => void
}

type Name = (typeof SIGNALS)[number]

export type SignalSource = {
  readonly on: (name: Name, listener: () => void) => unknown
  readonly removeAllListeners: (name: Name) => unknown
}

/**
 * Tells a wish to end from its copies, and from a second one. `source` is the process. It replaces who listened before: a library that
 * tidies up at the end sends itself the signal once more. Under Electron it comes after the app is ready, for Chromium ends at a second copy.
 */
export function watchStopSignals(
  source: SignalSource,
  { onStop, onEnd }: StopWish,
  clock: Pick<Clock, 'elapsed'>,
): void {
  let first: number | undefined
  const listen = () => {
    if (first === undefined) {
      first = clock.elapsed()
      onStop()
    } else if (clock.elapsed() - first > COPIES_MS) onEnd()
  }
  for (const name of SIGNALS) {
    // The last listener to go takes away what Chromium has set, too.
    source.removeAllListeners(name)
    source.on(name, listen)
  }
}

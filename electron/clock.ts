/**
 * Two kinds of time, which must not be mixed. `now` is what people read and servers write: it leaps when the clock is set. `elapsed`
 * never does: whatever measures how long something takes, or how long to wait, counts with it.
 */
export type Clock = {
  /** Milliseconds since 1970 by the computer's clock. */
  readonly now: () => number
  /** Milliseconds since some moment of this process; never goes back, whatever the clock is set to. */
  readonly elapsed: () => number
}

export const systemClock: Clock = { now: () => Date.now(), elapsed: () => performance.now() }

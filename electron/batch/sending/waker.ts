type Sleep = (ms: number, signal: AbortSignal) => Promise<void>

/** A sleep that can be ended early from outside, again and again. */
export class Waker {
  readonly #sleep: Sleep
  #current = new AbortController()

  constructor(sleep: Sleep) {
    this.#sleep = sleep
  }

  readonly sleep: Sleep = async (ms, signal) => {
    const { signal: woken } = this.#current
    await this.#sleep(ms, AbortSignal.any([signal, woken]))
    if (woken.aborted) this.#current = new AbortController()
  }

  /** Ends the sleep of this moment, or the next one when nobody sleeps just now. */
  wake(): void {
    this.#current.abort()
  }
}

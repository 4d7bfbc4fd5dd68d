/** Lets one loop sleep until something happened, or until it is told to stop. Nothing that happens in between is missed. */
export class EventWaiter {
  #isWoken = false
  #wake: (() => void) | undefined

  constructor(signal: AbortSignal) {
    signal.addEventListener('abort', () => this.wake(), { once: true })
  }

  wake(): void {
    this.#isWoken = true
    this.#wake?.()
  }

  async next(): Promise<void> {
    if (!this.#isWoken) await new Promise<void>((resolve) => (this.#wake = resolve))
    this.#isWoken = false
    this.#wake = undefined
  }
}

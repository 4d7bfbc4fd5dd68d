/**
 * Bounds the pixels that are in memory at the same time, however many pictures that are: small ones go side by side, one that is larger than the limit goes
 * alone. First come, first served, so that a large one is not overtaken for ever.
 */
export class PixelGate {
  readonly #limit: number
  readonly #waiting: { readonly pixels: number; readonly enter: () => void }[] = []
  #inFlight = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  /** Resolves when there is room. The function that it gives makes the room free again; calling it twice does no harm. */
  async enter(pixels: number): Promise<() => void> {
    const share = Math.min(pixels, this.#limit)
    if (this.#waiting.length > 0 || this.#inFlight + share > this.#limit) {
      await new Promise<void>((resolve) => this.#waiting.push({ pixels: share, enter: resolve }))
    } else this.#inFlight += share
    let isInside = true
    return () => {
      if (!isInside) return
      isInside = false
      this.#inFlight -= share
      this.#admit()
    }
  }

  #admit(): void {
    for (
      let next = this.#waiting[0];
      next && this.#inFlight + next.pixels <= this.#limit;
      next = this.#waiting[0]
    ) {
      this.#waiting.shift()
      this.#inFlight += next.pixels
      next.enter()
    }
  }
}

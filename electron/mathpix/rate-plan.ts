import type { Clock } from '../clock.ts'

/** Milliseconds in which the service counts images. */
const WINDOW_MS = 60_000

/** Images that left in one request. */
export type Sending = { readonly images: number; endedAt: number | undefined }

/**
 * At most so many images to one account within any minute. A bucket that refills at that pace would let twice as many pass in its
 * first minute, so what was sent is remembered for a minute after its reply: the service counts somewhere between.
 */
export class RatePlan {
  readonly #limit: () => number | undefined
  readonly #elapsed: Clock['elapsed']
  #sendings: Sending[] = []

  /** `limit` in images a minute, asked anew each time; undefined: no plan. `elapsed` in ms, see clock.ts. */
  constructor(limit: () => number | undefined, elapsed: Clock['elapsed']) {
    this.#limit = limit
    this.#elapsed = elapsed
  }

  /** Milliseconds until `images` more may leave; 0: now. More than a minute's worth waits until nothing else counts. */
  delay(images: number): number {
    const limit = this.#limit()
    if (limit === undefined) return 0
    const now = this.#elapsed()
    const left = (sending: Sending) => (sending.endedAt ?? now) + WINDOW_MS - now
    this.#sendings = this.#sendings.filter((sending) => left(sending) > 0)
    const used = this.#sendings.reduce((sum, sending) => sum + sending.images, 0)
    let missing = used + Math.min(images, limit) - limit
    if (missing <= 0) return 0
    for (const sending of this.#sendings.toSorted((a, b) => left(a) - left(b))) {
      missing -= sending.images
      if (missing <= 0) return left(sending)
    }
    return WINDOW_MS
  }

  begin(images: number): Sending {
    const sending = { images, endedAt: undefined }
    this.#sendings.push(sending)
    return sending
  }

  /** The reply is there, or it is certain that nothing left (`hasLeft` false). */
  end(sending: Sending, hasLeft: boolean): void {
    sending.endedAt = this.#elapsed()
    if (!hasLeft) this.#sendings = this.#sendings.filter((other) => other !== sending)
  }
}

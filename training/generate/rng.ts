/** Seeded random numbers (mulberry32): the same seed gives the same data on every machine. */
export class Rng {
  #state: number

  /** Letters that the current formula uses most: real formulas have two or three, not a dozen. */
  letters: readonly string[] = []

  constructor(seed: number) {
    this.#state = Math.imul(seed, 2654435761) >>> 0
  }

  /** Uniform in [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.next()
  }

  /** Whole number, both ends included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1))
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(choices: readonly T[]): T {
    const choice = choices[Math.floor(this.next() * choices.length)]
    if (choice === undefined) throw new Error('Nothing to pick from')
    return choice
  }

  /** Picks by weight. */
  weighted<T>(choices: readonly (readonly [number, T])[]): T {
    let place = this.next() * choices.reduce((sum, [weight]) => sum + weight, 0)
    for (const [weight, choice] of choices) {
      place -= weight
      if (place < 0) return choice
    }
    const last = choices.at(-1)
    if (!last) throw new Error('Nothing to pick from')
    return last[1]
  }

  /** Normal deviate (mean 0, deviation 1). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next())
  }
}

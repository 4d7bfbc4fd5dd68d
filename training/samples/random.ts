/** Seeded random numbers: the same seed gives the same picture on every machine. */
export type Random = {
  /** Uniform in [0, 1). */
  readonly next: () => number
  /** Uniform between two bounds. */
  readonly between: (low: number, high: number) => number
  /** Normally distributed about 0 (Box–Muller). */
  readonly normal: (deviation: number) => number
}

/** Mulberry32: 32 bits of state are plenty for a picture. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    normal: (deviation) => deviation * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  }
}

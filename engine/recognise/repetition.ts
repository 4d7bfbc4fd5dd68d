const longestPeriod = 16

/** True when the ids end in the same stretch again and again: the reader has lost its place and would never stop. */
export function isLooping(ids: readonly number[]): boolean {
  for (let period = 1; period <= longestPeriod; period += 1) {
    // Long numbers and dots repeat honestly for a while; long stretches do not.
    const needed = period * (period <= 2 ? 12 : 5)
    if (ids.length < needed) continue
    let isSame = true
    for (let back = 1; back <= needed - period && isSame; back += 1) {
      isSame = ids[ids.length - back] === ids[ids.length - back - period]
    }
    if (isSame) return true
  }
  return false
}

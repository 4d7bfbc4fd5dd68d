const longestPeriod = 48

/** How often a stretch must come in a row to be no formula: long numbers and dots repeat honestly for a while, long stretches do not. */
function leastRepeats(period: number): number {
  if (period <= 2) return 12
  return period <= 16 ? 5 : 3
}

/** True when the ids end in the same stretch again and again: the reader has lost its place and would never stop. */
export function isLooping(ids: readonly number[]): boolean {
  return findPeriod(ids) !== undefined
}

/** The ids without the repetitions they end in: what comes again stays once. */
export function cutLoop(ids: readonly number[]): readonly number[] {
  const period = findPeriod(ids)
  if (period === undefined) return ids
  let end = ids.length
  while (end > period && ids[end - 1] === ids[end - 1 - period]) end -= 1
  return ids.slice(0, end)
}

function findPeriod(ids: readonly number[]): number | undefined {
  for (let period = 1; period <= longestPeriod; period += 1) {
    const needed = period * leastRepeats(period)
    if (ids.length < needed) continue
    let isSame = true
    for (let back = 1; back <= needed - period && isSame; back += 1) {
      isSame = ids[ids.length - back] === ids[ids.length - back - period]
    }
    if (isSame) return period
  }
  return undefined
}

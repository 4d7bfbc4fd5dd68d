/** Otsu's threshold: the bin of a histogram from which on what stands out begins. */
export function findSplit(counts: ArrayLike<number>): number {
  let total = 0
  let weighted = 0
  for (let bin = 0; bin < counts.length; bin += 1) {
    total += counts[bin] ?? 0
    weighted += (counts[bin] ?? 0) * bin
  }
  let below = 0
  let belowWeighted = 0
  let best = 1
  let bestSpread = -1
  for (let bin = 0; bin < counts.length - 1; bin += 1) {
    below += counts[bin] ?? 0
    belowWeighted += (counts[bin] ?? 0) * bin
    const above = total - below
    if (below === 0 || above === 0) continue
    const distance = belowWeighted / below - (weighted - belowWeighted) / above
    const spread = below * above * distance * distance
    if (spread > bestSpread) {
      bestSpread = spread
      best = bin + 1
    }
  }
  return best
}

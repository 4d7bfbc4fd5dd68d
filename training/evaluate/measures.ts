/** Wilson's 95 % interval of a share. */
export function findInterval(hits: number, total: number): [number, number] {
  if (total === 0) return [0, 1]
  const z = 1.96
  const share = hits / total
  const centre = share + (z * z) / (2 * total)
  const reach = z * Math.sqrt((share * (1 - share)) / total + (z * z) / (4 * total * total))
  const scale = 1 + (z * z) / total
  return [Math.max(0, (centre - reach) / scale), Math.min(1, (centre + reach) / scale)]
}

/** The value below which `share` of the values lie. */
export function findPercentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

/** Chance that a right reading has a higher confidence than a wrong one (area under the ROC curve). */
export function measureRanking(rated: readonly { confidence: number; isRight: boolean }[]): number {
  const right = rated.filter((one) => one.isRight)
  const wrong = rated.filter((one) => !one.isRight)
  let wins = 0
  for (const good of right) {
    for (const bad of wrong) {
      if (good.confidence > bad.confidence) wins += 1
      else if (good.confidence === bad.confidence) wins += 0.5
    }
  }
  return right.length * wrong.length === 0 ? Number.NaN : wins / (right.length * wrong.length)
}

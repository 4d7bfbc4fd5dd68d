const bins = 256

/** Some thousand of the values. */
export function takeSample(values: Float32Array): Float32Array {
  const step = Math.max(1, Math.floor(values.length / 4000))
  if (step === 1) return values
  const sample = new Float32Array(Math.ceil(values.length / step))
  for (let at = 0; at < sample.length; at += 1) sample[at] = values[at * step] ?? 0
  return sample
}

/**
 * The value that would be at `rank` were they in order of size. They are counted by size first, and only those of one size are sorted.
 * @param largest about the largest of the values, of which none is negative
 * @returns `undefined` where there are not so many.
 */
export function findRanked(values: Float32Array, rank: number, largest = 255): number | undefined {
  if (rank >= values.length) return undefined
  const scale = (bins - 1) / largest
  const binOf = (value: number) => Math.min(bins - 1, Math.floor(value * scale))
  const counts = new Uint32Array(bins)
  const { length } = values
  for (let at = 0; at < length; at += 1) {
    const bin = binOf(values[at] ?? 0)
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  let before = 0
  let chosen = 0
  while (before + (counts[chosen] ?? 0) <= rank) {
    before += counts[chosen] ?? 0
    chosen += 1
  }
  const alike = new Float32Array(counts[chosen] ?? 0)
  let found = 0
  let isSame = true
  for (let at = 0; at < length; at += 1) {
    const value = values[at] ?? 0
    if (binOf(value) !== chosen) continue
    alike[found] = value
    isSame &&= value === alike[0]
    found += 1
  }
  return isSame ? alike[0] : alike.sort()[rank - before]
}

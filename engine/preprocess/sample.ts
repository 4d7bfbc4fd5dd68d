/** Some thousand of the values, in order of size. */
export function sampleSorted(values: Float32Array): Float32Array {
  const step = Math.max(1, Math.floor(values.length / 4000))
  const sample = new Float32Array(Math.ceil(values.length / step))
  for (let at = 0; at < sample.length; at += 1) sample[at] = values[at * step] ?? 0
  return sample.sort()
}

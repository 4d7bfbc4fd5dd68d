/** Some thousand of the values, in order of size. */
export function sampleSorted(values: Float32Array): Float32Array {
  const step = Math.max(1, Math.floor(values.length / 4000))
  return Float32Array.from(
    { length: Math.ceil(values.length / step) },
    (_, at) => values[at * step] ?? 0,
  ).sort()
}

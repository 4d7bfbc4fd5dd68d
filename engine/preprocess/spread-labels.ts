import type { Plane } from './pixels.ts'

/** The label of a pixel that belongs to nothing yet. */
export const unknown = 255

/**
 * Gives every pixel the label of the nearest labelled one, in `labels` itself: first all that can be reached without leaving that
 * one's brightness, then the rest.
 * @param tolerance grey levels within which brightness is the same
 * @param only for each pixel the only label that it may get, and 1 more; 0 where any will do
 * @returns for each pixel the brightness of the labelled pixel that it was reached from.
 */
export function spreadLabels(
  labels: Uint8Array,
  { values, width, height }: Plane,
  tolerance: number,
  only: Uint8Array,
): Float32Array {
  const background = values.slice()
  for (const most of [tolerance, Infinity]) {
    const queue = new Uint32Array(labels.length)
    let end = 0
    for (let at = 0; at < labels.length; at += 1) if (labels[at] !== unknown) queue[end++] = at
    const reach = (from: number, to: number) => {
      const level = background[from] ?? 0
      const label = labels[from] ?? 0
      if (labels[to] !== unknown || Math.abs((values[to] ?? 0) - level) > most) return
      if (only[to] !== 0 && only[to] !== label + 1) return
      labels[to] = label
      background[to] = level
      queue[end++] = to
    }
    for (let next = 0; next < end; next += 1) {
      const at = queue[next] ?? 0
      const x = at % width
      if (x > 0) reach(at, at - 1)
      if (x + 1 < width) reach(at, at + 1)
      if (at >= width) reach(at, at - width)
      if (at < width * (height - 1)) reach(at, at + width)
    }
  }
  return background
}

/** A sign that the spotter found on a canvas. */
export type SpottedSign = {
  /** Left, top, right and bottom of its ink, in pixels of the canvas. */
  readonly box: SignBox
  /** Row and column of the cell (of 4 by 4 pixels) at which it was found. */
  readonly place: readonly [number, number]
  /** How sure it is that a sign is here at all, 0…1. */
  readonly probability: number
  /** Probability of each token of the vocabulary, by its id; the largest ones tell what the sign is. */
  readonly names: Float32Array
  /** Probability of each alphabet: upright, italic, bold, calligraphic, blackboard, fraktur, sans, typewriter. */
  readonly styles: Float32Array
  /** What the convolutions saw there. */
  readonly features: Float32Array
}

export type SignBox = readonly [left: number, top: number, right: number, bottom: number]

/** The median of the longer sides of boxes: what the sizes of signs are compared to. */
export function measureUnit(boxes: readonly SignBox[]): number {
  const sides = boxes.map(([left, top, right, bottom]) => Math.max(right - left, bottom - top))
  return Math.max(1e-3, sides.sort((one, other) => one - other)[(boxes.length - 1) >> 1] ?? 1)
}

/** The id of the largest value. */
export function findLargest(values: Float32Array): number {
  let best = 0
  for (let at = 1; at < values.length; at += 1) if ((values[at] ?? 0) > (values[best] ?? 0)) best = at
  return best
}

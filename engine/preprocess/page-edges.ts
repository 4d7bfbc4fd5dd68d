import type { Plane } from './pixels.ts'
import { findRanked, takeSample } from './sample.ts'

/** Darker or lighter than these shares of the picture's middle brightness is not the same sheet. */
const [darkShare, lightShare] = [0.6, 1.35]
/** How much of a side has to be strange, and how deep that may reach into the picture. */
const leastAlong = 0.6
const mostDeep = 0.3
/** An edge is sharp, a shadow is not: what the brightness changes by within four pixels, as a share of the middle one. */
const leastStep = 0.2
/** Pixels that the soft end of an edge takes. */
const soft = 3

/** One side of a plane, seen from outside: `at(along, deep)` is the place of a pixel. */
type Side = {
  readonly length: number
  readonly depth: number
  readonly at: (along: number, deep: number) => number
}

/**
 * Covers what lies beside the sheet: a dark or light margin or wedge along a side of the picture gets the brightness of the paper beside
 * it, so that it is neither taken for the ink that everything is measured by nor for the paper of a board.
 */
export function coverPageEdges(grey: Plane): Plane {
  const sample = takeSample(grey.values)
  const middle = findRanked(sample, sample.length >> 1) ?? 0
  let { values } = grey
  for (const side of listSides(grey)) {
    values = coverSide(values, side, middle, (level) => level < darkShare * middle)
    values = coverSide(values, side, middle, (level) => level > lightShare * middle)
  }
  return values === grey.values ? grey : { ...grey, values }
}

function listSides({ width, height }: Plane): Side[] {
  return [
    { length: width, depth: height, at: (along, deep) => deep * width + along },
    { length: width, depth: height, at: (along, deep) => (height - 1 - deep) * width + along },
    { length: height, depth: width, at: (along, deep) => along * width + deep },
    { length: height, depth: width, at: (along, deep) => along * width + width - 1 - deep },
  ]
}

function coverSide(
  values: Float32Array,
  side: Side,
  middle: number,
  isStrange: (level: number) => boolean,
): Float32Array {
  const limit = Math.floor(mostDeep * side.depth)
  if (limit < soft) return values
  const read = (along: number, deep: number) => values[side.at(along, Math.min(side.depth - 1, deep))] ?? 0
  // Most sides are settled by their outermost pixels.
  let strange = 0
  for (let along = 0; along < side.length; along += 1) strange += Number(isStrange(read(along, 0)))
  if (strange < leastAlong * side.length) return values
  const depths = Array.from({ length: side.length }, (_, along) => {
    let deep = 0
    while (deep < limit && isStrange(read(along, deep))) deep += 1
    return deep
  })
  const tooDeep = depths.filter((deep) => deep === limit).length
  if (tooDeep > 0.1 * side.length) return values
  const steps = depths
    .flatMap((deep, along) =>
      deep > 0 ? [Math.abs(read(along, deep + 2) - read(along, Math.max(0, deep - 2)))] : [],
    )
    .sort((one, other) => one - other)
  if ((steps[steps.length >> 1] ?? 0) < leastStep * middle) return values
  const output = values.slice()
  depths.forEach((deep, along) => {
    if (deep === 0) return
    const paper = read(along, deep + soft)
    for (let at = 0; at < deep + soft; at += 1) output[side.at(along, at)] = paper
  })
  return output
}

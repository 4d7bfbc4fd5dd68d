import type { Plane } from './pixels.ts'
import { findRanked, takeSample } from './sample.ts'
import { transpose } from './transpose.ts'

type Axis = 'across' | 'down'

/** Pixels: what repeats faster is grain, what repeats slower may be letters. */
const [shortest, longest] = [2, 8]
/** Bands in which stripes are looked for: their breadth in pixels, and how many at most. */
const bandBreadth = 16
const mostBands = 12
/** Correlation of a band with itself one period on, and the share of bands that have to show it. */
const leastCorrelation = 0.45
const leastShare = 0.7
/** Stripes fainter than this share of the picture's contrast are not mistaken for ink. */
const leastAmplitude = 0.04

/**
 * Averages the stripes away that a camera sees on a screen: something that repeats all over the picture with a period of a few pixels,
 * across or down. Each axis is averaged over just one period, so that strokes lose little.
 */
export function removeStripes(grey: Plane): Plane {
  const contrast = measureContrast(grey)
  const across = findPeriod(grey, 'across', contrast)
  const level = across === undefined ? grey : averageRows(grey, across)
  const down = findPeriod(level, 'down', contrast)
  return down === undefined ? level : transpose(averageRows(transpose(level), down))
}

/** The period in pixels of what repeats along one axis in the whole plane; `undefined` when nothing does. */
function findPeriod(plane: Plane, axis: Axis, contrast: number): number | undefined {
  const [length, breadth] = axis === 'across' ? [plane.width, plane.height] : [plane.height, plane.width]
  if (length < 4 * longest) return undefined
  const least = leastAmplitude * contrast
  const count = Math.max(1, Math.min(mostBands, Math.floor(breadth / bandBreadth)))
  const lags = new Float64Array(longest + 2)
  const bands = Array.from({ length: count }, (_, band) => {
    const from = Math.floor((band * breadth) / count)
    const to = Math.max(from + 1, Math.floor(((band + 1) * breadth) / count))
    return correlate(measureProfile(plane, axis, from, to), least)
  })
  for (const band of bands) band?.forEach((value, lag) => (lags[lag] = (lags[lag] ?? 0) + value / count))
  const at = (lag: number) => lags[lag] ?? 0
  for (let lag = shortest; lag <= longest; lag += 1) {
    if (at(lag) < leastShare * leastCorrelation || at(lag) < at(lag - 1) || at(lag) < at(lag + 1)) continue
    const agreeing = bands.filter((band) => (band?.[lag] ?? 0) > leastCorrelation).length
    if (agreeing < leastShare * count) continue
    // The top of the parabola through the three values.
    const bend = at(lag - 1) - 2 * at(lag) + at(lag + 1)
    return lag + (bend < 0 ? (0.5 * (at(lag - 1) - at(lag + 1))) / bend : 0)
  }
  return undefined
}

/** Grey levels between the darkest and the lightest hundredth. */
function measureContrast({ values }: Plane): number {
  const sample = takeSample(values)
  const level = (share: number) => findRanked(sample, Math.floor(share * (sample.length - 1))) ?? 0
  return level(0.99) - level(0.01)
}

/** Mean of each column between two rows, or of each row between two columns. */
function measureProfile(
  { width, height, values }: Plane,
  axis: Axis,
  from: number,
  to: number,
): Float64Array {
  const means = new Float64Array(axis === 'across' ? width : height)
  const share = 1 / (to - from)
  if (axis === 'across') {
    for (let y = from; y < to; y += 1)
      for (let x = 0; x < width; x += 1) means[x] = (means[x] ?? 0) + share * (values[y * width + x] ?? 0)
    return means
  }
  for (let y = 0; y < height; y += 1) {
    let sum = 0
    for (let x = from; x < to; x += 1) sum += values[y * width + x] ?? 0
    means[y] = share * sum
  }
  return means
}

/** The correlation of a profile with itself by lag, slow changes taken out; `undefined` when it hardly changes. */
function correlate(means: Float64Array, leastSwing: number): Float64Array | undefined {
  const slow = averageOver(means, 2 * longest + 1)
  const fast = means.map((value, at) => value - (slow[at] ?? 0))
  const energy = fast.reduce((sum, value) => sum + value * value, 0)
  if (Math.sqrt((2 * energy) / means.length) < leastSwing) return undefined
  return Float64Array.from({ length: longest + 2 }, (_, lag) => {
    let sum = 0
    for (let at = lag; at < fast.length; at += 1) sum += (fast[at] ?? 0) * (fast[at - lag] ?? 0)
    return sum / energy
  })
}

/** Running mean over a length that need not be whole; at the ends over what there is. */
function averageOver(line: ArrayLike<number>, length: number): Float64Array {
  const sums = new Float64Array(line.length + 1)
  for (let at = 0; at < line.length; at += 1) sums[at + 1] = (sums[at] ?? 0) + (line[at] ?? 0)
  const upTo = (place: number) => {
    const inside = Math.min(line.length, Math.max(0, place))
    const whole = Math.min(line.length - 1, Math.floor(inside))
    return (sums[whole] ?? 0) + (inside - whole) * (line[whole] ?? 0)
  }
  return Float64Array.from({ length: line.length }, (_, at) => {
    const from = Math.max(0, at + 0.5 - length / 2)
    const to = Math.min(line.length, at + 0.5 + length / 2)
    return (upTo(to) - upTo(from)) / (to - from)
  })
}

function averageRows({ width, height, values }: Plane, length: number): Plane {
  const output = new Float32Array(values.length)
  for (let y = 0; y < height; y += 1)
    output.set(averageOver(values.subarray(y * width, (y + 1) * width), length), y * width)
  return { width, height, values: output }
}

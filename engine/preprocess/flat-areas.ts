import { findComponents, type Component } from './components.ts'
import type { Plane } from './pixels.ts'
import { findRanked, takeSample } from './sample.ts'

/** A connected part of a picture without edges in it; `level` is its mean brightness. */
export type FlatArea = Component & { readonly level: number }

export type FlatAreas = {
  /** The picture, without most of its grain. */
  readonly smooth: Plane
  /** Largest first. */
  readonly areas: readonly FlatArea[]
  /** Grey levels within which brightness is taken for the same. */
  readonly tolerance: number
  /** Whether a program drew the picture: there is no grain, and the paper has one brightness. */
  readonly isDrawn: boolean
}

/** In what a program drew, neighbours are mostly equal; where they differ by this much in the middle, a camera or scanner saw it. */
const grainy = 0.4
/** Grey levels that paper varies by on a drawn picture. */
const mostShade = 3
/** Smaller areas are what strokes enclose. */
const leastArea = 12

/**
 * Where nothing changes over three pixels: paper, boxes, markers, and what is inside of thick strokes.
 * @returns `undefined` where all of it has the same brightness but for `leastDifference` grey levels: there is one ground at most.
 */
export function findFlatAreas(grey: Plane, leastDifference: number): FlatAreas | undefined {
  const grain = measureGrain(grey)
  const smooth = grain > grainy ? averageNine(grey) : grey
  const tolerance = Math.min(20, 8 + 2 * grain)
  const { marks, range } = markFlat(smooth, tolerance)
  if (range < leastDifference) return undefined
  const areas = findComponents(marks, 0, { leastArea })
    .map((piece) => ({ ...piece, level: measureLevel(smooth, piece) }))
    .sort((one, other) => other.area - one.area)
  const isDrawn = grain <= grainy && measureShade(smooth, areas[0]) <= mostShade
  return { smooth, areas, tolerance, isDrawn }
}

/** Grey levels that the brightness of an area varies by, the outer tenths left out. */
function measureShade({ values, width }: Plane, area: FlatArea | undefined): number {
  const levels = Float32Array.from(
    area?.runs ?? [],
    ({ y, start, end }) => values[y * width + ((start + end) >> 1)] ?? 0,
  )
  levels.sort()
  const level = (share: number) => levels[Math.floor(share * (levels.length - 1))] ?? 0
  return level(0.9) - level(0.1)
}

/** The middle difference between neighbours across, in grey levels. */
function measureGrain({ values, width }: Plane): number {
  const step = Math.max(1, Math.floor(values.length / 4000))
  const differences = new Float32Array(Math.floor((values.length - 1) / step))
  for (let at = 0; at < differences.length; at += 1) {
    const place = at * step
    const isLast = place % width === width - 1
    differences[at] = isLast ? 0 : Math.abs((values[place] ?? 0) - (values[place + 1] ?? 0))
  }
  const sample = takeSample(differences)
  return findRanked(sample, sample.length >> 1) ?? 0
}

/** The mean of each pixel and its neighbours; the outermost pixels stay. */
function averageNine({ values, width, height }: Plane): Plane {
  const output = values.slice()
  for (let y = 1; y < height - 1; y += 1) {
    const row = y * width
    let before = sumColumn(values, row, width)
    let here = sumColumn(values, row + 1, width)
    for (let x = 1; x < width - 1; x += 1) {
      const after = sumColumn(values, row + x + 1, width)
      output[row + x] = (before + here + after) / 9
      before = here
      here = after
    }
  }
  return { values: output, width, height }
}

function sumColumn(values: Float32Array, at: number, width: number): number {
  return (values[at - width] ?? 0) + (values[at] ?? 0) + (values[at + width] ?? 0)
}

type FlatMarks = {
  /** 1 where a pixel and its eight neighbours lie within `tolerance` grey levels. */
  readonly marks: Plane
  /** Grey levels between the darkest and the lightest of these pixels. */
  readonly range: number
}

// eslint-disable-next-line complexity -- a loop over all pixels, half of whose branches only tell the compiler that a pixel is there
function markFlat({ values, width, height }: Plane, tolerance: number): FlatMarks {
  const marks = new Float32Array(values.length)
  // Of the three pixels above each other, with the outermost repeated beside both ends.
  const least = new Float32Array(width + 2)
  const most = new Float32Array(width + 2)
  let [darkest, lightest] = [Infinity, -Infinity]
  for (let y = 0; y < height; y += 1) {
    const row = y * width
    const above = y > 0 ? -width : 0
    const below = y + 1 < height ? width : 0
    for (let x = 0; x < width; x += 1) {
      const at = row + x
      const one = values[at + above] ?? 0
      const two = values[at] ?? 0
      const three = values[at + below] ?? 0
      const [low, high] = one < two ? [one, two] : [two, one]
      least[x + 1] = three < low ? three : low
      most[x + 1] = three > high ? three : high
    }
    least[0] = least[1] ?? 0
    most[0] = most[1] ?? 0
    least[width + 1] = least[width] ?? 0
    most[width + 1] = most[width] ?? 0
    for (let x = 0; x < width; x += 1) {
      const low = Math.min(least[x] ?? 0, least[x + 1] ?? 0, least[x + 2] ?? 0)
      const high = Math.max(most[x] ?? 0, most[x + 1] ?? 0, most[x + 2] ?? 0)
      if (high - low > tolerance) continue
      marks[row + x] = 1
      const value = values[row + x] ?? 0
      if (value < darkest) darkest = value
      if (value > lightest) lightest = value
    }
  }
  return { marks: { values: marks, width, height }, range: lightest - darkest }
}

function measureLevel({ values, width }: Plane, { runs, area }: Component): number {
  let sum = 0
  for (const { y, start, end } of runs) {
    for (let at = y * width + start; at < y * width + end; at += 1) sum += values[at] ?? 0
  }
  return sum / area
}

import type { Rect } from './fit-panes.ts'

/** One sign in the image, in its pixels, and as it is typeset, in ems. */
export type SignPair = { readonly seen: Rect; readonly drawn: Rect }

/** Flatter than this, in ems, a sign says nothing about heights: bars, dots, dashes. */
const LEAST_HEIGHT = 0.3
/** Taller than this it is drawn as tall as what it holds. */
const MOST_HEIGHT = 1.2
/** So many signs tell the height of all. */
const LEAST_PAIRS = 2

/** Pixels of the image that are as high as one em of the formula, by the heights of signs; undefined where too few are known. */
export function measureEm(pairs: readonly SignPair[]): number | undefined {
  const ratios = pairs
    .filter(
      ({ seen, drawn }) => seen.height > 0 && drawn.height >= LEAST_HEIGHT && drawn.height <= MOST_HEIGHT,
    )
    .map(({ seen, drawn }) => seen.height / drawn.height)
    .sort((one, other) => one - other)
  return ratios.length < LEAST_PAIRS ? undefined : ratios[Math.floor(ratios.length / 2)]
}

/** The same by the height of all ink. */
export function measureEmByInk(ink: Rect, formula: Rect): number {
  return ink.height / Math.max(Number.EPSILON, formula.height)
}

/** From one measure to another along an axis. */
export type LineFit = { readonly scale: number; readonly offset: number }
export type Alignment = { readonly x: LineFit; readonly y: LineFit }

/** Further than this from the height of the signs, a formula would be stretched out of shape. */
const MOST_STRETCH = 1.5

/** From ems of the formula to pixels of the image: sign on sign where places are known, else ink on ink. */
export function alignFormula(
  pairs: readonly SignPair[],
  em: number,
  ink: Rect | undefined,
  formula: Rect | undefined,
): Alignment {
  const ends = ink && formula ? [{ seen: ink, drawn: formula }] : []
  const align = (start: 'left' | 'top', side: 'width' | 'height') => {
    const middles = pairs.map(({ seen, drawn }) => [
      drawn[start] + drawn[side] / 2,
      seen[start] + seen[side] / 2,
    ])
    const edges = ends.flatMap(({ seen, drawn }) => [
      [drawn[start], seen[start]],
      [drawn[start] + drawn[side], seen[start] + seen[side]],
    ])
    return fitLine(pairs.length >= LEAST_PAIRS ? middles : edges, em)
  }
  return { x: align('left', 'width'), y: align('top', 'height') }
}

/** The line through points by least squares, as far as it does not stretch too much. */
function fitLine(points: readonly (readonly number[])[], em: number): LineFit {
  if (points.length === 0) return { scale: em, offset: 0 }
  const mean = (at: 0 | 1) => points.reduce((sum, point) => sum + (point[at] ?? 0), 0) / points.length
  const [from, to] = [mean(0), mean(1)]
  const [spread, along] = points.reduce<readonly [number, number]>(
    ([squares, products], [x = 0, y = 0]) => [squares + (x - from) ** 2, products + (x - from) * (y - to)],
    [0, 0],
  )
  const fitted = spread > 0 ? along / spread : em
  const scale = Math.min(em * MOST_STRETCH, Math.max(em / MOST_STRETCH, fitted))
  return { scale, offset: to - scale * from }
}

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

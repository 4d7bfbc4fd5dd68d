/** Times the size that fits. The same for picture and formula, so that both grow together. */
const STEPS = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4, 6, 8] as const

/** The next step up or down from any zoom. */
export function stepZoom(zoom: number, direction: 1 | -1): number {
  const next =
    direction === 1
      ? STEPS.find((step) => step > zoom + 0.001)
      : STEPS.findLast((step) => step < zoom - 0.001)
  return next ?? zoom
}

/** A notch of a mouse wheel counts no more than so many pixels of a pinch. */
const LARGEST_TURN = 25

/** The zoom after a turn of the wheel or a move of two fingers, by `deltaY` of the event. */
export function turnZoom(zoom: number, deltaY: number): number {
  const turn = Math.max(-LARGEST_TURN, Math.min(LARGEST_TURN, deltaY))
  return Math.max(STEPS[0], Math.min(8, zoom * Math.exp(-turn / 100)))
}

/** The largest scale at which a box fits into another without being enlarged beyond `most`. */
export function fitScale(
  inner: { readonly width: number; readonly height: number },
  outer: { readonly width: number; readonly height: number },
  most: number,
): number {
  if (inner.width <= 0 || inner.height <= 0 || outer.width <= 0 || outer.height <= 0) return 1
  return Math.min(outer.width / inner.width, outer.height / inner.height, most)
}

import type { Canvas } from '../../preprocess/pixels.ts'
import { findLargest, type SignBox, type SpottedSign } from './spotted-sign.ts'

/** Signs that end with a level stroke of any length; a root has a surd before it. */
const bars = new Set(['\\frac', '\\overline', '\\underline', '\\hline', '\\sqrt'])
/** So far from where it stands a cell sees; it only guesses where a longer bar ends. */
const sight = 90
/** Of 255: what is fainter is no stroke. */
const faintest = 56
const widestGap = 2

/**
 * Corrects the ends of long bars: the spotter looks for a bar near its left end and cannot see where a long one ends, but its ink tells.
 * @param vocabulary tokens by id, as the names of the signs are
 */
export function followBars(
  signs: readonly SpottedSign[],
  canvas: Canvas,
  vocabulary: readonly string[],
): SpottedSign[] {
  return signs.map((sign) => {
    const token = vocabulary[findLargest(sign.names)] ?? ''
    return bars.has(token) ? { ...sign, box: fitBar(sign, canvas, token === '\\sqrt') } : sign
  })
}

function fitBar({ box, place }: SpottedSign, canvas: Canvas, isRoot: boolean): SignBox {
  const [left, top, right, bottom] = box
  const from = place[1] * 4 + 2
  // The bar of a root begins behind its surd, at its upper edge.
  const start = isRoot ? Math.min(right - 1, from + Math.max(4, from - left) + 2) : from
  const row = findStroke(canvas, start, isRoot ? top + 1 : place[0] * 4 + 2, 3)
  if (row === undefined) return box
  const end = follow(canvas, start, row, 1) + 1
  // A bar that is broken goes on behind the gap; one that is not ends where its ink does.
  const isSeen = right - from <= sight && findStroke(canvas, right - 2, row, 1) !== undefined
  const fitted = isSeen ? Math.max(end, right) : end
  return [left, top, Math.max(fitted, start + 1), bottom]
}

/** The darkest row of a column near to `y`; `undefined` where no stroke is. */
function findStroke(
  { data, width, height }: Canvas,
  x: number,
  y: number,
  reach: number,
): number | undefined {
  const column = Math.round(x)
  let best: number | undefined
  let darkest = faintest
  for (let row = Math.round(y) - reach; row <= Math.round(y) + reach; row += 1) {
    if (row < 0 || row >= height || column < 0 || column >= width) continue
    const value = data[row * width + column] ?? 0
    if (value > darkest) [best, darkest] = [row, value]
  }
  return best
}

/** The last column of the stroke that goes on from a point. */
function follow(canvas: Canvas, x: number, y: number, step: 1 | -1): number {
  let [last, row, gap] = [Math.round(x), y, 0]
  for (let column = last + step; column >= 0 && column < canvas.width && gap <= widestGap; column += step) {
    const next = findStroke(canvas, column, row, 1)
    if (next === undefined) gap += 1
    else [last, row, gap] = [column, next, 0]
  }
  return last
}

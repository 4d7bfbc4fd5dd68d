import type { Item } from '../../../shared/batch.ts'
import type { ShownToken } from '../../stores/tokens.ts'
import { fitScale } from '../../stores/zoom.ts'
import {
  arrangePanes,
  chooseFocus,
  PANE_MARGIN,
  paneSizes,
  type Arrangement,
  type Rect,
  type Extent,
} from './fit-panes.ts'
import type { DrawnFormula } from './measure-formula.ts'
import { measureEm, measureEmByInk, type SignPair } from './match-signs.ts'

/** How image and formula are drawn at zoom 1. Places in the image are in pixels of the image that the result tells of. */
export type PaneLayout = Arrangement & {
  /** Pixels of the image that are as high as one em of the formula. */
  readonly em: number
  /** The part of the image that fits its pane. */
  readonly focus: Rect
}

/** A small picture is enlarged to be seen, but not until it is a blur. */
const MOST_ENLARGED = 4
/** Pixels on the screen of one em: a short formula fills no wall, a long one stays legible and is moved. */
const LARGEST_TYPE = 160
const SMALLEST_TYPE = 11
/** The margin around ink, in ems. */
const MARGIN = 0.8

type Given = {
  readonly room: Extent
  readonly image: Extent
  readonly result: Item['result']
  readonly tokens?: readonly ShownToken[]
  /** Absent while there is no formula: then one as large as the ink is expected. */
  readonly formula?: DrawnFormula
}

export function layOut({ room, image, result, tokens = [], formula }: Given): PaneLayout {
  const ink = findInk(result)
  const em = formula && matchHeights(tokens, formula, ink)
  const margin = MARGIN * (em ?? (ink?.height ?? 0) / 4)
  const focus = chooseFocus(image, ink, margin)
  const expected = em ?? focus.width / Math.max(1, formula?.width ?? 12)
  const second = formula ? { width: formula.width * expected, height: formula.height * expected } : focus
  const arrangement = arrangePanes(room, focus, second)
  const most = Math.min(MOST_ENLARGED, LARGEST_TYPE / expected)
  const scale = Math.min(most, Math.max(arrangement.scale, formula ? SMALLEST_TYPE / expected : 0))
  return { ...arrangement, scale, em: expected, focus }
}

/** The scale at which an image without a formula fits its pane. */
export function fitAlone(image: Extent, pane: Extent): number {
  const room = { width: pane.width - 2 * PANE_MARGIN, height: pane.height - 2 * PANE_MARGIN }
  return fitScale(image, room, MOST_ENLARGED)
}

/** By how much a formula that has grown by editing is to shrink until it fits the pane that it had; at most to the smallest type. */
export function shrinkToFit(
  drawn: Extent,
  { direction, share, scale, em }: PaneLayout,
  room: Extent,
): number {
  const size = scale * em
  const [, pane] = paneSizes(room, { direction, share })
  const fit = fitScale({ width: drawn.width * size, height: drawn.height * size }, pane, 1)
  return Math.min(1, Math.max(fit, SMALLEST_TYPE / size))
}

/** The ink that was read, where the result tells. */
export function findInk(result: Item['result']): Rect | undefined {
  if (!result?.position) return undefined
  const { top_left_x: left, top_left_y: top, width, height } = result.position
  return { left, top, width, height }
}

function matchHeights(
  tokens: readonly ShownToken[],
  formula: DrawnFormula,
  ink: Rect | undefined,
): number | undefined {
  return measureEm(pairSigns(tokens, formula)) ?? (ink && formula.ink && measureEmByInk(ink, formula.ink))
}

/** The signs whose place is known in the image and in the formula. */
export function pairSigns(tokens: readonly ShownToken[], formula: DrawnFormula): SignPair[] {
  return tokens.flatMap(({ at, position }) => {
    const drawn = formula.signs.get(at)
    if (!position || !drawn) return []
    const [left, top, width, height] = position
    return [{ seen: { left, top, width, height }, drawn }]
  })
}

import { fitScale } from '../../stores/zoom.ts'

export type Extent = { readonly width: number; readonly height: number }
export type Rect = Extent & { readonly left: number; readonly top: number }

/** Two panes in one room, and the scale at which both contents are drawn there. */
export type Arrangement = {
  readonly direction: 'beside' | 'stacked'
  /** The first pane's part of the room, 0…1. */
  readonly share: number
  readonly scale: number
}

/** Pixels: between the panes, and on each side of what a pane shows. */
export const PANE_GAP = 8
export const PANE_MARGIN = 16
/** No pane is squeezed below this part of the room. */
const LEAST_SHARE = 0.3

/** Side by side or one above the other: whichever draws both contents larger at one scale. The sizes of both are in one unit, the room's in pixels. */
export function arrangePanes(room: Extent, first: Extent, second: Extent): Arrangement {
  const beside = divide(room, first, second, 'beside')
  const stacked = divide(room, first, second, 'stacked')
  return beside.scale > stacked.scale ? beside : stacked
}

function divide(
  room: Extent,
  first: Extent,
  second: Extent,
  direction: Arrangement['direction'],
): Arrangement {
  const side = direction === 'beside' ? 'width' : 'height'
  const part = first[side] / Math.max(Number.EPSILON, first[side] + second[side])
  const share = Math.min(1 - LEAST_SHARE, Math.max(LEAST_SHARE, part))
  const [one, other] = paneSizes(room, { direction, share })
  const scale = Math.min(fitScale(first, one, Infinity), fitScale(second, other, Infinity))
  return { direction, share, scale }
}

/** The rooms inside both panes. */
export function paneSizes(
  room: Extent,
  { direction, share }: Pick<Arrangement, 'direction' | 'share'>,
): readonly [Extent, Extent] {
  const side = direction === 'beside' ? 'width' : 'height'
  const whole = { width: room.width - 2 * PANE_MARGIN, height: room.height - 2 * PANE_MARGIN }
  const inner = (part: number) => ({
    ...whole,
    [side]: Math.max(0, part * (room[side] - PANE_GAP) - 2 * PANE_MARGIN),
  })
  return [inner(share), inner(1 - share)]
}

/** Ink that fills so much of an image's width and height is shown with all of the image. */
const NEARLY_ALL = 0.6

/** The part of an image to look at: its ink with a margin, or all of it where that is little more. */
export function chooseFocus(image: Extent, ink: Rect | undefined, margin: number): Rect {
  const all = { left: 0, top: 0, ...image }
  if (!ink || ink.width <= 0 || ink.height <= 0) return all
  if (ink.width >= NEARLY_ALL * image.width && ink.height >= NEARLY_ALL * image.height) return all
  const left = Math.max(0, ink.left - margin)
  const top = Math.max(0, ink.top - margin)
  return {
    left,
    top,
    width: Math.min(image.width, ink.left + ink.width + margin) - left,
    height: Math.min(image.height, ink.top + ink.height + margin) - top,
  }
}

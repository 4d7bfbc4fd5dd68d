import type { Item } from '../../../shared/batch.ts'
import type { ShownToken } from '../../stores/tokens.ts'

type ShownSize = { readonly width: number; readonly height: number }

/** How far beside a sign a click still means it, as a share of the picture's height. */
const reach = 0.02

/** The size of the picture in which tokens are placed: as the engine saw it, which may be smaller than it is shown. */
export function sizeOfResult({ result }: Pick<Item, 'result'>, image: ShownSize): ShownSize {
  return { width: result?.image_width ?? image.width, height: result?.image_height ?? image.height }
}

/** The token whose box is at a place, given in shares of the picture; of several the smallest. */
export function findTokenAt(
  tokens: readonly ShownToken[],
  { width, height }: ShownSize,
  place: { readonly x: number; readonly y: number },
): ShownToken | undefined {
  const [x, y, slack] = [place.x * width, place.y * height, reach * height]
  const areaOf = ({ position }: ShownToken) => (position ? position[2] * position[3] : 0)
  const isAt = ({ position }: ShownToken) => {
    if (!position) return false
    const [left, top, wide, high] = position
    return x >= left - slack && x < left + wide + slack && y >= top - slack && y < top + high + slack
  }
  return tokens.filter(isAt).sort((one, other) => areaOf(one) - areaOf(other))[0]
}

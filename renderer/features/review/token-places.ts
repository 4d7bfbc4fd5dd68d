import type { Item } from '../../../shared/batch.ts'
import type { ShownToken } from '../../stores/tokens.ts'
import type { Extent, Rect } from './fit-panes.ts'
import type { DrawnFormula } from './measure-formula.ts'

/** Where a token's ink is, in shares of what is drawn; undefined where that is not known. */
export type PlaceOf = (token: ShownToken) => Rect | undefined

/** How far beside a sign a click still means it, as a share of the height. */
const reach = 0.02

/** The size of the picture in which tokens are placed: as the engine saw it, which may be smaller than it is shown. */
export function sizeOfResult({ result }: Pick<Item, 'result'>, image: Extent): Extent {
  return { width: result?.image_width ?? image.width, height: result?.image_height ?? image.height }
}

export function shareOf({ left, top, width, height }: Rect, whole: Extent): Rect {
  return {
    left: left / whole.width,
    top: top / whole.height,
    width: width / whole.width,
    height: height / whole.height,
  }
}

/** In the picture, as the engine says. */
export function placesInImage(size: Extent): PlaceOf {
  return ({ position }) => {
    if (!position) return undefined
    const [left, top, width, height] = position
    return shareOf({ left, top, width, height }, size)
  }
}

/** In the formula, as it is typeset. */
export function placesInFormula(drawn: DrawnFormula | undefined): PlaceOf {
  return ({ at }) => {
    const box = drawn?.signs.get(at)
    return drawn && box && shareOf(box, drawn)
  }
}

/** The token whose box is at a place, given in shares; of several the smallest. `aspect`: width over height of the whole. */
export function findTokenAt(
  tokens: readonly ShownToken[],
  placeOf: PlaceOf,
  place: { readonly x: number; readonly y: number },
  aspect: number,
): ShownToken | undefined {
  const found = tokens.flatMap((token) => {
    const box = placeOf(token)
    if (!box) return []
    const isAt =
      place.x >= box.left - reach / aspect &&
      place.x < box.left + box.width + reach / aspect &&
      place.y >= box.top - reach &&
      place.y < box.top + box.height + reach
    return isAt ? [{ token, area: box.width * box.height }] : []
  })
  return found.sort((one, other) => one.area - other.area)[0]?.token
}

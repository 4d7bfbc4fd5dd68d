import { measureOverlap } from '../../engine/recognise/spot/choose-signs.ts'
import { findLargest, type SignBox, type SpottedSign } from '../../engine/recognise/spot/spotted-sign.ts'

/** Boxes with so much in common may be of the same sign. */
const sameOverlap = 0.4

/**
 * The true sign that each spotted one shows, each true one once; -1 for what shows none. Of several that may be the same, the one whose
 * token is right comes first, then the one that covers it best.
 */
export function matchSigns(
  spotted: readonly SpottedSign[],
  truth: readonly { readonly id: number; readonly box: SignBox }[],
): number[] {
  const pairs = spotted.flatMap((sign, at) => {
    const name = findLargest(sign.names)
    return truth.flatMap(({ id, box }, index) => {
      const overlap = measureOverlap(sign.box, box)
      return overlap < sameOverlap ? [] : [{ at, index, worth: overlap + (id === name ? 1 : 0) }]
    })
  })
  const found = spotted.map(() => -1)
  const taken = new Set<number>()
  for (const { at, index } of pairs.sort((one, other) => other.worth - one.worth)) {
    if (found[at] !== -1 || taken.has(index)) continue
    found[at] = index
    taken.add(index)
  }
  return found
}

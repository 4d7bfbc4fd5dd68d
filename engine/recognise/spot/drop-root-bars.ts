import { findLargest, type SpottedSign } from './spotted-sign.ts'

/** What the bar of a root may be taken for besides. */
const bars = new Set(['\\overline', '\\frac', '\\bar', '\\underline', '\\hline', '-'])
/** So near to the upper edge of a root, in pixels, only its own bar lies. */
const nearest = 2.5

/** Leaves out bars that are those of roots: a root is one sign with its bar. */
export function dropRootBars(signs: readonly SpottedSign[], vocabulary: readonly string[]): SpottedSign[] {
  const tokenOf = ({ names }: SpottedSign) => vocabulary[findLargest(names)] ?? ''
  const roots = signs.filter((sign) => tokenOf(sign) === '\\sqrt')
  return signs.filter((sign) => {
    if (!bars.has(tokenOf(sign))) return true
    const [left, top, right, bottom] = sign.box
    return !roots.some(
      ({ box }) =>
        Math.abs((top + bottom) / 2 - box[1] - 1) <= nearest && left > box[0] && right <= box[2] + nearest,
    )
  })
}

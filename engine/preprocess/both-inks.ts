import { heightOf, widthOf } from './boxes.ts'
import { findComponents } from './components.ts'
import type { Plane } from './pixels.ts'

/** Levels that writing stands out from its ground by at least, also as a share of the strongest. */
const [leastLevels, leastShare] = [32, 0.25]
/** Pixels of the smallest sign. */
const leastArea = 5
/** What is longer than this share of the picture may be a frame or a rule. */
const longest = 0.5
/** Pixels within which light beside dark is a halo, a highlight or a shadow of it. */
const halo = 2
/** Writing that is free of this is so much of what stands out in its own way, and so much of what stands out in the other. */
const [leastFree, leastOfOther] = [0.5, 0.02]

/**
 * Whether on one ground some of the writing is lighter and some is darker than it; not where the light is but the rim of the dark, or the
 * other way round.
 * @param differences levels from the ground, 0 where there is no writing on it
 */
export function hasBothInks(differences: Plane): boolean {
  const ways = [1, -1].map((sign) => markInk(differences, sign))
  const [light, dark] = ways
  if (!light || !dark) return false
  const [freeLight, freeDark] = [measureFree(light, dark), measureFree(dark, light)]
  return (
    freeLight >= leastOfOther * freeDark && freeDark >= leastOfOther * freeLight && freeLight * freeDark > 0
  )
}

/** 1 for what is lighter (`sign` 1) or darker (-1) than the ground; `undefined` where that is no writing. */
function markInk({ values, width, height }: Plane, sign: number): Plane | undefined {
  let most = 0
  for (const value of values) if (sign * value > most) most = sign * value
  if (most < leastLevels) return undefined
  const limit = Math.max(leastLevels, leastShare * most)
  return { values: values.map((value) => Number(sign * value > limit)), width, height }
}

/** Pixels of signs in `ink` that keep away from the `other`; 0 where most of them do not. */
function measureFree(ink: Plane, other: Plane): number {
  const { width, height } = ink
  let [all, free] = [0, 0]
  for (const { box, area, runs } of findComponents(ink, 0, { leastArea })) {
    if (widthOf(box) > longest * width || heightOf(box) > longest * height) continue
    let near = 0
    for (const { y, start, end } of runs)
      for (let x = start; x < end; x += 1) if (isNear(other, x, y)) near += 1
    all += area
    if (near <= (1 - leastFree) * area) free += area - near
  }
  return free >= leastFree * all ? free : 0
}

function isNear({ values, width, height }: Plane, x: number, y: number): boolean {
  for (let row = Math.max(0, y - halo); row <= Math.min(height - 1, y + halo); row += 1)
    for (let column = Math.max(0, x - halo); column <= Math.min(width - 1, x + halo); column += 1)
      if (values[row * width + column] === 1) return true
  return false
}

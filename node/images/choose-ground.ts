import type { InkGlance } from './ink-glance.ts'

const WHITE = 255
const BLACK = 0
/** Tones closer than this are one: the ink's own, or a sheet's. */
const LEAST_CONTRAST = 32
/** What is this rare is grain. */
const LEAST_SHARE = 0.005
/** A tone that touches the transparent part less often than this stands on the other one. */
const LEAST_TOUCH = 0.05
/** Levels that the rims of writing differ from its inside where they were blended with another ground, and the share that do. */
const [LEAST_BLEND, LEAST_BLENDED] = [16, 0.6]
/** Share of the rims that tell: soft writing has others, of pixels that are hardly seen. */
const LEAST_RIMS = 0.3
/** Pixels that soft writing takes from its ground to its ink. */
const RIM_WIDTH = 3
/** Ink closer to the ground than so many levels, or than this share of what the rest stands out by, is lost beside it. */
const [LEAST_SEEN, LEAST_SHARE_SEEN] = [72, 0.55]
/** Pixels of a side of the squares that each part of the writing is looked at in. */
const TILE = 8
/** Light ink is darkened to this share of its brightness where dark ink stands beside it. */
const DARKENED = 0.4

/** What comes behind a transparent picture, 0 black to 255 white, and the share of its own brightness that the picture keeps. */
export type PictureGround = { readonly level: number; readonly keptLight: number }

/** The ground of a picture that has nothing on it, or nothing transparent. */
export const whiteGround: PictureGround = { level: WHITE, keptLight: 1 }

type Tone = { luma: number; count: number; touching: number }
type Tones = { readonly dark: Tone; readonly light: Tone }

/**
 * White unless light ink would vanish on it. Writing has transparency all around: what touches it needs a ground of the other tone. A sheet
 * with writing on it (a card, letters with an outline or with rims that another ground left) touches with the sheet's tone only: the ground
 * goes on in that tone. Where some of the ink would vanish on black and some on white, all of it is darkened alike and stands on white.
 */
export function chooseGround(glance: InkGlance): PictureGround {
  const split = findSplit(glance)
  const tones = measureTones(glance, listVisible(glance), split)
  if (tones.dark.count + tones.light.count === 0) return whiteGround
  const blend = measureBlend(glance)
  if (blend !== 0) return onPlain(blend > 0 ? BLACK : WHITE)
  const isOnSheet = isSheet(tones)
  const isLight = outerOf(tones).luma >= 128
  const first = isLight === isOnSheet ? WHITE : BLACK
  const inks = listInks(glance, split)
  const level = [first, WHITE - first].find((ground) => !losesInk(inks, ground))
  return level === undefined ? { level: WHITE, keptLight: DARKENED } : onPlain(level)
}

const onPlain = (level: number): PictureGround => ({ level, keptLight: 1 })

const outerOf = ({ dark, light }: Tones): Tone => (light.touching > dark.touching ? light : dark)

function isSheet(tones: Tones): boolean {
  const { dark, light } = tones
  const outer = outerOf(tones)
  const inner = outer === light ? dark : light
  return (
    light.luma - dark.luma >= LEAST_CONTRAST &&
    inner.count > LEAST_SHARE * (inner.count + outer.count) &&
    inner.touching < LEAST_TOUCH * (inner.touching + outer.touching)
  )
}

function listVisible({ visible }: InkGlance): Uint32Array {
  const places = new Uint32Array(visible.length)
  let count = 0
  for (let at = 0; at < visible.length; at += 1) if (visible[at] === 1) places[count++] = at
  return places.subarray(0, count)
}

function measureTones(glance: InkGlance, places: Uint32Array, split: number): Tones {
  const dark = { luma: 0, count: 0, touching: 0 }
  const light = { luma: 0, count: 0, touching: 0 }
  for (const at of places) {
    const level = glance.luma[at] ?? 0
    const tone = level < split ? dark : light
    tone.luma += level
    tone.count += 1
    if (touchesTransparency(glance, at)) tone.touching += 1
  }
  for (const tone of [dark, light]) tone.luma /= Math.max(1, tone.count)
  return { dark, light }
}

function touchesTransparency({ visible, width }: InkGlance, at: number): boolean {
  const x = at % width
  const isInside = x > 0 && x + 1 < width && at >= width && at + width < visible.length
  return !(
    isInside &&
    visible[at - 1] === 1 &&
    visible[at + 1] === 1 &&
    visible[at - width] === 1 &&
    visible[at + width] === 1
  )
}

/** 1 where the rims of what is seen are darker than what lies inside of them, -1 where they are lighter, 0 where they are alike. */
function measureBlend(glance: InkGlance): -1 | 0 | 1 {
  const { visible, width } = glance
  let [lighter, darker, all] = [0, 0, 0]
  for (const step of [1, -1, width, -width]) {
    for (let at = 0; at < visible.length; at += 1) {
      if (visible[at] !== 1 || visible[at - step] === 1 || visible[at + step] !== 1) continue
      const rim = compareRim(glance, at, step)
      all += 1
      if (rim > 0) lighter += 1
      if (rim < 0) darker += 1
    }
  }
  const blended = lighter + darker
  if (blended < LEAST_RIMS * all) return 0
  if (lighter > LEAST_BLENDED * blended) return 1
  return darker > LEAST_BLENDED * blended ? -1 : 0
}

/** How much brighter the inside is than the rim, where they first differ: the far rim is not to be reached. */
function compareRim({ luma, visible }: InkGlance, rim: number, step: number): number {
  for (let depth = 1; depth <= RIM_WIDTH && visible[rim + depth * step] === 1; depth += 1) {
    const difference = (luma[rim + depth * step] ?? 0) - (luma[rim] ?? 0)
    if (Math.abs(difference) >= LEAST_BLEND) return difference
  }
  return 0
}

/** The mean brightness of a part of the writing, and its pixels. */
type InkSum = { sum: number; count: number }

/** The writing that stands on nothing, each piece of it in parts, for its ink may change along the way. */
function listInks(glance: InkGlance, split: number): InkSum[] {
  const { luma, visible, width } = glance
  const waiting = visible.slice()
  const queue = new Uint32Array(visible.length)
  const inks: InkSum[] = []
  for (let seed = 0; seed < waiting.length; seed += 1) {
    if (waiting[seed] !== 1) continue
    const piece = takePiece(waiting, seed, width, queue)
    if (isSheet(measureTones(glance, piece, split))) continue
    const parts = new Map<number, InkSum>()
    for (const at of piece) {
      const place = Math.floor(at / width / TILE) * width + Math.floor((at % width) / TILE)
      const part = parts.get(place) ?? { sum: 0, count: 0 }
      part.sum += luma[at] ?? 0
      part.count += 1
      parts.set(place, part)
    }
    inks.push(...parts.values())
  }
  return inks
}

/** The pixels that hang together with `seed`, which are no longer waiting then; they stand in `queue`. */
function takePiece(waiting: Uint8Array, seed: number, width: number, queue: Uint32Array): Uint32Array {
  let end = 0
  const take = (at: number) => {
    if (waiting[at] !== 1) return
    waiting[at] = 0
    queue[end++] = at
  }
  take(seed)
  for (let next = 0; next < end; next += 1) {
    const at = queue[next] ?? 0
    const x = at % width
    for (const row of [at - width, at, at + width]) {
      if (x > 0) take(row - 1)
      take(row)
      if (x + 1 < width) take(row + 1)
    }
  }
  return queue.subarray(0, end)
}

/** Whether more than grain would not be seen on a ground, or hardly beside the rest. */
function losesInk(inks: readonly InkSum[], ground: number): boolean {
  const contrasts = inks.map(({ sum, count }) => ({ contrast: Math.abs(sum / count - ground), count }))
  const total = contrasts.reduce((all, { count }) => all + count, 0)
  contrasts.sort((one, other) => other.contrast - one.contrast)
  let seen = 0
  const usual = contrasts.find(({ count }) => (seen += count) >= total / 4)?.contrast ?? 0
  const lost = contrasts.filter(({ contrast }) => contrast < Math.max(LEAST_SEEN, LEAST_SHARE_SEEN * usual))
  return lost.reduce((all, { count }) => all + count, 0) > Math.max(3, LEAST_SHARE * total)
}

/** The level that parts the tones of what is seen best: where the variance between the two sides is largest (Otsu). */
function findSplit({ luma, visible }: InkGlance): number {
  const counts = new Float64Array(256)
  let [count, total] = [0, 0]
  for (let at = 0; at < luma.length; at += 1) {
    if (visible[at] !== 1) continue
    const level = luma[at] ?? 0
    counts[level] = (counts[level] ?? 0) + 1
    count += 1
    total += level
  }
  let [below, sum] = [0, 0]
  let best = { split: 128, variance: 0 }
  for (let level = 0; level < 255; level += 1) {
    below += counts[level] ?? 0
    sum += level * (counts[level] ?? 0)
    const above = count - below
    if (below === 0 || above === 0) continue
    const variance = below * above * (sum / below - (total - sum) / above) ** 2
    if (variance > best.variance) best = { split: level + 1, variance }
  }
  return best.split
}

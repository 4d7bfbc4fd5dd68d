import { hasBothInks } from './both-inks.ts'
import type { Component } from './components.ts'
import { findFlatAreas, type FlatAreas } from './flat-areas.ts'
import { findGrounds, leastDifference, type Ground } from './grounds.ts'
import { shrinkPlane } from './grey.ts'
import { spreadLabels, unknown } from './spread-labels.ts'
import type { Box, Plane } from './pixels.ts'

/** Enough pixels to see whether there is more than one ground. */
const glancePixels = 60_000
/** Pixels that the border of two grounds takes at most, on either side. */
const borderReach = 2
/** What the strongest ink of a ground counts for at least, as a share of what black or white would be there. */
const leastStrength = 0.3
/** Levels that the ground of a drawn picture varies by, the share of it that is ground, and the share that is ink of either kind. */
const [groundTolerance, leastGround, leastInk] = [8, 0.55, 0.002]
/** Ink weaker than this share of a ground's strongest tells nothing about how strong ink is there. */
const weak = 0.4

export type Levelled = {
  readonly plane: Plane
  /** Whether most of the writing is lighter than what it stands on; `undefined` where there is one ground, which this does not judge. */
  readonly isInverted: boolean | undefined
}

/**
 * Brings writing that stands on several grounds (a part under a marker, in a coloured box, selected) to dark ink on one white paper:
 * what is background, and whether ink is lighter or darker, is decided for each ground by itself.
 * A picture with one ground is given back as it is.
 */
export function levelGrounds(grey: Plane): Levelled {
  const asItIs = { plane: grey, isInverted: undefined }
  const factor = Math.max(1, Math.round(Math.sqrt((grey.width * grey.height) / glancePixels)))
  const glance = findFlatAreas(shrinkPlane(grey, factor), leastDifference)
  if (!glance || findGrounds(glance).length < 2) return levelInks(grey) ?? asItIs
  const flat = factor === 1 ? glance : findFlatAreas(grey, leastDifference)
  const grounds = flat ? findGrounds(flat) : []
  if (!flat || grounds.length < 2) return levelInks(grey) ?? asItIs
  const { smooth, tolerance } = flat
  const labels = labelGrounds(grounds, flat)
  const isGround = labels.map((label) => (label === unknown ? 0 : 1))
  const background = spreadLabels(labels, smooth, tolerance, markSelections(grounds, smooth))
  const differences = new Float32Array(grey.values.length)
  for (let at = 0; at < differences.length; at += 1)
    differences[at] = (grey.values[at] ?? 0) - (background[at] ?? 0)
  clearBorders(differences, labels, isGround, grey, grounds, tolerance)
  const inks = grounds.map((ground, label) =>
    judgeInk(ground, label, labels, { ...grey, values: differences }, tolerance),
  )
  return {
    plane: drawInks(grey, differences, (at) => inks[labels[at] ?? 0]),
    isInverted: isMostlyLight(inks),
  }
}

function drawInks(
  grey: Plane,
  differences: Float32Array,
  inkAt: (at: number) => GroundInk | undefined,
): Plane {
  const values = new Float32Array(grey.values.length)
  for (let at = 0; at < values.length; at += 1) {
    const { light = Infinity, dark = 255 } = inkAt(at) ?? {}
    const difference = differences[at] ?? 0
    const ink = Math.min(1, difference > 0 ? difference / light : -difference / dark)
    values[at] = 255 * (1 - ink)
  }
  return { ...grey, values }
}

const isMostlyLight = (inks: readonly GroundInk[]): boolean =>
  inks.reduce((sum, { weight }) => sum + weight, 0) > 0

/** Brings light and dark writing on the one ground of a drawn picture to dark on white; `undefined` where there is only one of them. */
function levelInks(grey: Plane): Levelled | undefined {
  const level = findGroundLevel(grey)
  if (level === undefined) return undefined
  const differences = grey.values.map((value) => value - level)
  if (!hasBothInks({ ...grey, values: differences })) return undefined
  const labels = new Uint8Array(differences.length)
  const ink = judgeInk({ level }, 0, labels, { ...grey, values: differences }, groundTolerance)
  return { plane: drawInks(grey, differences, () => ink), isInverted: isMostlyLight([ink]) }
}

/** The brightness of most of a picture, where that is neither its lightest nor its darkest. */
function findGroundLevel({ values }: Plane): number | undefined {
  const counts = new Uint32Array(256)
  for (const value of values) {
    const level = Math.min(255, Math.max(0, Math.round(value)))
    counts[level] = (counts[level] ?? 0) + 1
  }
  const most = counts.reduce((best, count, level) => (count > (counts[best] ?? 0) ? level : best), 0)
  const share = (from: number, to: number) =>
    counts.subarray(Math.max(0, from), Math.max(0, to)).reduce((sum, count) => sum + count, 0) / values.length
  const isGround = share(most - groundTolerance, most + groundTolerance + 1) >= leastGround
  const isBetween =
    share(0, most - leastDifference) > leastInk && share(most + leastDifference + 1, 256) > leastInk
  return isGround && isBetween ? most : undefined
}

/** The ground of each pixel that has its ground's brightness; {@link unknown} for ink and borders. */
function labelGrounds(grounds: readonly Ground[], { areas, smooth, tolerance }: FlatAreas): Uint8Array {
  const { values, width, height } = smooth
  const labels = new Uint8Array(values.length).fill(unknown)
  const islands = grounds.filter((ground) => isIsland(ground, grounds))
  const onIsland = markBoxes(
    islands.map(({ box }) => widen(box)),
    smooth,
  )
  const touchesEdge = ({ box }: Component) =>
    box.left === 0 || box.top === 0 || box.right === width || box.bottom === height
  const fill = ({ runs }: Component, label: number) => {
    for (const { y, start, end } of runs) labels.fill(label, y * width + start, y * width + end)
  }
  grounds.forEach((ground, label) => {
    const isPaper = !islands.includes(ground)
    // What a marker cuts off of the paper, or of what lies along the edge, is of it; what has its brightness within a selection is writing.
    if (isPaper || ground.isAlongEdge)
      for (const area of areas) {
        const isLike = Math.abs(area.level - ground.level) <= tolerance && (isPaper || touchesEdge(area))
        if (isLike && !islands.some((island) => isWithin(area.box, widen(island.box)))) fill(area, label)
      }
    // Strips between a box and the picture's edge may be too thin to be flat.
    if (!isPaper) return
    for (let at = 0; at < labels.length; at += 1) {
      const isFree = labels[at] === unknown && onIsland[at] === 0
      if (isFree && Math.abs((values[at] ?? 0) - ground.level) <= tolerance) labels[at] = label
    }
  })
  grounds.forEach((ground, label) => {
    for (const area of ground.areas) fill(area, label)
  })
  for (const ground of islands) labelIsland(labels, ground, grounds.indexOf(ground), smooth, tolerance)
  return labels
}

/** What strokes cut off of a marker is too small to be known by itself; what is not like a selection within it is writing on it. */
// eslint-disable-next-line @typescript-eslint/max-params -- works on the planes of one picture, pixel by pixel
function labelIsland(
  labels: Uint8Array,
  { level, box, isStraight }: Ground,
  label: number,
  { values, width }: Plane,
  tolerance: number,
): void {
  for (let y = box.top; y < box.bottom; y += 1) {
    for (let at = y * width + box.left; at < y * width + box.right; at += 1) {
      const isLike = Math.abs((values[at] ?? 0) - level) <= tolerance / 2
      if (isLike && labels[at] === unknown) labels[at] = label
      if (isStraight && labels[at] !== label) labels[at] = unknown
    }
  }
}

function isIsland({ box }: Ground, grounds: readonly Ground[]): boolean {
  return !grounds.some((other) => other.box !== box && isWithin(other.box, box))
}

/** 1 for each pixel within one of the boxes. */
function markBoxes(boxes: readonly Box[], { values, width, height }: Plane): Uint8Array {
  const marks = new Uint8Array(values.length)
  for (const { left, top, right, bottom } of boxes)
    for (let y = Math.max(0, top); y < Math.min(height, bottom); y += 1)
      marks.fill(1, y * width + Math.max(0, left), y * width + Math.min(width, right))
  return marks
}

/** Where only one ground may be, by its label and 1 more. */
function markSelections(grounds: readonly Ground[], { values, width }: Plane): Uint8Array {
  const only = new Uint8Array(values.length)
  grounds.forEach((ground, label) => {
    if (!ground.isStraight || !isIsland(ground, grounds)) return
    const { left, top, right, bottom } = ground.box
    for (let y = top; y < bottom; y += 1) only.fill(label + 1, y * width + left, y * width + right)
  })
  return only
}

/** With the border around it, which is not flat. */
function widen({ left, top, right, bottom }: Box): Box {
  return { left: left - 1, top: top - 1, right: right + 1, bottom: bottom + 1 }
}

function isWithin(inner: Box, outer: Box): boolean {
  return (
    inner.left >= outer.left &&
    inner.top >= outer.top &&
    inner.right <= outer.right &&
    inner.bottom <= outer.bottom
  )
}

/** Where two grounds meet, what lies between them in brightness is neither's ink. */
// eslint-disable-next-line @typescript-eslint/max-params -- works on the planes of one picture, pixel by pixel
function clearBorders(
  differences: Float32Array,
  labels: Uint8Array,
  isGround: Uint8Array,
  { values, width, height }: Plane,
  grounds: readonly Ground[],
  tolerance: number,
): void {
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x
      if (isGround[at] === 1) continue
      const own = labels[at] ?? 0
      const value = values[at] ?? 0
      const level = grounds[own]?.level ?? 0
      for (let row = Math.max(0, y - borderReach); row <= Math.min(height - 1, y + borderReach); row += 1) {
        for (
          let column = Math.max(0, x - borderReach);
          column <= Math.min(width - 1, x + borderReach);
          column += 1
        ) {
          const other = labels[row * width + column] ?? 0
          if (other === own || grounds[own]?.isSharp || grounds[other]?.isSharp) continue
          const otherLevel = grounds[other]?.level ?? 0
          const [least, most] = level < otherLevel ? [level, otherLevel] : [otherLevel, level]
          const isBetween = value > least + tolerance && value < most - tolerance
          if (isBetween) differences[at] = 0
        }
      }
    }
  }
}

/** How many grey levels the strokes of a ground are lighter or darker than it; `weight` is positive where most are lighter. */
type GroundInk = { readonly light: number; readonly dark: number; readonly weight: number }

/** Whether the ink of a ground is lighter or darker than it, or partly both; what is not its ink has infinitely many levels to go. */
// eslint-disable-next-line @typescript-eslint/max-params -- works on the planes of one picture, pixel by pixel
function judgeInk(
  { level }: Pick<Ground, 'level'>,
  label: number,
  labels: Uint8Array,
  differences: Plane,
  tolerance: number,
): GroundInk {
  const dark = new Uint32Array(256)
  const light = new Uint32Array(256)
  let [darkWeight, lightWeight] = [0, 0]
  for (let at = 0; at < labels.length; at += 1) {
    if (labels[at] !== label) continue
    const difference = differences.values[at] ?? 0
    const size = Math.min(255, Math.round(Math.abs(difference)))
    if (size <= tolerance) continue
    if (difference > 0) {
      light[size] = (light[size] ?? 0) + 1
      lightWeight += size * size
    } else {
      dark[size] = (dark[size] ?? 0) + 1
      darkWeight += size * size
    }
  }
  const own = differences.values.map((difference, at) => (labels[at] === label ? difference : 0))
  const isBoth = hasBothInks({ ...differences, values: own })
  const measure = (counts: Uint32Array, possible: number) =>
    Math.max(leastStrength * possible, 1, measureStrong(counts))
  const isLight = lightWeight > darkWeight
  return {
    light: isLight || isBoth ? measure(light, 255 - level) : Infinity,
    dark: !isLight || isBoth ? measure(dark, level) : Infinity,
    weight: isLight ? lightWeight : -darkWeight,
  }
}

/** What nine in ten of the strong differences do not exceed. */
function measureStrong(counts: Uint32Array): number {
  let most = 255
  while (most > 0 && counts[most] === 0) most -= 1
  const from = Math.floor(weak * most)
  const total = counts.subarray(from).reduce((sum, count) => sum + count, 0)
  let seen = 0
  for (let size = from; size <= most; size += 1) {
    seen += counts[size] ?? 0
    if (seen >= 0.8 * total) return size
  }
  return most
}

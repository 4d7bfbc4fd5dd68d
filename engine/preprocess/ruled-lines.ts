import type { Plane } from './pixels.ts'
import { transpose } from './transpose.ts'

/** Parts of a line that are looked at by themselves, and how many where the plane is narrow. */
const mostStrips = 12
const fewStrips = 6
/** So many lines at one distance are squared paper. */
const leastRegular = 4
const threshold = 0.2

/**
 * Removes ruled and squared paper: thin lines that run from edge to edge. A fraction bar ends before the edges and stays.
 * Where a stroke crosses a line, the line's pixels inside the stroke stay.
 */
export function removeRuledLines(ink: Plane): Plane {
  const level = removeLevelLines(ink)
  const turned = transpose(level)
  const upright = removeLevelLines(turned)
  return upright === turned ? level : transpose(upright)
}

type Slice = { readonly centre: number; readonly thickness: number }

function removeLevelLines(ink: Plane): Plane {
  const strips = ink.width >= 8 * mostStrips ? mostStrips : fewStrips
  if (ink.width < 8 * strips) return ink
  const stripWidth = ink.width / strips
  const maximum = Math.max(3, Math.round(Math.min(ink.height, ink.width) * 0.02))
  const segments = Array.from({ length: strips }, (_, strip) =>
    findSegments(ink, Math.floor(strip * stripWidth), Math.floor((strip + 1) * stripWidth), maximum),
  )
  const reach = Math.max(2, stripWidth * 0.07)
  const chains = (segments[0] ?? []).flatMap((start) => {
    const chain = follow(segments, start, reach)
    return chain ? [chain] : []
  })
  // Across so little, brackets and bars may reach from edge to edge too, but not many at one distance.
  if (strips === fewStrips && !isRegular(chains.map(([first]) => first?.centre ?? 0))) return ink
  if (chains.length === 0) return ink
  const values = ink.values.slice()
  for (const chain of chains) erase(values, ink, chain, stripWidth)
  return { ...ink, values }
}

/** Whether places lie about equally far apart, or whole times that far. */
function isRegular(places: readonly number[]): boolean {
  const gaps = places
    .slice(1)
    .map((place, at) => place - (places[at] ?? 0))
    .sort((one, other) => one - other)
  if (places.length < leastRegular) return false
  const gap = gaps[0] ?? 0
  return gaps.every((other) => Math.abs(other / gap - Math.round(other / gap)) < 0.15)
}

/** Rows of one strip that are nearly all ink, in bands no thicker than a pen line. */
function findSegments(ink: Plane, left: number, right: number, maximum: number): Slice[] {
  const found: Slice[] = []
  let start = -1
  for (let y = 0; y <= ink.height; y += 1) {
    const isLine = y < ink.height && isCovered(ink, y, left, right)
    if (isLine && start < 0) start = y
    if (!isLine && start >= 0) {
      if (y - start <= maximum + 3)
        found.push({ centre: (start + y - 1) / 2, thickness: Math.max(1, y - start - 2) })
      start = -1
    }
  }
  return found
}

/** Whether nine in ten pixels of a row's part are ink. One row up or down still counts: lines are seldom quite level. */
function isCovered({ values, width, height }: Plane, y: number, left: number, right: number): boolean {
  const above = y > 0 ? -width : 0
  const below = y + 1 < height ? width : 0
  let mayMiss = 0.1 * (right - left)
  for (let at = y * width + left; at < y * width + right; at += 1) {
    const strongest = Math.max(values[at] ?? 0, values[at + above] ?? 0, values[at + below] ?? 0)
    if (strongest > threshold) continue
    mayMiss -= 1
    if (mayMiss <= 0) return false
  }
  return true
}

/** Links segments from the left edge to the right one; up to a quarter of the strips may be hidden behind glyphs. */
function follow(segments: readonly Slice[][], start: Slice, reach: number): Slice[] | undefined {
  const chain = [start]
  let missing = 0
  let gap = 1
  for (const strip of segments.slice(1)) {
    const last = chain.at(-1) ?? start
    const next = strip.find((segment) => Math.abs(segment.centre - last.centre) <= reach * gap)
    if (next) {
      gap = 1
      chain.push(next)
    } else {
      gap += 1
      missing += 1
      chain.push(last)
    }
  }
  const endsAtEdge = (segments.at(-1) ?? []).includes(chain.at(-1) ?? start)
  return endsAtEdge && missing <= segments.length / 3 ? chain : undefined
}

function erase(values: Float32Array, ink: Plane, chain: readonly Slice[], stripWidth: number): void {
  for (let x = 0; x < ink.width; x += 1) {
    const place = Math.min(chain.length - 1, Math.max(0, x / stripWidth - 0.5))
    const left = chain[Math.floor(place)]
    const right = chain[Math.min(chain.length - 1, Math.floor(place) + 1)]
    if (!left || !right) continue
    const centre = left.centre + (right.centre - left.centre) * (place - Math.floor(place))
    const half = Math.max(left.thickness, right.thickness) / 2 + 1.5
    const top = Math.max(0, Math.floor(centre - half))
    const bottom = Math.min(ink.height - 1, Math.ceil(centre + half))
    const above = top > 0 ? (ink.values[(top - 1) * ink.width + x] ?? 0) : 0
    const below = bottom + 1 < ink.height ? (ink.values[(bottom + 1) * ink.width + x] ?? 0) : 0
    if (above > 0.4 || below > 0.4) continue
    for (let y = top; y <= bottom; y += 1) values[y * ink.width + x] = 0
  }
}

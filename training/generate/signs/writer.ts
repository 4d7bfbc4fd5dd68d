import type { Bounds } from '../outlines.ts'
import type { Point, Stroke } from '../pen-strokes.ts'
import type { Rng } from '../rng.ts'
import type { GlyphName } from './name-glyphs.ts'
import type { Hand, Hands, WrittenSign } from './written-strokes.ts'

/** Draws a sign by hand in the place of a typeset one; `undefined` for one that nobody has written. */
export type Writer = (name: GlyphName, place: Bounds, rng: Rng) => readonly Stroke[] | undefined

/** Height of a capital of the math fonts, in 1/1000 em. */
const capitalHeight = 690
/** Signs that have the size that the formula gives them, and not the writer. */
const fitted = new Set([
  ...'()[]{}|/',
  '\\{',
  '\\}',
  '\\|',
  '\\sqrt',
  '\\int',
  '\\sum',
  '\\prod',
  '\\oint',
  '\\iint',
  '\\langle',
  '\\rangle',
])
const alphabets: Readonly<Record<string, string>> = {
  calligraphic: '\\mathcal',
  blackboard: '\\mathbb',
  fraktur: '\\mathfrak',
}

/** One person for a whole picture, helped out by others where that person has not written a sign. */
export function chooseWriter(hands: Hands, rng: Rng): Writer {
  const own: Hand = rng.pick(hands.known)
  const other: Hand = rng.pick(hands.known)
  const favourites = new Map<string, number>()
  return (name, place, rng) => {
    const label = name.style in alphabets ? `${alphabets[name.style] ?? ''}{${name.token}}` : name.token
    const samples = own.get(label) ?? other.get(label) ?? hands.unknown.get(label)
    if (!samples || samples.length === 0) return undefined
    // Whoever writes a sign in one way goes on doing so.
    const favourite = favourites.get(label) ?? rng.int(0, samples.length - 1)
    favourites.set(label, favourite)
    const sample = samples[rng.chance(0.75) ? favourite : rng.int(0, samples.length - 1)] ?? samples[0]
    return sample && placeStrokes(sample, label, place, rng)
  }
}

function placeStrokes({ strokes, size }: WrittenSign, label: string, place: Bounds, rng: Rng): Stroke[] {
  const points = strokes.flat()
  const right = Math.max(...points.map(([x]) => x))
  const low = Math.min(...points.map(([, y]) => y))
  const [width, height] = [Math.max(0.01, right), Math.max(0.01, 1 - low)]
  const [oldWidth, oldHeight] = [place.right - place.left, place.top - place.bottom]
  let scaleX: number
  let scaleY: number
  if (fitted.has(label)) {
    scaleY = oldHeight / height
    scaleX = Math.max(oldWidth / width, 0.25 * Math.min(scaleY, 1200))
  } else {
    // As large as it was written, within what its place allows; where nobody measured it, as large as the place.
    const fit = Math.min(oldWidth / width, oldHeight / height)
    const largest = Math.max(oldWidth, oldHeight) / Math.max(width, height)
    const wanted = size === undefined ? largest : size * capitalHeight
    const scale = Math.min(Math.max(wanted, 0.75 * Math.min(fit, largest)), 1.35 * largest)
    scaleX = Math.min(scale, (1.3 * oldWidth + 60) / width)
    scaleY = Math.min(scale, (1.3 * oldHeight + 40) / height)
    const even = Math.min(scaleX, scaleY)
    scaleX = Math.min(scaleX, 1.6 * even)
    scaleY = Math.min(scaleY, 1.6 * even)
  }
  const centreX = (place.left + place.right) / 2
  const centreY = (place.bottom + place.top) / 2 + rng.normal() * 12
  const toPlace = ([x, y]: Point): Point => [
    centreX + (x - width / 2) * scaleX,
    centreY + (y - low - height / 2) * scaleY,
  ]
  return strokes.map((stroke) => stroke.map(toPlace))
}

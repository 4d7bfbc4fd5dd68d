import type { Pixels, StoredPixels } from './pixels.ts'

const WHITE = 255
const BLACK = 0
/** Less opacity than this is not seen as ink. */
const VISIBLE = 96
/** Tones closer than this are one: the ink's own, or a sheet's. */
const LEAST_CONTRAST = 32
/** A tone that is this rare is grain. */
const LEAST_SHARE = 0.005
/** A tone that touches the transparent part less often than this stands on the other one. */
const LEAST_TOUCH = 0.05

/**
 * Puts transparency on the ground on which the ink can be read: light ink on black, all other on white. Alters `stored.data` where it is transparent.
 * @returns opaque pixels, and whether the picture was opaque before.
 */
export function putOnGround(stored: StoredPixels): { pixels: Pixels; wasOpaque: boolean } {
  const { data, width, height, bands } = stored
  if (bands === 1 || bands === 3) return { pixels: { data, width, height, channels: bands }, wasOpaque: true }
  const channels = bands === 2 ? 1 : 3
  const wasOpaque = isOpaque(data, bands)
  const ground = wasOpaque ? WHITE : chooseGround(stored)
  // The target never overtakes the source: the same memory serves both.
  for (let from = 0, to = 0; from < width * height * bands; from += bands, to += channels) {
    const alpha = data[from + channels] ?? WHITE
    for (let channel = 0; channel < channels; channel += 1)
      data[to + channel] = Math.round(((data[from + channel] ?? 0) * alpha + ground * (255 - alpha)) / 255)
  }
  return { pixels: { data: data.subarray(0, width * height * channels), width, height, channels }, wasOpaque }
}

function isOpaque(data: Uint8Array, bands: number): boolean {
  for (let at = bands - 1; at < data.length; at += bands) if (data[at] !== 255) return false
  return true
}

type Tone = { readonly luma: number; readonly count: number; touching: number }

/**
 * White unless light ink would vanish on it. Writing has transparency all around: what touches it needs a ground of the other tone. A sheet
 * with writing on it (a card, letters with an outline) touches with the sheet's tone only: the ground goes on in that tone.
 */
function chooseGround(stored: StoredPixels): number {
  const counts = new Float64Array(256)
  forEachVisible(stored, (_x, _y, luma) => {
    counts[luma] = (counts[luma] ?? 0) + 1
  })
  const split = findSplit(counts)
  const dark = measureTone(counts, 0, split)
  const light = measureTone(counts, split, 256)
  if (dark.count + light.count === 0) return WHITE
  forEachVisible(stored, (x, y, luma) => {
    if (touchesTransparency(stored, x, y)) (luma < split ? dark : light).touching += 1
  })
  const [outer, inner] = light.touching > dark.touching ? [light, dark] : [dark, light]
  const isSheet =
    light.luma - dark.luma >= LEAST_CONTRAST &&
    inner.count > LEAST_SHARE * (inner.count + outer.count) &&
    inner.touching < LEAST_TOUCH * (inner.touching + outer.touching)
  return outer.luma >= 128 === isSheet ? WHITE : BLACK
}

function forEachVisible(stored: StoredPixels, visit: (x: number, y: number, luma: number) => void): void {
  const { data, width, height, bands } = stored
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += bands) {
      if ((data[at + bands - 1] ?? 0) >= VISIBLE) visit(x, y, measureLuma(data, at, bands))
    }
  }
}

function touchesTransparency({ data, width, height, bands }: StoredPixels, x: number, y: number): boolean {
  const isVisible = (column: number, row: number) =>
    column >= 0 &&
    row >= 0 &&
    column < width &&
    row < height &&
    (data[(row * width + column) * bands + bands - 1] ?? 0) >= VISIBLE
  return !(isVisible(x - 1, y) && isVisible(x + 1, y) && isVisible(x, y - 1) && isVisible(x, y + 1))
}

function measureLuma(data: Uint8Array, at: number, bands: number): number {
  const red = data[at] ?? 0
  if (bands === 2) return red
  return Math.round(0.299 * red + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0))
}

function measureTone(counts: Float64Array, from: number, to: number): Tone {
  let count = 0
  let sum = 0
  for (let level = from; level < to; level += 1) {
    count += counts[level] ?? 0
    sum += level * (counts[level] ?? 0)
  }
  return { luma: count === 0 ? 0 : sum / count, count, touching: 0 }
}

/** The level that parts the tones best: where the variance between the two sides is largest (Otsu). */
function findSplit(counts: Float64Array): number {
  const all = measureTone(counts, 0, 256)
  let below = 0
  let sum = 0
  let best = { split: 128, variance: 0 }
  for (let level = 0; level < 255; level += 1) {
    below += counts[level] ?? 0
    sum += level * (counts[level] ?? 0)
    const above = all.count - below
    if (below === 0 || above === 0) continue
    const variance = below * above * (sum / below - (all.luma * all.count - sum) / above) ** 2
    if (variance > best.variance) best = { split: level + 1, variance }
  }
  return best.split
}

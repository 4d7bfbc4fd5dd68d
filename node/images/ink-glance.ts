import type { StoredPixels } from './pixels.ts'

/** More pixels tell nothing more about which inks there are. */
const GLANCE_PIXELS = 1_000_000
/** Less opacity than this is not seen as ink. */
const VISIBLE = 96

/** What is to be seen in a picture, one value a pixel: its brightness, and whether it is seen at all (1 or 0). */
export type InkGlance = {
  readonly width: number
  readonly height: number
  readonly luma: Uint8Array
  readonly visible: Uint8Array
}

/** A copy of a transparent picture for a glance: of each block of a large one the most opaque pixel, so that thin strokes stay. */
export function takeInkGlance({ data, width, height, bands }: StoredPixels): InkGlance {
  const factor = Math.max(1, Math.ceil(Math.sqrt((width * height) / GLANCE_PIXELS)))
  const [columns, rows] = [Math.ceil(width / factor), Math.ceil(height / factor)]
  const luma = new Uint8Array(columns * rows)
  const opacity = new Uint8Array(columns * rows)
  for (let y = 0, from = 0; y < height; y += 1) {
    const row = Math.floor(y / factor) * columns
    for (let x = 0; x < width; x += 1, from += bands) {
      const alpha = data[from + bands - 1] ?? 0
      const at = row + Math.floor(x / factor)
      if (alpha < VISIBLE || alpha <= (opacity[at] ?? 0)) continue
      opacity[at] = alpha
      luma[at] = measureLuma(data, from, bands)
    }
  }
  return { width: columns, height: rows, luma, visible: opacity.map((alpha) => Number(alpha >= VISIBLE)) }
}

function measureLuma(data: Uint8Array, at: number, bands: number): number {
  const red = data[at] ?? 0
  if (bands === 2) return red
  return Math.round(0.299 * red + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0))
}

import { chooseGround, whiteGround } from './choose-ground.ts'
import { takeInkGlance } from './ink-glance.ts'
import type { Pixels, StoredPixels } from './pixels.ts'

/**
 * Puts transparency on the ground on which the ink can be read: light ink on black, all other on white, and light ink darkened where dark
 * ink stands beside it. Alters `stored.data` where it is transparent.
 * @returns opaque pixels, and whether the picture was opaque before.
 */
export function putOnGround(stored: StoredPixels): { pixels: Pixels; wasOpaque: boolean } {
  const { data, width, height, bands } = stored
  if (bands === 1 || bands === 3) return { pixels: { data, width, height, channels: bands }, wasOpaque: true }
  const channels = bands === 2 ? 1 : 3
  const wasOpaque = isOpaque(data, bands)
  const { level, keptLight } = wasOpaque ? whiteGround : chooseGround(takeInkGlance(stored))
  // The target never overtakes the source: the same memory serves both.
  for (let from = 0, to = 0; from < width * height * bands; from += bands, to += channels) {
    const alpha = data[from + channels] ?? 255
    for (let channel = 0; channel < channels; channel += 1) {
      const own = (data[from + channel] ?? 0) * keptLight
      data[to + channel] = Math.round((own * alpha + level * (255 - alpha)) / 255)
    }
  }
  return { pixels: { data: data.subarray(0, width * height * channels), width, height, channels }, wasOpaque }
}

function isOpaque(data: Uint8Array, bands: number): boolean {
  for (let at = bands - 1; at < data.length; at += bands) if (data[at] !== 255) return false
  return true
}

import type { Pixels } from '../../node/images/pixels.ts'

/** Hue in degrees between cyan and violet. */
const firstHue = 185
const lastHue = 275
/** Below the first saturation a colour is grey, above the second it is certainly a colour; between, the ink fades in. */
const faintest = 0.12
const clear = 0.3

/** What is drawn in blue, on white; black print, pencil, red marks and the paper's own tint vanish. One channel. */
export function keepBlueInk({ data, width, height, channels }: Pixels): Pixels {
  const grey = new Uint8Array(width * height).fill(255)
  if (channels === 1) return { data: grey, width, height, channels: 1 }
  for (let pixel = 0; pixel < grey.length; pixel += 1) {
    const at = pixel * channels
    const opacity = channels === 4 ? (data[at + 3] ?? 255) / 255 : 1
    const over = (channel: number) => (data[at + channel] ?? 255) * opacity + 255 * (1 - opacity)
    grey[pixel] = Math.round(255 * (1 - measureBlue(over(0), over(1), over(2))))
  }
  return { data: grey, width, height, channels: 1 }
}

/** How much blue ink there is, 0…1. Blue is the largest part of all colours between cyan and violet. */
function measureBlue(red: number, green: number, blue: number): number {
  const range = blue - Math.min(red, green)
  if (blue <= red || blue < green || range === 0) return 0
  const hue = 240 + (60 * (red - green)) / range
  if (hue < firstHue || hue > lastHue) return 0
  const saturation = range / blue
  const colour = Math.min(1, Math.max(0, (saturation - faintest) / (clear - faintest)))
  const luma = (0.299 * red + 0.587 * green + 0.114 * blue) / 255
  return colour * (1 - luma)
}

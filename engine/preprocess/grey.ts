import type { Box, Plane } from './pixels.ts'
import type { Pixels } from '../../node/images/pixels.ts'

/** More pixels than this hold no more legible detail for one formula: the picture is averaged down before anything else. */
const workingPixels = 700_000

/**
 * Luma on white paper, averaged down by a whole factor when large.
 * @returns the plane and the factor from plane pixels to input pixels.
 */
export function toGrey(
  pixels: Pixels,
  region: Box,
  mostPixels = workingPixels,
): { grey: Plane; factor: number } {
  const inputWidth = region.right - region.left
  const inputHeight = region.bottom - region.top
  const factor = Math.max(1, Math.ceil(Math.sqrt((inputWidth * inputHeight) / mostPixels) - 0.25))
  const width = Math.max(1, Math.floor(inputWidth / factor))
  const height = Math.max(1, Math.floor(inputHeight / factor))
  const values = new Float32Array(width * height)
  if (factor === 1) return { grey: { values: readRegion(pixels, region), width, height }, factor }
  const { data, channels } = pixels
  const share = 1 / (factor * factor)
  for (let y = 0; y < height; y += 1) {
    for (let inner = 0; inner < factor; inner += 1) {
      let from = ((region.top + y * factor + inner) * pixels.width + region.left) * channels
      for (let x = 0; x < width; x += 1) {
        let sum = 0
        for (let step = 0; step < factor; step += 1) {
          sum += readLuma(data, from, channels)
          from += channels
        }
        const at = y * width + x
        values[at] = (values[at] ?? 0) + sum * share
      }
    }
  }
  return { grey: { values, width, height }, factor }
}

/** The brightness of each pixel. */
function readRegion({ data, width, channels }: Pixels, { left, top, right, bottom }: Box): Float32Array {
  const values = new Float32Array((right - left) * (bottom - top))
  let to = 0
  for (let y = top; y < bottom; y += 1) {
    const end = (y * width + right) * channels
    for (let from = (y * width + left) * channels; from < end; from += channels)
      values[to++] = readLuma(data, from, channels)
  }
  return values
}

/** Brightness from 0 to 255 of the pixel whose first byte is at `at`, on white where it is transparent. */
export function readLuma(data: Pixels['data'], at: number, channels: Pixels['channels']): number {
  const red = data[at] ?? 255
  if (channels === 1) return red
  const luma = 0.299 * red + 0.587 * (data[at + 1] ?? 255) + 0.114 * (data[at + 2] ?? 255)
  if (channels === 3) return luma
  const alpha = data[at + 3] ?? 255
  if (alpha === 255) return luma
  const opacity = alpha / 255
  return luma * opacity + 255 * (1 - opacity)
}

/** Averages blocks of `factor` by `factor` pixels. */
export function shrinkPlane(plane: Plane, factor: number): Plane {
  if (factor <= 1) return plane
  const width = Math.max(1, Math.floor(plane.width / factor))
  const height = Math.max(1, Math.floor(plane.height / factor))
  const values = new Float32Array(width * height)
  const share = 1 / (factor * factor)
  for (let y = 0; y < height * factor; y += 1) {
    const target = Math.floor(y / factor) * width
    let from = y * plane.width
    for (let x = 0; x < width; x += 1) {
      let sum = 0
      for (const end = from + factor; from < end; from += 1) sum += plane.values[from] ?? 0
      values[target + x] = (values[target + x] ?? 0) + sum * share
    }
  }
  return { values, width, height }
}

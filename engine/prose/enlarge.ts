import type { Plane } from '../preprocess/pixels.ts'

/** Grows a picture by a whole factor, with soft steps. */
export function enlarge(plane: Plane, factor: number): Plane {
  if (factor <= 1) return plane
  const width = plane.width * factor
  const height = plane.height * factor
  const values = new Float32Array(width * height)
  const at = (x: number, y: number) => plane.values[y * plane.width + x] ?? 0
  for (let y = 0; y < height; y += 1) {
    const down = Math.min(plane.height - 1, Math.max(0, (y + 0.5) / factor - 0.5))
    const top = Math.floor(down)
    const bottom = Math.min(plane.height - 1, top + 1)
    for (let x = 0; x < width; x += 1) {
      const across = Math.min(plane.width - 1, Math.max(0, (x + 0.5) / factor - 0.5))
      const left = Math.floor(across)
      const right = Math.min(plane.width - 1, left + 1)
      const upper = at(left, top) + (at(right, top) - at(left, top)) * (across - left)
      const lower = at(left, bottom) + (at(right, bottom) - at(left, bottom)) * (across - left)
      values[y * width + x] = upper + (lower - upper) * (down - top)
    }
  }
  return { values, width, height }
}

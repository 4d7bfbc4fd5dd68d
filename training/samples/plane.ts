import type { Random } from './random.ts'

/** One number per pixel, rows from the top. */
export type Plane = { readonly width: number; readonly height: number; readonly values: Float32Array }

export function createPlane(width: number, height: number, value: (x: number, y: number) => number): Plane {
  const values = new Float32Array(width * height)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) values[y * width + x] = value(x, y)
  return { width, height, values }
}

/** Bilinear; points outside take the nearest edge's value. */
export function readPlane(plane: Plane, x: number, y: number): number {
  const cx = Math.min(plane.width - 1.001, Math.max(0, x))
  const cy = Math.min(plane.height - 1.001, Math.max(0, y))
  const [left, top] = [Math.floor(cx), Math.floor(cy)]
  const [u, v] = [cx - left, cy - top]
  const at = top * plane.width + left
  const get = (i: number): number => plane.values[i] ?? 0
  const upper = get(at) * (1 - u) + get(at + 1) * u
  const lower = get(at + plane.width) * (1 - u) + get(at + plane.width + 1) * u
  return upper * (1 - v) + lower * v
}

/** Smooth noise of about ±1 whose blotches are `size` pixels wide. */
export function createNoise(width: number, height: number, size: number, random: Random): Plane {
  const [columns, rows] = [Math.ceil(width / size) + 2, Math.ceil(height / size) + 2]
  const grid = createPlane(columns, rows, () => random.between(-1, 1))
  const soften = (t: number): number => Math.floor(t) + (t % 1) ** 2 * (3 - 2 * (t % 1))
  return createPlane(width, height, (x, y) => readPlane(grid, soften(x / size), soften(y / size)))
}

/** Gaussian blur; `deviation` in pixels, nothing happens below 0.2. */
export function blurPlane(plane: Plane, deviation: number): Plane {
  if (deviation < 0.2) return plane
  const reach = Math.ceil(deviation * 2.5)
  const weights = Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-0.5 * ((i - reach) / deviation) ** 2),
  )
  const sum = weights.reduce((a, b) => a + b, 0)
  const pass = (source: Plane, dx: number, dy: number): Plane =>
    createPlane(source.width, source.height, (x, y) => {
      let total = 0
      for (let i = -reach; i <= reach; i++) {
        const cx = Math.min(source.width - 1, Math.max(0, x + i * dx))
        const cy = Math.min(source.height - 1, Math.max(0, y + i * dy))
        total += (weights[i + reach] ?? 0) * (source.values[cy * source.width + cx] ?? 0)
      }
      return total / sum
    })
  return pass(pass(plane, 1, 0), 0, 1)
}

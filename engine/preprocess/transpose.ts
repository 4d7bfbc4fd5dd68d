import type { Plane } from './pixels.ts'

/** Rows become columns. */
export function transpose({ width, height, values }: Plane): Plane {
  const turned = new Float32Array(values.length)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) turned[x * height + y] = values[y * width + x] ?? 0
  }
  return { values: turned, width: height, height: width }
}

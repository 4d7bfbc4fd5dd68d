import type { Canvas, Plane } from '../preprocess/pixels.ts'

/** Pixels of paper between signs and around them, where letters are small. */
const [gap, margin] = [6, 4]

/** Where the ink of a canvas lies. */
export type Crop = {
  readonly canvas: Canvas
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

export function cropToInk(canvas: Canvas): Crop {
  let [left, top, right, bottom] = [canvas.width, canvas.height, 0, 0]
  canvas.data.forEach((value, at) => {
    if (value <= 40) return
    const [x, y] = [at % canvas.width, Math.floor(at / canvas.width)]
    left = Math.min(left, x)
    right = Math.max(right, x + 1)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y + 1)
  })
  return { canvas, left, top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) }
}

/** The sign before a letter, or between two, all on one middle line. */
export function placeBeside(sign: Crop, isBetween: boolean, companion: Plane): Canvas {
  const inner = sign.width + (isBetween ? 2 : 1) * (companion.width + gap)
  const width = roundUp(inner + 2 * margin)
  const height = Math.max(32, roundUp(Math.max(sign.height, companion.height) + 2 * margin))
  const data = new Uint8Array(width * height)
  let left = (width - inner) >> 1
  const place = (wide: number, high: number, read: (x: number, y: number) => number) => {
    const top = (height - high) >> 1
    for (let y = 0; y < high; y += 1)
      for (let x = 0; x < wide; x += 1) data[(top + y) * width + left + x] = read(x, y)
    left += wide + gap
  }
  const placeLetter = () => {
    place(companion.width, companion.height, (x, y) =>
      Math.round(255 * (companion.values[y * companion.width + x] ?? 0)),
    )
  }
  if (isBetween) placeLetter()
  place(
    sign.width,
    sign.height,
    (x, y) => sign.canvas.data[(sign.top + y) * sign.canvas.width + sign.left + x] ?? 0,
  )
  placeLetter()
  return { data, width, height }
}

function roundUp(value: number): number {
  return Math.ceil(value / 8) * 8
}

import type { Plane } from '../preprocess/pixels.ts'

type Stroke = {
  readonly from: readonly [number, number]
  readonly to: readonly [number, number]
  readonly width: number
}

const [width, height] = [13, 11]
/** A heavy and a light diagonal with short feet, as the letter x is cut. */
const strokes: readonly Stroke[] = [
  { from: [2.6, 0.9], to: [10.4, 10.1], width: 2.2 },
  { from: [10.2, 0.9], to: [2.6, 10.1], width: 1 },
  { from: [0.8, 0.7], to: [5, 0.7], width: 0.9 },
  { from: [8.2, 0.7], to: [12, 0.7], width: 0.9 },
  { from: [0.8, 10.3], to: [4.6, 10.3], width: 0.9 },
  { from: [8, 10.3], to: [12.2, 10.3], width: 0.9 },
]

/** The letter x, ink from 0 to 1; at scale 1 of the size that small letters have on the canvas for reading token by token. */
export function drawCompanion(scale: number): Plane {
  const [wide, high] = [Math.round(width * scale), Math.round(height * scale)]
  const values = Float32Array.from({ length: wide * high }, (_, at) => {
    const [x, y] = [(at % wide) + 0.5, Math.floor(at / wide) + 0.5]
    return Math.max(...strokes.map((stroke) => measureInk(scaleStroke(stroke, scale), x, y)))
  })
  return { width: wide, height: high, values }
}

function scaleStroke({ from, to, width: thickness }: Stroke, scale: number): Stroke {
  return {
    from: [from[0] * scale, from[1] * scale],
    to: [to[0] * scale, to[1] * scale],
    width: thickness * scale,
  }
}

/** How much of a pixel a stroke covers, by the distance of their middles. */
function measureInk({ from, to, width: thickness }: Stroke, x: number, y: number): number {
  const [alongX, alongY] = [to[0] - from[0], to[1] - from[1]]
  const share = ((x - from[0]) * alongX + (y - from[1]) * alongY) / (alongX * alongX + alongY * alongY)
  const inside = Math.min(1, Math.max(0, share))
  const distance = Math.hypot(x - from[0] - inside * alongX, y - from[1] - inside * alongY)
  return Math.min(1, Math.max(0, thickness / 2 + 0.5 - distance))
}

import type { Point } from './outline.ts'

type Shape = readonly (readonly (readonly [number, number])[])[]

const line: Shape = [
  [
    [0, 0.5],
    [1, 0.5],
  ],
]
const leftBrace: Shape = [
  [
    [1, 0],
    [0.62, 0.06],
    [0.5, 0.2],
    [0.52, 0.36],
    [0.4, 0.46],
    [0.02, 0.5],
    [0.4, 0.54],
    [0.52, 0.64],
    [0.5, 0.8],
    [0.62, 0.94],
    [1, 1],
  ],
]

/**
 * How a hand draws each sign: strokes of points in the sign's box, (0, 0) at its top left. A point given twice is a corner,
 * everything else is passed in a curve.
 */
const shapes: Record<string, Shape> = {
  '+': [
    [
      [0, 0.5],
      [1, 0.48],
    ],
    [
      [0.5, 0],
      [0.49, 1],
    ],
  ],
  '-': line,
  '−': line,
  '=': [
    [
      [0, 0],
      [1, 0],
    ],
    [
      [0.02, 1],
      [0.98, 1],
    ],
  ],
  '→': [
    [
      [0, 0.5],
      [1, 0.5],
    ],
    [
      [0.66, 0],
      [1, 0.5],
      [1, 0.5],
      [0.64, 1],
    ],
  ],
  '∞': [
    [
      [0.5, 0.5],
      [0.72, 0.1],
      [0.95, 0.2],
      [0.97, 0.7],
      [0.76, 0.95],
      [0.5, 0.5],
      [0.25, 0.06],
      [0.03, 0.3],
      [0.04, 0.8],
      [0.25, 0.95],
      [0.53, 0.46],
    ],
  ],
  '(': [
    [
      [1, 0],
      [0.3, 0.22],
      [0.05, 0.5],
      [0.3, 0.78],
      [1, 1],
    ],
  ],
  ')': [
    [
      [0, 0],
      [0.7, 0.22],
      [0.95, 0.5],
      [0.7, 0.78],
      [0, 1],
    ],
  ],
  '|': [
    [
      [0.5, 0],
      [0.5, 0.5],
      [0.5, 1],
    ],
  ],
  '{': leftBrace,
  '/': [
    [
      [1, 0],
      [0, 1],
    ],
  ],
  rule: [
    [
      [0, 0.5],
      [0.35, 0.4],
      [0.7, 0.6],
      [1, 0.5],
    ],
  ],
  surd: [
    [
      [0, 0.6],
      [0.18, 0.5],
      [0.18, 0.5],
      [0.45, 1],
      [0.45, 1],
      [1, 0],
    ],
  ],
}

/** The strokes of a sign in its unit box, each as a dense line; `undefined` for signs that no hand here can draw. */
export function readStrokes(sign: string): Point[][] | undefined {
  return shapes[sign]?.map((stroke) => smooth(stroke.map(([x, y]) => ({ x, y }))))
}

/** A Catmull–Rom curve through the points. */
function smooth(points: readonly Point[]): Point[] {
  const curve: Point[] = []
  for (let i = 0; i + 1 < points.length; i++) {
    const [b, c] = [points[i], points[i + 1]]
    if (!b || !c) continue
    const [a, d] = [points[i - 1] ?? b, points[i + 2] ?? c]
    for (let step = 0; step < 12; step++) {
      const t = step / 12
      curve.push({ x: bend(a.x, b.x, c.x, d.x, t), y: bend(a.y, b.y, c.y, d.y, t) })
    }
  }
  const last = points.at(-1)
  return last ? [...curve, last] : curve
}

function bend(a: number, b: number, c: number, d: number, t: number): number {
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
}

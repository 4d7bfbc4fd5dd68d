type Stroke = readonly (readonly [number, number])[]

const curve = (from: number, to: number, make: (t: number) => readonly [number, number], steps = 8): Stroke =>
  Array.from({ length: steps + 1 }, (_, at) => make(from + ((to - from) * at) / steps))

const arc = (
  centreX: number,
  centreY: number,
  radiusX: number,
  radiusY: number,
  from: number,
  to: number,
): Stroke =>
  curve(
    from,
    to,
    (angle) => [centreX + radiusX * Math.cos(angle * Math.PI), centreY + radiusY * Math.sin(angle * Math.PI)],
    10,
  )

/**
 * Signs as a pen draws them, in a unit box with y upwards: text faces made after handwriting have letters, but seldom these.
 * Keys are code points as MathJax names them.
 */
export const penStrokes: Readonly<Record<string, readonly Stroke[]>> = {
  '2B': [
    [
      [0, 0.5],
      [1, 0.5],
    ],
    [
      [0.5, 0],
      [0.5, 1],
    ],
  ],
  '2212': [
    [
      [0, 0.5],
      [0.5, 0.5],
      [1, 0.5],
    ],
  ],
  '3D': [
    [
      [0, 0.95],
      [1, 0.95],
    ],
    [
      [0, 0.05],
      [1, 0.05],
    ],
  ],
  '3C': [
    [
      [1, 1],
      [0, 0.5],
      [1, 0],
    ],
  ],
  '3E': [
    [
      [0, 1],
      [1, 0.5],
      [0, 0],
    ],
  ],
  '2264': [
    [
      [1, 1],
      [0, 0.62],
      [1, 0.25],
    ],
    [
      [0, 0],
      [1, 0],
    ],
  ],
  '2265': [
    [
      [0, 1],
      [1, 0.62],
      [0, 0.25],
    ],
    [
      [0, 0],
      [1, 0],
    ],
  ],
  '2A7D': [
    [
      [1, 1],
      [0, 0.62],
      [1, 0.27],
    ],
    [
      [0, 0.36],
      [1, 0],
    ],
  ],
  '2A7E': [
    [
      [0, 1],
      [1, 0.62],
      [0, 0.27],
    ],
    [
      [1, 0.36],
      [0, 0],
    ],
  ],
  '2260': [
    [
      [0, 0.7],
      [1, 0.7],
    ],
    [
      [0, 0.35],
      [1, 0.35],
    ],
    [
      [0.75, 1],
      [0.25, 0],
    ],
  ],
  '2248': [
    curve(0, 1, (t) => [t, 0.75 + 0.2 * Math.sin(t * 6.28)]),
    curve(0, 1, (t) => [t, 0.2 + 0.2 * Math.sin(t * 6.28)]),
  ],
  B1: [
    [
      [0, 0.62],
      [1, 0.62],
    ],
    [
      [0.5, 0.25],
      [0.5, 1],
    ],
    [
      [0, 0],
      [1, 0],
    ],
  ],
  D7: [
    [
      [0, 1],
      [1, 0],
    ],
    [
      [0, 0],
      [1, 1],
    ],
  ],
  F7: [
    [
      [0, 0.5],
      [1, 0.5],
    ],
    [
      [0.48, 0.95],
      [0.52, 0.92],
    ],
    [
      [0.48, 0.08],
      [0.52, 0.05],
    ],
  ],
  '2227': [
    [
      [0, 0],
      [0.5, 1],
      [1, 0],
    ],
  ],
  '2228': [
    [
      [0, 1],
      [0.5, 0],
      [1, 1],
    ],
  ],
  AC: [
    [
      [0, 1],
      [1, 1],
      [1, 0],
    ],
  ],
  '2192': [
    [
      [0, 0.5],
      [1, 0.5],
    ],
    [
      [0.7, 0.95],
      [1, 0.5],
      [0.7, 0.05],
    ],
  ],
  '2190': [
    [
      [1, 0.5],
      [0, 0.5],
    ],
    [
      [0.3, 0.95],
      [0, 0.5],
      [0.3, 0.05],
    ],
  ],
  '21D2': [
    [
      [0, 0.72],
      [0.85, 0.72],
    ],
    [
      [0, 0.28],
      [0.85, 0.28],
    ],
    [
      [0.65, 1],
      [1, 0.5],
      [0.65, 0],
    ],
  ],
  '28': [curve(0, 1, (t) => [1 - 0.95 * Math.sin(t * Math.PI), 1 - t])],
  '29': [curve(0, 1, (t) => [0.95 * Math.sin(t * Math.PI), 1 - t])],
  '5B': [
    [
      [1, 1],
      [0.1, 1],
      [0.1, 0],
      [1, 0],
    ],
  ],
  '5D': [
    [
      [0, 1],
      [0.9, 1],
      [0.9, 0],
      [0, 0],
    ],
  ],
  '7C': [
    [
      [0.5, 1],
      [0.5, 0],
    ],
  ],
  '2223': [
    [
      [0.5, 1],
      [0.5, 0],
    ],
  ],
  '2F': [
    [
      [1, 1],
      [0, 0],
    ],
  ],
  '2208': [
    [...arc(0.9, 0.5, 0.9, 0.5, 0.5, 1.5)],
    [
      [0.05, 0.5],
      [0.9, 0.5],
    ],
  ],
  '222A': [[[0, 1], ...arc(0.5, 0.45, 0.5, 0.45, 1, 2), [1, 1]]],
  '2229': [[[0, 0], ...[...arc(0.5, 0.55, 0.5, 0.45, 0, 1)].reverse(), [1, 0]]],
  '2282': [arc(0.9, 0.5, 0.9, 0.5, 0.5, 1.5)],
  '2286': [
    arc(0.9, 0.62, 0.9, 0.38, 0.5, 1.5),
    [
      [0, 0],
      [1, 0],
    ],
  ],
  '221E': [
    curve(0, 2, (t) => [0.5 + 0.5 * Math.sin(t * Math.PI), 0.5 + 0.5 * Math.sin(2 * t * Math.PI)], 20),
  ],
  '2211': [
    [
      [1, 0.93],
      [0.95, 1],
      [0, 1],
      [0.6, 0.5],
      [0, 0],
      [0.95, 0],
      [1, 0.08],
    ],
  ],
  '222B': [
    [
      [1, 0.93],
      [0.85, 1],
      [0.65, 0.93],
      [0.5, 0.5],
      [0.35, 0.07],
      [0.15, 0],
      [0, 0.07],
    ],
  ],
  '2220': [
    [
      [0.8, 1],
      [0, 0],
      [1, 0],
    ],
  ],
  '25B3': [
    [
      [0, 0],
      [0.5, 1],
      [1, 0],
      [0, 0],
    ],
  ],
  '22A5': [
    [
      [0.5, 1],
      [0.5, 0],
    ],
    [
      [0, 0],
      [1, 0],
    ],
  ],
  '2225': [
    [
      [0.1, 1],
      [0.1, 0],
    ],
    [
      [0.9, 1],
      [0.9, 0],
    ],
  ],
  '2032': [
    [
      [0.9, 1],
      [0.2, 0],
    ],
  ],
  '2200': [
    [
      [0, 1],
      [0.5, 0],
      [1, 1],
    ],
    [
      [0.2, 0.6],
      [0.8, 0.6],
    ],
  ],
  '2203': [
    [
      [0, 1],
      [1, 1],
      [1, 0],
      [0, 0],
    ],
    [
      [0.1, 0.5],
      [1, 0.5],
    ],
  ],
  '3B8': [
    arc(0.5, 0.5, 0.5, 0.5, 0.5, 2.5),
    [
      [0.05, 0.5],
      [0.95, 0.5],
    ],
  ],
  '3C0': [
    [
      [0, 0.9],
      [1, 1],
    ],
    [
      [0.3, 0.95],
      [0.2, 0],
    ],
    [
      [0.7, 0.97],
      [0.75, 0.1],
      [0.95, 0.05],
    ],
  ],
  '3BB': [
    [
      [0.05, 0.95],
      [0.25, 0.95],
      [1, 0],
    ],
    [
      [0.5, 0.6],
      [0, 0],
    ],
  ],
  '394': [
    [
      [0, 0],
      [0.5, 1],
      [1, 0],
      [0, 0],
    ],
  ],
}

/** Smooth SVG path through the points (Catmull-Rom), or straight segments for corners. */
export function drawStroke(points: readonly (readonly [number, number])[], isSmooth: boolean): string {
  const format = ([x, y]: readonly [number, number]) => `${Math.round(x)} ${Math.round(y)}`
  const [first, ...rest] = points
  if (!first) return ''
  if (!isSmooth || points.length < 3)
    return `M${format(first)}${rest.map((point) => `L${format(point)}`).join('')}`
  let d = `M${format(first)}`
  for (let at = 0; at < points.length - 1; at += 1) {
    const p1 = points[at] ?? first
    const p0 = points[at - 1] ?? p1
    const p2 = points[at + 1] ?? p1
    const p3 = points[at + 2] ?? p2
    const one: readonly [number, number] = [p1[0] + (p2[0] - p0[0]) / 6, p1[1] + (p2[1] - p0[1]) / 6]
    const two: readonly [number, number] = [p2[0] - (p3[0] - p1[0]) / 6, p2[1] - (p3[1] - p1[1]) / 6]
    d += `C${format(one)} ${format(two)} ${format(p2)}`
  }
  return d
}

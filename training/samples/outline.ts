/** Closed contours as dense polygons, so that any bending is a map over points. */
export type Point = { readonly x: number; readonly y: number }
export type Outline = readonly (readonly Point[])[]
export type Box = {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Segments per curve: finer than a pixel at the sizes used here. */
const steps = 10

type Pen = { contours: Point[][]; at: Point; control: Point | undefined }

/** Reads SVG path data with absolute commands, as typesetters and font readers write it. */
export function parseOutline(data: string): Outline {
  const pen: Pen = { contours: [], at: { x: 0, y: 0 }, control: undefined }
  for (const [, command = '', rest = ''] of data.matchAll(/([A-Za-z])([^A-Za-z]*)/g)) {
    const numbers = (rest.match(/-?(?:\d+\.?\d*|\.\d+)/g) ?? []).map(Number)
    const size = argumentCounts[command]
    if (size === undefined) throw new Error(`Path command ${command} is not known`)
    if (size === 0) continue
    for (let i = 0; i + size <= numbers.length; i += size) draw(pen, command, numbers.slice(i, i + size))
  }
  return pen.contours
}

const argumentCounts: Record<string, number> = { M: 2, L: 2, H: 1, V: 1, Q: 4, T: 2, C: 6, Z: 0 }

function draw(pen: Pen, command: string, n: readonly number[]): void {
  const at = (i: number): number => n[i] ?? 0
  const start = pen.at
  const end =
    command === 'H'
      ? { x: at(0), y: start.y }
      : command === 'V'
        ? { x: start.x, y: at(0) }
        : { x: at(n.length - 2), y: at(n.length - 1) }
  const contour = pen.contours.at(-1)
  if (command === 'M' || !contour) pen.contours.push([end])
  else if (command === 'C') {
    const [a, b] = [
      { x: at(0), y: at(1) },
      { x: at(2), y: at(3) },
    ]
    for (let i = 1; i <= steps; i++) contour.push(cubic(start, a, b, end, i / steps))
  } else if (command === 'Q' || command === 'T') {
    const before = pen.control ?? start
    const bend =
      command === 'Q' ? { x: at(0), y: at(1) } : { x: 2 * start.x - before.x, y: 2 * start.y - before.y }
    for (let i = 1; i <= steps; i++) contour.push(quadratic(start, bend, end, i / steps))
    pen.control = bend
  } else contour.push(end)
  if (command !== 'Q' && command !== 'T') pen.control = undefined
  pen.at = end
}

function quadratic(a: Point, b: Point, c: Point, t: number): Point {
  const [p, q, r] = [(1 - t) ** 2, 2 * t * (1 - t), t * t]
  return { x: p * a.x + q * b.x + r * c.x, y: p * a.y + q * b.y + r * c.y }
}

function cubic(a: Point, b: Point, c: Point, d: Point, t: number): Point {
  const [p, q, r, s] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3]
  return { x: p * a.x + q * b.x + r * c.x + s * d.x, y: p * a.y + q * b.y + r * c.y + s * d.y }
}

export function mapOutline(outline: Outline, move: (point: Point) => Point): Outline {
  return outline.map((contour) => contour.map(move))
}

/** The smallest box around all points; a box turned inside out when there are none. */
export function measureOutline(outline: Outline): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const contour of outline)
    for (const { x, y } of contour) {
      left = Math.min(left, x)
      top = Math.min(top, y)
      right = Math.max(right, x)
      bottom = Math.max(bottom, y)
    }
  return { left, top, right, bottom }
}

export function writeOutline(outline: Outline): string {
  const write = ({ x, y }: Point): string => `${x.toFixed(2)} ${y.toFixed(2)}`
  return outline.map((contour) => `M${contour.map(write).join('L')}Z`).join('')
}

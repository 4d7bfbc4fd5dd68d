/** In a unit box with y upwards. */
export type Point = readonly [number, number]
export type Stroke = readonly Point[]

/** Reads `x y x y …` in hundredths of the box; strokes parted by `|`. */
export function readStrokes(text: string): readonly Stroke[] {
  return text.split('|').map((stroke) => {
    const numbers = stroke.trim().split(/\s+/).map(Number)
    return Array.from({ length: Math.floor(numbers.length / 2) }, (_, at): Point => [
      (numbers[2 * at] ?? 0) / 100,
      (numbers[2 * at + 1] ?? 0) / 100,
    ])
  })
}

/** Smooth SVG path through the points (Catmull-Rom), or straight segments for corners. */
export function drawStroke(points: Stroke, isSmooth: boolean): string {
  const format = ([x, y]: Point) => `${Math.round(x)} ${Math.round(y)}`
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
    const one: Point = [p1[0] + (p2[0] - p0[0]) / 6, p1[1] + (p2[1] - p0[1]) / 6]
    const two: Point = [p2[0] - (p3[0] - p1[0]) / 6, p2[1] - (p3[1] - p1[1]) / 6]
    d += `C${format(one)} ${format(two)} ${format(p2)}`
  }
  return d
}

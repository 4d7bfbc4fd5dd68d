import type { Box, Plane } from './pixels.ts'

/** Degrees clockwise by which a picture is turned before it is read. */
export type Turn = 0 | 90 | 180 | 270

/** The picture turned clockwise. */
export function turnPlane(plane: Plane, turn: Turn): Plane {
  if (turn === 0) return plane
  const { width, height, values } = plane
  const turned = new Float32Array(values.length)
  if (turn === 180) {
    for (let at = 0; at < values.length; at += 1) turned[values.length - 1 - at] = values[at] ?? 0
    return { values: turned, width, height }
  }
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const to = turn === 90 ? x * height + height - 1 - y : (width - 1 - x) * height + y
      turned[to] = values[y * width + x] ?? 0
    }
  }
  return { values: turned, width: height, height: width }
}

/** Where a box of the turned picture lies in the picture as it was, whose size is `width` × `height`. */
export function turnBoxBack(
  { left, top, right, bottom }: Box,
  turn: Turn,
  { width, height }: { readonly width: number; readonly height: number },
): Box {
  switch (turn) {
    case 90:
      return { left: top, right: bottom, top: height - right, bottom: height - left }
    case 180:
      return { left: width - right, right: width - left, top: height - bottom, bottom: height - top }
    case 270:
      return { left: width - bottom, right: width - top, top: left, bottom: right }
    default:
      return { left, top, right, bottom }
  }
}

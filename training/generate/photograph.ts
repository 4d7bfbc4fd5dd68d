import type { Pixels } from '../../node/images/pixels.ts'
import { blurSoftly, smear } from './camera.ts'
import { developPicture } from './paper.ts'
import type { Rng } from './rng.ts'

/** Ink 0…1 as the rasteriser gave it. */
export type InkImage = {
  readonly values: Float32Array
  readonly width: number
  readonly height: number
  /** Height of figures in pixels. */
  readonly figure: number
}

/** A picture, and where in it a point of the ink image went. */
export type Picture = {
  readonly pixels: Pixels
  readonly place: (x: number, y: number) => readonly [number, number]
}

/** Puts ink on clean paper with a margin: screenshots and scans. */
export function layOnPaper(ink: InkImage, rng: Rng): Picture {
  const isTight = rng.chance(0.15)
  const margin = () =>
    isTight ? 0 : Math.round(rng.between(1, (rng.chance(0.1) ? 1.6 : 0.5) * Math.min(ink.height, 60) + 6))
  const [left, top, right, bottom] = [margin(), margin(), margin(), margin()]
  const width = ink.width + left + right
  const height = ink.height + top + bottom
  const paper = rng.chance(0.6) ? 255 : rng.between(205, 255)
  const dark = rng.chance(0.5) ? 0 : rng.between(0, 110)
  const isInverted = rng.chance(0.06)
  const noise = rng.chance(0.3) ? rng.between(0, 8) : 0
  const data = new Uint8Array(width * height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const innerX = x - left
      const innerY = y - top
      const isInside = innerX >= 0 && innerY >= 0 && innerX < ink.width && innerY < ink.height
      const value = isInside ? (ink.values[innerY * ink.width + innerX] ?? 0) : 0
      const level = paper + (dark - paper) * value + (noise > 0 ? (rng.next() - 0.5) * 2 * noise : 0)
      data[y * width + x] = Math.max(0, Math.min(255, Math.round(isInverted ? 255 - level : level)))
    }
  }
  return { pixels: { data, width, height, channels: 1 }, place: (x, y) => [x + left, y + top] }
}

/** Photographs the ink: warped, on shaded or ruled paper or a board, blurred, with grain and with strangers at the edge. */
export function photograph(
  ink: InkImage,
  neighbour: InkImage | undefined,
  isHand: boolean,
  rng: Rng,
): Picture {
  const usual = Math.min(ink.height, 80)
  const looseness = rng.weighted([
    [14, 0],
    [68, 1],
    [18, 2.2],
  ])
  const marginX = () =>
    Math.round(looseness * (rng.between(0.02, 0.2) * Math.min(ink.width, 400) + rng.between(3, 30)))
  const marginY = () => Math.round(looseness * (rng.between(0.1, 0.8) * usual + 4))
  const left = marginX()
  const top = marginY()
  const width = ink.width + left + marginX()
  const height = ink.height + top + marginY()
  const toInk = chooseWarp(width, height, left, top, isHand, rng)
  let plane: Float32Array = warp(ink, width, height, toInk)
  let faint: Float32Array | undefined
  if (neighbour && looseness > 0) {
    if (rng.chance(0.35)) addNeighbour(plane, width, height, neighbour, rng)
    if (rng.chance(0.12)) addNeighbour(plane, width, height, neighbour, rng)
    if (rng.chance(0.1)) addBeside(plane, width, height, neighbour, left, rng)
    if (rng.chance(0.06)) faint = showThrough(neighbour, width, height, rng)
  }
  if (rng.chance(0.07)) addSpecks(plane, width, height, rng)
  if (rng.chance(0.1)) plane = smear(plane, width, height, rng.between(2, 5), rng.between(0, Math.PI))
  const passes = rng.weighted([
    [25, 0],
    [45, 1],
    [20, 2],
    [10, Math.min(6, Math.round(ink.figure / 6))],
  ])
  plane = blurSoftly(plane, width, height, passes)
  return {
    pixels: developPicture(plane, faint, width, height, isHand, rng),
    place: (x, y) => invert(toInk, x, y, left, top),
  }
}

/** Where in the ink image a pixel of the photograph comes from. */
type Warp = (x: number, y: number) => readonly [number, number]

/** The warp is nearly a shift: a few corrections find the pixel that a point of ink went to. */
function invert(toInk: Warp, x: number, y: number, left: number, top: number): readonly [number, number] {
  let [atX, atY] = [x + left, y + top]
  for (let round = 0; round < 6; round += 1) {
    const [inkX, inkY] = toInk(atX, atY)
    atX += x - inkX
    atY += y - inkY
  }
  return [atX, atY]
}

function chooseWarp(
  width: number,
  height: number,
  left: number,
  top: number,
  isHand: boolean,
  rng: Rng,
): Warp {
  const centreX = width / 2
  const centreY = height / 2
  const angle = rng.weighted([
    [66, rng.normal() * 0.018],
    [24, rng.between(-0.08, 0.08)],
    [10, rng.between(-0.14, 0.14)],
  ])
  const cos = Math.cos(angle)
  const sin = Math.sin(angle)
  const shear = rng.normal() * 0.03
  const tiltX = (rng.normal() * 0.06) / width
  const tiltY = (rng.normal() * 0.05) / height
  const wave = (isHand ? 1.4 : 0.5) * rng.next() * Math.min(3, height / 40)
  const waveX = rng.between(0.5, 2.5) * (6.28 / width)
  const phase = rng.between(0, 6.28)
  return (x, y) => {
    const dx = x - centreX
    const dy = y - centreY
    const scale = 1 + tiltX * dx + tiltY * dy
    const turnedX = (dx * cos - dy * sin + shear * dy) * scale
    const turnedY = (dx * sin + dy * cos) * scale + wave * Math.sin(x * waveX + phase)
    return [turnedX + centreX - left, turnedY + centreY - top]
  }
}

function warp(ink: InkImage, width: number, height: number, toInk: Warp): Float32Array {
  const plane = new Float32Array(width * height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [inkX, inkY] = toInk(x, y)
      const value = sampleAt(ink, inkX, inkY)
      if (value > 0) plane[y * width + x] = value
    }
  }
  return plane
}

function sampleAt(ink: InkImage, x: number, y: number): number {
  const left = Math.floor(x)
  const top = Math.floor(y)
  if (left < 0 || top < 0 || left >= ink.width - 1 || top >= ink.height - 1) return 0
  const right = x - left
  const down = y - top
  const at = top * ink.width + left
  const { values } = ink
  return (
    ((values[at] ?? 0) * (1 - right) + (values[at + 1] ?? 0) * right) * (1 - down) +
    ((values[at + ink.width] ?? 0) * (1 - right) + (values[at + ink.width + 1] ?? 0) * right) * down
  )
}

/** A part of another line, cut off by the crop. */
function addNeighbour(
  plane: Float32Array,
  width: number,
  height: number,
  neighbour: InkImage,
  rng: Rng,
): void {
  const isAbove = rng.chance(0.5)
  const seen = Math.round(rng.between(2, Math.min(0.1 * height, 0.5 * neighbour.height, 14)))
  const shift = Math.round(rng.between(-0.6 * neighbour.width, 0.7 * width))
  for (let row = 0; row < seen; row += 1) {
    const fromY = isAbove
      ? neighbour.height - 1 - (seen - 1 - row) - Math.floor(neighbour.height * 0.25)
      : row + Math.floor(neighbour.height * 0.2)
    const toY = isAbove ? row : height - seen + row
    if (fromY < 0 || fromY >= neighbour.height || toY < 0 || toY >= height) continue
    for (let x = 0; x < neighbour.width; x += 1) {
      const toX = x + shift
      if (toX < 0 || toX >= width) continue
      const at = toY * width + toX
      plane[at] = Math.max(plane[at] ?? 0, neighbour.values[fromY * neighbour.width + x] ?? 0)
    }
  }
}

/** What stands to the left or right on the same line, cut off by the crop. */
function addBeside(
  plane: Float32Array,
  width: number,
  height: number,
  neighbour: InkImage,
  margin: number,
  rng: Rng,
): void {
  const seen = Math.round(rng.between(1, Math.max(2, 0.3 * margin)))
  const isLeft = rng.chance(0.5)
  const from = rng.int(0, Math.max(0, neighbour.width - seen))
  const down = Math.round((height - neighbour.height) / 2 + rng.normal() * 4)
  for (let y = Math.max(0, -down); y < neighbour.height && y + down < height; y += 1) {
    for (let x = 0; x < seen; x += 1) {
      const at = (y + down) * width + (isLeft ? x : width - seen + x)
      plane[at] = Math.max(plane[at] ?? 0, neighbour.values[y * neighbour.width + from + x] ?? 0)
    }
  }
}

/** Writing on the back of the sheet, mirrored and weak. */
function showThrough(neighbour: InkImage, width: number, height: number, rng: Rng): Float32Array {
  const faint = new Float32Array(width * height)
  const strength = rng.between(0.12, 0.5)
  const [right, down] = [rng.int(-20, Math.max(0, width - 20)), rng.int(-10, Math.max(0, height - 10))]
  for (let y = Math.max(0, -down); y < neighbour.height && y + down < height; y += 1) {
    for (let x = Math.max(0, -right); x < neighbour.width && x + right < width; x += 1) {
      faint[(y + down) * width + x + right] =
        strength * (neighbour.values[y * neighbour.width + neighbour.width - 1 - x] ?? 0)
    }
  }
  return blurSoftly(faint, width, height, 1)
}

/** Dust, crumbs, pen rests. */
function addSpecks(plane: Float32Array, width: number, height: number, rng: Rng): void {
  for (let count = rng.int(1, 6); count > 0; count -= 1) {
    const [x, y] = [rng.int(0, width - 1), rng.int(0, height - 1)]
    const [wide, high] = [rng.int(1, 3), rng.int(1, 2)]
    for (let row = y; row < Math.min(height, y + high); row += 1)
      for (let column = x; column < Math.min(width, x + wide); column += 1)
        plane[row * width + column] = rng.between(0.4, 1)
  }
}

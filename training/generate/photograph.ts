import type { Pixels } from '../../engine/preprocess/pixels.ts'
import type { Rng } from './rng.ts'

/** Ink 0…1 as the rasteriser gave it. */
export type InkImage = { readonly values: Float32Array; readonly width: number; readonly height: number }

/** A picture, and where in it a point of the ink image went. */
export type Picture = {
  readonly pixels: Pixels
  readonly place: (x: number, y: number) => readonly [number, number]
}

/** Puts ink on clean paper with a margin: screenshots and scans. */
export function layOnPaper(ink: InkImage, rng: Rng): Picture {
  const margin = () => Math.round(rng.between(3, 0.5 * Math.min(ink.height, 60) + 6))
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
  const marginX = () => Math.round(rng.between(0.02, 0.2) * Math.min(ink.width, 400) + rng.between(3, 30))
  const marginY = () => Math.round(rng.between(0.1, 0.8) * Math.min(ink.height, 80) + 4)
  const left = marginX()
  const top = marginY()
  const width = ink.width + left + marginX()
  const height = ink.height + top + marginY()
  const toInk = chooseWarp(width, height, left, top, isHand, rng)
  let plane: Float32Array = warp(ink, width, height, toInk)
  if (neighbour && rng.chance(0.35)) addNeighbour(plane, width, height, neighbour, rng)
  if (rng.chance(0.75)) plane = blur(plane, width, height, rng.chance(0.3) ? 2 : 1)
  return { pixels: shade(plane, width, height, isHand, rng), place: (x, y) => invert(toInk, x, y, left, top) }
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
  const angle = rng.chance(0.75) ? rng.normal() * 0.02 : rng.between(-0.085, 0.085)
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

function blur(plane: Float32Array, width: number, height: number, passes: number): Float32Array {
  let current = plane
  for (let pass = 0; pass < passes; pass += 1) {
    const next = new Float32Array(current.length)
    for (let y = 1; y < height - 1; y += 1) {
      for (let x = 1; x < width - 1; x += 1) {
        const at = y * width + x
        next[at] =
          0.25 * (current[at] ?? 0) +
          0.125 *
            ((current[at - 1] ?? 0) +
              (current[at + 1] ?? 0) +
              (current[at - width] ?? 0) +
              (current[at + width] ?? 0)) +
          0.0625 *
            ((current[at - width - 1] ?? 0) +
              (current[at - width + 1] ?? 0) +
              (current[at + width - 1] ?? 0) +
              (current[at + width + 1] ?? 0))
      }
    }
    current = next
  }
  return current
}

function shade(plane: Float32Array, width: number, height: number, isHand: boolean, rng: Rng): Pixels {
  const isBoard = rng.chance(0.14)
  const paper = isBoard ? rng.between(25, 90) : rng.between(120, 245)
  const pen = isBoard ? rng.between(170, 255) : paper * rng.between(0.05, 0.5)
  const slopeX = (rng.normal() * 0.22) / width
  const slopeY = (rng.normal() * 0.18) / height
  const grain = rng.between(0.5, isBoard ? 8 : 6)
  const texture = makeTexture(width, height, rng)
  const textureAmount = rng.chance(0.5) ? rng.between(0, isBoard ? 16 : 7) : 0
  const ruled = rng.chance(isHand ? 0.4 : 0.08) ? rng.between(18, 60) : 0
  const isSquared = rng.chance(0.5)
  const ruledTilt = rng.normal() * 0.008
  const ruledInk = rng.between(0.06, 0.34)
  const ruledStart = rng.between(0, ruled || 1)
  const stripes = rng.chance(0.1) ? rng.between(2, 9) : 0
  const stripePeriod = rng.between(2.2, 5)
  const unevenness = isHand && rng.chance(0.4) ? rng.between(0.1, 0.45) : 0
  const data = new Uint8Array(width * height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x
      const light = 1 + slopeX * (x - width / 2) + slopeY * (y - height / 2)
      let level = paper * light + textureAmount * (texture[at] ?? 0)
      if (ruled > 0) {
        const downward = (y + x * ruledTilt + ruledStart) % ruled
        const sideward = (x - y * ruledTilt + ruledStart * 1.7) % ruled
        if (downward < 1.3 || (isSquared && sideward < 1.3)) level += (pen - level) * ruledInk
      }
      const coverage = (plane[at] ?? 0) * (1 - unevenness * (0.5 + 0.5 * (texture[at] ?? 0)))
      level += (pen * (isBoard ? 1 : light) - level) * Math.min(1, coverage)
      level += rng.normal() * 0.8 * grain
      if (stripes > 0) level += stripes * Math.sin((x * 6.28) / stripePeriod + y * 0.35)
      data[at] = Math.max(0, Math.min(255, Math.round(level)))
    }
  }
  return { data, width, height, channels: 1 }
}

/** Smooth random field in −1…1: blotches of paper and board. */
function makeTexture(width: number, height: number, rng: Rng): Float32Array {
  const cell = rng.between(5, 40)
  const columns = Math.ceil(width / cell) + 2
  const rows = Math.ceil(height / cell) + 2
  const knots = Float32Array.from({ length: columns * rows }, () => rng.between(-1, 1))
  const field = new Float32Array(width * height)
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor(y / cell)
    const down = y / cell - row
    for (let x = 0; x < width; x += 1) {
      const column = Math.floor(x / cell)
      const right = x / cell - column
      const at = row * columns + column
      field[y * width + x] =
        ((knots[at] ?? 0) * (1 - right) + (knots[at + 1] ?? 0) * right) * (1 - down) +
        ((knots[at + columns] ?? 0) * (1 - right) + (knots[at + columns + 1] ?? 0) * right) * down
    }
  }
  return field
}

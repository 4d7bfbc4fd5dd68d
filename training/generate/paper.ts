import type { Pixels } from '../../node/images/pixels.ts'
import { compressBlocks, openGrain } from './camera.ts'
import type { Rng } from './rng.ts'

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

type Light = (x: number, y: number) => number

/** Light over the sheet: falls off to a side, often with the edge of a shadow, a fold or a lamp's spot. */
function chooseLight(width: number, height: number, isBoard: boolean, rng: Rng): Light {
  const slopeX = (rng.normal() * 0.24) / width
  const slopeY = (rng.normal() * 0.2) / height
  const hasShadow = rng.chance(isBoard ? 0.06 : 0.2)
  const shadow = rng.between(0.55, 0.9)
  const direction = rng.between(0, 2 * Math.PI)
  const [normalX, normalY] = [Math.cos(direction), Math.sin(direction)]
  const offset = rng.between(-0.4, 0.4) * Math.hypot(width, height)
  const softness = rng.chance(0.35) ? rng.between(1, 5) : rng.between(6, 60)
  const spot = rng.chance(0.12) ? rng.between(0.15, 0.5) : 0
  const [spotX, spotY] = [rng.between(0, width), rng.between(0, height)]
  const reach = rng.between(0.2, 0.8) * Math.max(width, height)
  return (x, y) => {
    let light = 1 + slopeX * (x - width / 2) + slopeY * (y - height / 2)
    if (hasShadow) {
      const depth = (normalX * (x - width / 2) + normalY * (y - height / 2) - offset) / softness
      light *= depth > 4 ? shadow : depth < -4 ? 1 : 1 - (1 - shadow) / (1 + Math.exp(-2 * depth))
    }
    if (spot > 0) {
      const far = ((x - spotX) ** 2 + (y - spotY) ** 2) / (reach * reach)
      light *= 1 + spot * (Math.max(0, 1 - far) - 0.5)
    }
    return light
  }
}

/** Printed lines of the paper: change of level where a line runs, 0 elsewhere. */
function chooseRuling(isHand: boolean, rng: Rng): Light | undefined {
  if (!rng.chance(isHand ? 0.4 : 0.08)) return undefined
  const period = rng.between(16, 64)
  const isSquared = rng.chance(0.5)
  const tilt = rng.normal() * 0.012
  const start = rng.between(0, period)
  const thickness = rng.between(0.9, 2)
  return (x, y) => {
    const downward = (y + x * tilt + start) % period
    const sideward = (x - y * tilt + start * 1.7) % period
    return downward < thickness || (isSquared && sideward < thickness) ? 1 : 0
  }
}

/** Lays the ink on paper, a board or a screen under some light, and takes the picture. */
export function developPicture(
  ink: Float32Array,
  faint: Float32Array | undefined,
  width: number,
  height: number,
  isHand: boolean,
  rng: Rng,
): Pixels {
  const isBoard = rng.chance(0.16)
  const isScreen = !isBoard && rng.chance(isHand ? 0.03 : 0.2)
  const paper = isBoard ? rng.between(20, 95) : rng.between(110, 248)
  const pen = isBoard
    ? rng.between(160, 255)
    : paper * (rng.chance(0.7) ? rng.between(0.05, 0.45) : rng.between(0.4, 0.68))
  // What disturbs stays weaker than the ink: what nobody could read teaches nothing.
  const contrast = Math.abs(paper - pen)
  const light = chooseLight(width, height, isBoard, rng)
  const ruling = chooseRuling(isHand, rng)
  const ruledInk = rng.between(0.06, 0.36)
  const texture = makeTexture(width, height, rng)
  const textureAmount = rng.chance(0.5) ? rng.between(0, isBoard ? 16 : 8) : 0
  const unevenness = isHand && rng.chance(0.45) ? rng.between(0.1, 0.5) : 0
  const chalk = isBoard && rng.chance(0.6) ? rng.between(0.1, 0.55) : 0
  const noise = Math.min(0.07 * contrast, rng.between(0.4, isBoard ? 7 : 5))
  const grain = openGrain(rng)
  const stripes =
    (isScreen ? rng.between(0.01, 0.11) : rng.chance(0.04) ? rng.between(0.01, 0.06) : 0) * contrast
  const [periodX, periodY] = [rng.between(2.05, 6), rng.between(2.05, 6)]
  const isGrid = rng.chance(0.5)
  const edge = rng.chance(0.1) ? chooseEdge(width, height, rng) : undefined
  const fold = rng.chance(0.06) ? chooseFold(width, height, rng) : undefined
  const levels = new Float32Array(width * height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x
      const bright = light(x, y)
      const blotch = texture[at] ?? 0
      let level = paper * bright + textureAmount * blotch
      if (ruling && ruling(x, y) > 0) level += (pen - level) * ruledInk
      if (faint) level -= 0.35 * (paper - pen) * (faint[at] ?? 0)
      let coverage = Math.min(1, ink[at] ?? 0)
      if (coverage > 0) {
        coverage *= 1 - unevenness * (0.5 + 0.5 * blotch)
        if (chalk > 0) coverage *= 1 - chalk * Math.min(1, Math.abs(grain()))
        level += (pen * (isBoard ? 1 : bright) - level) * coverage
      }
      if (fold) level *= fold(x, y)
      if (edge) level = edge(x, y, level)
      level += grain() * noise
      if (stripes > 0) {
        const wave = Math.sin((x * 6.28) / periodX + y * 0.02)
        level += stripes * (isGrid ? 0.6 * wave + 0.6 * Math.sin((y * 6.28) / periodY) : wave)
      }
      levels[at] = level
    }
  }
  if (rng.chance(0.45))
    compressBlocks(
      levels,
      width,
      height,
      (rng.chance(0.7) ? rng.between(0.02, 0.08) : rng.between(0.08, 0.2)) * contrast,
    )
  const data = Uint8Array.from(levels, (level) => Math.max(0, Math.min(255, Math.round(level))))
  return { data, width, height, channels: 1 }
}

/** The table beside the sheet, or the gutter of a book. */
function chooseEdge(
  width: number,
  height: number,
  rng: Rng,
): (x: number, y: number, level: number) => number {
  const side = rng.int(0, 3)
  const far = side < 2 ? height : width
  const depth = rng.between(0.01, 0.06) * far + 1
  const tilt = rng.normal() * 0.02
  const other = rng.between(10, 235)
  return (x, y, level) => {
    const place = side === 0 ? y : side === 1 ? height - 1 - y : side === 2 ? x : width - 1 - x
    const along = side < 2 ? x - width / 2 : y - height / 2
    return place < depth + along * tilt ? other : level
  }
}

function chooseFold(width: number, height: number, rng: Rng): Light {
  const isLevel = rng.chance(0.5)
  const place = rng.between(0.05, 0.95) * (isLevel ? height : width)
  const tilt = rng.normal() * 0.05
  const depth = rng.between(0.04, 0.2) * (rng.chance(0.5) ? 1 : -1)
  return (x, y) => {
    const apart = isLevel ? y - place - tilt * x : x - place - tilt * y
    return Math.abs(apart) < 8 ? 1 - depth * Math.exp(-(apart * apart) / 6) : 1
  }
}

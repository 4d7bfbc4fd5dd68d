import type { Pixels } from '../../../node/images/pixels.ts'
import type { Rng } from '../../generate/rng.ts'

/** Grey pictures computed point by point: blank sheets, noise, surfaces, landscapes. */
export type Texture = (rng: Rng) => Pixels

function paint(width: number, height: number, shade: (x: number, y: number) => number): Pixels {
  const data = new Uint8Array(width * height)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      data[y * width + x] = Math.max(0, Math.min(255, Math.round(shade(x, y))))
  return { data, width, height, channels: 1 }
}

const size = (rng: Rng) => [rng.int(160, 520), rng.int(80, 400)] as const

/** Paper with nothing on it: white, grey, black, shaded from side to side, with grain. */
export const blank: Texture = (rng) => {
  const [width, height] = size(rng)
  const level = rng.pick([255, 255, 240, 200, 90, 0])
  const [slopeX, slopeY] = [rng.pick([0, rng.between(-80, 80)]), rng.pick([0, rng.between(-60, 60)])]
  const grain = rng.pick([0, 0, 2, 5])
  return paint(
    width,
    height,
    (x, y) => level + (slopeX * x) / width + (slopeY * y) / height + grain * rng.normal(),
  )
}

/** A sheet with what sheets have: a few specks, a hair, a fold, a stain, the shadow of a corner. */
export const nearlyBlank: Texture = (rng) => {
  const [width, height] = size(rng)
  const specks = Array.from(
    { length: rng.int(1, 7) },
    () => [rng.int(0, width), rng.int(0, height), rng.between(0.6, 2.2)] as const,
  )
  const [startX, startY, bend, turn] = [
    rng.int(10, width - 10),
    rng.int(10, height - 10),
    rng.between(0.01, 0.05),
    rng.between(0, 6),
  ]
  const kind = rng.int(0, 4)
  const hair = new Set<string>()
  if (kind === 1) {
    let [x, y, direction] = [startX, startY, turn]
    for (let step = 0; step < 120; step += 1) {
      hair.add(`${Math.round(x)} ${Math.round(y)}`)
      x += Math.cos(direction)
      y += Math.sin(direction)
      direction += bend
    }
  }
  const base = rng.between(225, 255)
  return paint(width, height, (x, y) => {
    let shade = base + rng.normal() * 1.5
    if (kind === 0 || kind === 4)
      for (const [speckX, speckY, radius] of specks)
        if ((x - speckX) ** 2 + (y - speckY) ** 2 < radius ** 2) shade -= 140
    if (kind === 1 && hair.has(`${x} ${y}`)) shade -= 120
    if (kind === 2) shade -= 45 * Math.exp(-((x - startX) ** 2) / 8)
    if (kind === 3) {
      const distance = Math.hypot(x - startX, y - startY)
      shade -= distance < 40 ? 25 : 70 * Math.exp(-((distance - 42) ** 2) / 10)
    }
    if (kind === 4 && x + y < 0.3 * Math.min(width, height)) shade -= 90
    return shade
  })
}

/** Grain of every strength, salt and pepper, static in blocks. */
export const noise: Texture = (rng) => {
  const [width, height] = size(rng)
  const kind = rng.int(0, 2)
  const strength = rng.between(15, 90)
  if (kind === 0) return paint(width, height, () => 150 + strength * rng.normal())
  const share = rng.between(0.005, 0.2)
  if (kind === 1) return paint(width, height, () => (rng.chance(share) ? rng.int(0, 120) : 245))
  const block = rng.int(2, 9)
  const columns = Math.ceil(width / block)
  const cells = Array.from({ length: columns * Math.ceil(height / block) }, () => rng.int(0, 255))
  return paint(width, height, (x, y) => cells[Math.floor(y / block) * columns + Math.floor(x / block)] ?? 0)
}

/** Smooth random hills: values of a lattice, interpolated, in several sizes. */
function createHills(rng: Rng, octaves: number): (x: number, y: number) => number {
  const side = 64
  const lattice = Array.from({ length: side * side }, () => rng.next())
  const at = (x: number, y: number) => lattice[(y & (side - 1)) * side + (x & (side - 1))] ?? 0
  const ease = (share: number) => share * share * (3 - 2 * share)
  const layer = (x: number, y: number) => {
    const [left, top] = [Math.floor(x), Math.floor(y)]
    const [across, down] = [ease(x - left), ease(y - top)]
    const upper = at(left, top) + (at(left + 1, top) - at(left, top)) * across
    const lower = at(left, top + 1) + (at(left + 1, top + 1) - at(left, top + 1)) * across
    return upper + (lower - upper) * down
  }
  return (x, y) => {
    let [sum, weight, total] = [0, 1, 0]
    for (let octave = 0; octave < octaves; octave += 1) {
      sum += weight * layer(x * 2 ** octave, y * 2 ** octave)
      total += weight
      weight *= 0.55
    }
    return sum / total
  }
}

/** Surfaces: wood, marble, brick, cloth, gravel, a print screen. */
export const surface: Texture = (rng) => {
  const [width, height] = size(rng)
  const hills = createHills(rng, 4)
  const scale = rng.between(20, 70)
  const contrast = rng.between(40, 110)
  const pitch = rng.between(4, 14)
  return rng.pick([
    () => paint(width, height, (x, y) => 150 + contrast * Math.sin(12 * hills(x / (4 * scale), y / scale))),
    () =>
      paint(width, height, (x, y) => 190 + contrast * Math.sin(x / scale + 9 * hills(x / scale, y / scale))),
    () =>
      paint(width, height, (x, y) => {
        const row = Math.floor(y / 24)
        const isJoint = y % 24 < 3 || (x + (row % 2) * 26) % 52 < 3
        return (isJoint ? 215 : 140) + 40 * hills(x / 12, y / 12)
      }),
    () =>
      paint(
        width,
        height,
        (x, y) => 160 + contrast * Math.sin(x / pitch) * Math.sin(y / pitch) + 12 * rng.normal(),
      ),
    () => paint(width, height, (x, y) => 255 * hills(x / 9, y / 9) ** 1.5),
    () =>
      paint(width, height, (x, y) =>
        ((x % pitch) - pitch / 2) ** 2 + ((y % pitch) - pitch / 2) ** 2 <
        (pitch * hills(x / 90, y / 90) * 0.8) ** 2
          ? 30
          : 245,
      ),
  ])()
}

/** Landscapes as a camera sees them: a sky, ridges behind each other, a disc, bushes, all soft and in half-tones. */
export const landscape: Texture = (rng) => {
  const [width, height] = [rng.int(240, 480), rng.int(180, 360)]
  const hills = createHills(rng, 5)
  const clouds = createHills(rng, 4)
  const ridges = Array.from({ length: rng.int(2, 4) }, (_, ridge) => ({
    level: height * (0.35 + 0.2 * ridge),
    shade: rng.between(40, 170),
    scale: rng.between(40, 120),
  }))
  const [discX, discY, radius] = [rng.int(0, width), rng.int(0, height >> 1), rng.between(12, 40)]
  return paint(width, height, (x, y) => {
    let shade = 190 + (50 * y) / height + 70 * (clouds(x / 60, y / 30) - 0.5)
    if (Math.hypot(x - discX, y - discY) < radius) shade = 250
    ridges.forEach((ridge, at) => {
      const crest = ridge.level + 80 * (hills(x / ridge.scale, at * 7.3) - 0.5)
      if (y > crest) shade = ridge.shade + 60 * (hills(x / 10, y / 10) - 0.5)
    })
    return shade + 4 * rng.normal()
  })
}

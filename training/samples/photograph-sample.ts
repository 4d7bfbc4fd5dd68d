import { blurPlane, createNoise, createPlane, readPlane, type Plane } from './plane.ts'
import type { Random } from './random.ts'
import type { Picture, Scene } from './scene.ts'

/** A tilted view shows paper from beyond the picture's frame: this many pixels of it. */
const margin = 90

/** Lays ink on paper and takes the picture. The ink is the share covered, in the scene's size. */
export function photograph(ink: Plane, scene: Scene, random: Random): Picture {
  const { width, height } = scene
  const [coarse, fine] = scene.texture ?? [0, 0]
  const noise = (size: number): Plane => createNoise(width + 2 * margin, height + 2 * margin, size, random)
  const [blotches, clouds, grain, density] = [noise(90), noise(23), noise(2.2), noise(7)]
  const cover = scene.cover ?? 1
  const look = createView(scene)
  const light = createLight(scene)
  const planes = ([0, 1, 2] as const).map((channel) => {
    const taken = createPlane(width, height, (px, py) => {
      const [x, y] = look(px, py)
      const read = (texture: Plane): number => readPlane(texture, x + margin, y + margin)
      const texture = coarse * (0.6 * read(blotches) + 0.4 * read(clouds)) + fine * read(grain)
      let ground = scene.paper[channel] + texture
      if (scene.lines) ground += (scene.lines.colour[channel] - ground) * readLines(scene.lines, x, y)
      const covered = readPlane(ink, x, y) * (cover + (1 - cover) * 0.9 * read(density))
      return (ground + (scene.ink[channel] - ground) * covered) * light(px, py)
    })
    return blurPlane(taken, scene.blur ?? 0)
  })
  const [red, green, blue] = planes
  if (!red || !green || !blue) throw new Error('A picture has three channels')
  addNoise([red, green, blue], scene.noise ?? 0, random)
  return { width, height, channels: [red, green, blue] }
}

/** From a pixel of the picture to the place on the paper that it shows. */
function createView({
  width,
  height,
  tilt = 0,
  perspective = [0, 0],
}: Scene): (x: number, y: number) => [number, number] {
  const angle = (tilt * Math.PI) / 180
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  return (px, py) => {
    const [u, v] = [px - width / 2, py - height / 2]
    const depth = 1 + (perspective[0] * u) / width + (perspective[1] * v) / height
    const [x, y] = [(cos * u + sin * v) / depth, (cos * v - sin * u) / depth]
    return [x + width / 2, y + height / 2]
  }
}

function createLight({
  width,
  height,
  shading = [0, 0, 0],
  screen = [0, 3],
}: Scene): (x: number, y: number) => number {
  const [across, down, corners] = shading
  const [depth, pitch] = screen
  return (x, y) => {
    const [u, v] = [x / width - 0.5, y / height - 0.5]
    const fall = 1 + across * u + down * v - corners * 2 * (u * u + v * v)
    // A screen's grid, seen slightly turned by a sensor with a grid of its own, beats against it.
    const wave =
      Math.sin((2 * Math.PI * (x + 0.03 * y)) / pitch) + Math.sin((2 * Math.PI * (y - 0.03 * x)) / pitch)
    return fall * (1 + depth * 0.5 * wave)
  }
}

function readLines(lines: NonNullable<Scene['lines']>, x: number, y: number): number {
  const near = (t: number): number => {
    const distance = Math.abs(t - Math.round(t / lines.step) * lines.step)
    return Math.max(0, 1.6 - distance) / 1.6
  }
  const share = lines.kind === 'squared' ? Math.max(near(x), near(y)) : near(y)
  return share * lines.strength
}

/** Sensor noise: mostly of brightness, a little of colour. */
function addNoise(channels: readonly Plane[], deviation: number, random: Random): void {
  if (deviation === 0) return
  const count = channels[0]?.values.length ?? 0
  for (let i = 0; i < count; i++) {
    const common = random.normal(deviation)
    for (const { values } of channels) values[i] = (values[i] ?? 0) + common + random.normal(deviation * 0.35)
  }
}

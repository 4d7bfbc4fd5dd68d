import { joinCompact, addLeftRight } from '../../shared/latex/write.ts'
import { rasteriseSvg } from '../generate/rasterise.ts'
import type { InkImage } from '../generate/photograph.ts'
import { createTypesetter } from '../generate/typeset.ts'

/** Tells whether two readings look the same when typeset. */
export type RenderComparer = (one: readonly string[], other: readonly string[]) => boolean

const figureHeight = 24
const maximumPixels = 4_000_000
/** Share of differing ink that rounding to pixels alone can make. */
const tolerance = 0.002

/** One typesetter and one rasteriser for both sides; pictures are laid over each other by their ink boxes. */
export async function createRenderComparer(): Promise<RenderComparer> {
  const typeset = await createTypesetter('newcm')
  const draw = (tokens: readonly string[]): InkImage | undefined => {
    const svg = typeset(joinCompact(addLeftRight(tokens)))
    const image = svg === undefined ? undefined : rasteriseSvg(svg, figureHeight, maximumPixels)
    return image && cropToInk(image)
  }
  return (one, other) => {
    if (one.join(' ') === other.join(' ')) return true
    const first = draw(one)
    const second = draw(other)
    if (!first || !second) return false
    if (Math.abs(first.width - second.width) > 1 || Math.abs(first.height - second.height) > 1) return false
    return measureDifference(first, second) < tolerance
  }
}

function cropToInk(image: InkImage): InkImage {
  let left = image.width
  let top = image.height
  let right = 0
  let bottom = 0
  for (let y = 0; y < image.height; y += 1) {
    for (let x = 0; x < image.width; x += 1) {
      if ((image.values[y * image.width + x] ?? 0) < 0.3) continue
      left = Math.min(left, x)
      right = Math.max(right, x + 1)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y + 1)
    }
  }
  const width = Math.max(1, right - left)
  const height = Math.max(1, bottom - top)
  const values = new Float32Array(width * height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      values[y * width + x] = image.values[(y + top) * image.width + x + left] ?? 0
    }
  }
  return { values, width, height, figure: image.figure }
}

/** Differing pixels as a share of the ink. */
function measureDifference(one: InkImage, other: InkImage): number {
  let ink = 0
  let different = 0
  for (let y = 0; y < Math.max(one.height, other.height); y += 1) {
    for (let x = 0; x < Math.max(one.width, other.width); x += 1) {
      const first = x < one.width && y < one.height ? (one.values[y * one.width + x] ?? 0) : 0
      const second = x < other.width && y < other.height ? (other.values[y * other.width + x] ?? 0) : 0
      ink += Math.max(first, second)
      if (Math.abs(first - second) > 0.6) different += 1
    }
  }
  return different / Math.max(1, ink)
}

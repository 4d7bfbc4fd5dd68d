import { Rng } from './rng.ts'

/** What a lens, a shaking hand and a codec do to a plane of grey levels or of ink. */
export function blurSoftly(plane: Float32Array, width: number, height: number, passes: number): Float32Array {
  let current = plane
  for (let pass = 0; pass < passes; pass += 1) {
    const next = current.slice()
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

/** Smears along a short straight way, as a hand that moves while the shutter is open. */
export function smear(
  plane: Float32Array,
  width: number,
  height: number,
  length: number,
  angle: number,
): Float32Array {
  const steps = Math.max(2, Math.round(length))
  const offsets = Array.from({ length: steps }, (_, at) => {
    const along = (at / (steps - 1) - 0.5) * length
    return [Math.round(along * Math.cos(angle)), Math.round(along * Math.sin(angle))] as const
  })
  const output = new Float32Array(plane.length)
  for (const [dx, dy] of offsets) {
    for (let y = 0; y < height; y += 1) {
      const row = Math.min(height - 1, Math.max(0, y + dy)) * width
      for (let x = 0; x < width; x += 1) {
        const at = y * width + x
        output[at] = (output[at] ?? 0) + (plane[row + Math.min(width - 1, Math.max(0, x + dx))] ?? 0) / steps
      }
    }
  }
  return output
}

const cosines = Float64Array.from({ length: 64 }, (_, at) => {
  const frequency = at >> 3
  const place = at & 7
  return (frequency === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * place + 1) * frequency * Math.PI) / 16)
})

/**
 * Blocks and rings of a JPEG, in place: each 8 by 8 block keeps its larger frequencies only.
 * @param coarseness step of the lowest frequency, in grey levels; about 4 for good quality, 30 for bad
 */
export function compressBlocks(
  levels: Float32Array,
  width: number,
  height: number,
  coarseness: number,
): void {
  const block = new Float64Array(64)
  const half = new Float64Array(64)
  for (let top = 0; top + 8 <= height; top += 8) {
    for (let left = 0; left + 8 <= width; left += 8) {
      let low = 255
      let high = 0
      for (let at = 0; at < 64; at += 1) {
        const value = levels[(top + (at >> 3)) * width + left + (at & 7)] ?? 0
        block[at] = value
        low = Math.min(low, value)
        high = Math.max(high, value)
      }
      // A block without any edge comes back as its mean: no need to transform it.
      if (high - low < coarseness * 0.5) continue
      transform(block, half, false)
      transform(half, block, false)
      for (let at = 0; at < 64; at += 1) {
        const step = coarseness * (1 + 0.45 * ((at >> 3) + (at & 7)))
        block[at] = Math.round((block[at] ?? 0) / step) * step
      }
      transform(block, half, true)
      transform(half, block, true)
      for (let at = 0; at < 64; at += 1)
        levels[(top + (at >> 3)) * width + left + (at & 7)] = Math.max(0, Math.min(255, block[at] ?? 0))
    }
  }
}

/** Cosine transform of each row, the result laid out by columns: two calls transform a block and turn it back. */
function transform(from: Float64Array, to: Float64Array, isInverse: boolean): void {
  for (let row = 0; row < 8; row += 1) {
    for (let one = 0; one < 8; one += 1) {
      let sum = 0
      for (let other = 0; other < 8; other += 1) {
        const factor = isInverse ? cosines[other * 8 + one] : cosines[one * 8 + other]
        sum += (from[row * 8 + other] ?? 0) * (factor ?? 0)
      }
      to[one * 8 + row] = sum
    }
  }
}

const grains = 1 << 16
let grain: Float32Array | undefined

/** Endless normal deviates from a table that is filled once, whoever asks first: sensor noise need not be fresh for every pixel. */
export function openGrain(rng: Rng): () => number {
  if (!grain) {
    const source = new Rng(1)
    grain = Float32Array.from({ length: grains }, () => source.normal())
  }
  const table = grain
  let at = rng.int(0, grains - 1)
  const stride = 1 + 2 * rng.int(0, 40)
  return () => {
    at = (at + stride) & (grains - 1)
    return table[at] ?? 0
  }
}

import { describe, expect, it } from 'vitest'
import { findRanked, takeSample } from './sample.ts'

const wave = (at: number) => Math.abs(Math.sin(at * 12.9898) * 43758.5453) % 1

describe('findRanked', () => {
  it.each([
    ['many levels', Float32Array.from({ length: 5000 }, (_, at) => wave(at) * 255)],
    ['few levels', Float32Array.from({ length: 5000 }, (_, at) => Math.round(wave(at) * 3) * 85)],
    ['one level', new Float32Array(300).fill(254.9)],
    ['more than the largest expected', Float32Array.of(300, 2, 290, 255, 256)],
  ])('gives what sorting gives: %s', (_, values) => {
    const sorted = values.slice().sort()
    for (const share of [0, 0.01, 0.5, 0.9, 0.99, 1]) {
      const rank = Math.floor(share * (values.length - 1))
      expect(findRanked(values, rank)).toBe(sorted[rank])
    }
  })

  it('gives nothing beyond the last', () => {
    expect(findRanked(Float32Array.of(1, 2), 2)).toBeUndefined()
    expect(findRanked(new Float32Array(), 0)).toBeUndefined()
  })
})

describe('takeSample', () => {
  it('takes some thousand of the values, spread over all', () => {
    const sample = takeSample(Float32Array.from({ length: 100_000 }, (_, at) => at))
    expect(sample.length).toBe(4000)
    expect(sample.at(-1)).toBeGreaterThan(99_000)
  })
})

import { describe, expect, it } from 'vitest'
import { chooseSigns, measureOverlap } from './choose-signs.ts'
import { findLargest, type SignBox, type SpottedSign } from './spotted-sign.ts'

function spot(
  box: SignBox,
  place: readonly [number, number],
  probability: number,
  names: readonly number[] = [0.2, 0.7, 0.1],
): SpottedSign {
  return {
    box,
    place,
    probability,
    names: Float32Array.from(names),
    styles: Float32Array.of(1),
    features: new Float32Array(0),
  }
}

describe('chooseSigns', () => {
  it('keeps one of the neighbouring cells that tell of the same sign, the surest', () => {
    const chosen = chooseSigns([
      spot([8, 4, 20, 20], [3, 3], 0.5),
      spot([8.5, 4, 20, 20.5], [3, 4], 0.9),
      spot([9, 3, 20, 20], [2, 4], 0.4),
    ])
    expect(chosen.map(({ probability }) => probability)).toEqual([0.9])
  })

  it('keeps two strokes that stand side by side in neighbouring cells', () => {
    const primes = [spot([8, 4, 10, 9], [1, 2], 0.8), spot([11.5, 4, 13.5, 9], [1, 3], 0.7)]
    expect(chooseSigns(primes)).toHaveLength(2)
  })

  it('keeps a letter within a frame or a root of nearly the same box', () => {
    const letter = spot([10, 10, 40, 30], [5, 6], 0.9)
    const frame = spot([8, 8, 42, 32], [5, 2], 0.9)
    expect(chooseSigns([letter, frame])).toHaveLength(2)
  })

  it('keeps one of two cells that see different parts of a bar or a tall bracket', () => {
    const bars = [spot([10, 20, 110, 22], [5, 5], 0.9), spot([12, 19.5, 60, 22], [5, 9], 0.5)]
    const brackets = [spot([50, 0, 58, 90], [11, 13], 0.8), spot([51, 30, 58, 92], [15, 13], 0.6)]
    expect(chooseSigns([...bars, ...brackets]).map(({ probability }) => probability)).toEqual([0.8, 0.9])
  })

  it('keeps one of two cells that put a short bar above and below themselves', () => {
    const minus = [spot([99.4, 15.6, 113, 18.1], [4, 25], 0.62), spot([99.5, 14, 113.3, 16.4], [3, 25], 0.66)]
    const bar = [spot([74, 6.7, 76.7, 26.7], [4, 18], 0.38), spot([75.8, 6.4, 78, 26.5], [4, 19], 0.41)]
    expect(chooseSigns([...minus, ...bar]).map(({ probability }) => probability)).toEqual([0.41, 0.66])
  })

  it('keeps bars above each other and brackets side by side', () => {
    const bars = [spot([10, 20, 110, 22], [5, 5], 0.9), spot([10, 24, 110, 26], [6, 5], 0.5)]
    const brackets = [spot([50, 0, 54, 90], [11, 13], 0.8), spot([55, 0, 59, 90], [11, 14], 0.6)]
    expect(chooseSigns([...bars, ...brackets])).toHaveLength(4)
  })

  it('keeps the surer of two roots at one surd, and a letter of another name beside it', () => {
    const roots = [spot([8, 4, 90, 30], [4, 3], 0.9), spot([8, 4, 40, 30], [4, 4], 0.5)]
    expect(chooseSigns(roots).map(({ box }) => box[2])).toEqual([90])
    expect(chooseSigns([...roots, spot([20, 12, 30, 28], [5, 5], 0.8, [0.9, 0.1])])).toHaveLength(2)
  })

  it('drops what is hardly seen', () => {
    expect(chooseSigns([spot([0, 0, 9, 9], [1, 1], 0.2)])).toEqual([])
  })

  it('gives them from left to right', () => {
    const chosen = chooseSigns([spot([30, 0, 39, 9], [1, 8], 0.9), spot([0, 0, 9, 9], [1, 1], 0.8)])
    expect(chosen.map(({ box }) => box[0])).toEqual([0, 30])
  })
})

describe('measureOverlap', () => {
  it('is 1 for equal boxes and 0 for boxes apart', () => {
    expect(measureOverlap([0, 0, 10, 10], [0, 0, 10, 10])).toBe(1)
    expect(measureOverlap([0, 0, 10, 10], [14, 0, 20, 10])).toBe(0)
  })

  it('forgives a bar one pixel of height', () => {
    expect(measureOverlap([0, 10, 60, 11], [0, 10.5, 60, 12])).toBeGreaterThan(0.5)
  })
})

describe('findLargest', () => {
  it('names the place of the largest value', () => {
    expect(findLargest(Float32Array.of(0.1, 0.6, 0.3))).toBe(1)
  })
})

import { describe, expect, it } from 'vitest'
import { findInterval, findPercentile, measureRanking } from './measures.ts'

describe('findInterval', () => {
  it('stays inside 0…1 and narrows with more images', () => {
    const [low, high] = findInterval(8, 10)
    expect([low, high].map((value) => value.toFixed(2))).toEqual(['0.49', '0.94'])
    const [many, more] = findInterval(800, 1000)
    expect(more - many).toBeLessThan(high - low)
    expect(findInterval(0, 0)).toEqual([0, 1])
  })
})

describe('findPercentile', () => {
  it('does not depend on order', () => {
    expect(findPercentile([5, 1, 4, 2, 3], 0.5)).toBe(3)
    expect(findPercentile([5, 1, 4, 2, 3], 0.95)).toBe(5)
  })
})

describe('measureRanking', () => {
  it('is 1 when confidence orders right before wrong, one half when it says nothing', () => {
    const rate = (confidence: number, isRight: boolean) => ({ confidence, isRight })
    expect(measureRanking([rate(0.9, true), rate(0.8, true), rate(0.1, false)])).toBe(1)
    expect(measureRanking([rate(0.5, true), rate(0.5, false)])).toBe(0.5)
  })
})

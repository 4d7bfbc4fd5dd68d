import { describe, expect, it } from 'vitest'
import { fitScale, stepZoom, turnZoom } from './zoom.ts'

describe('stepZoom', () => {
  it.each([
    [1, 1, 1.25],
    [1, -1, 0.75],
    [1.1, 1, 1.25],
    [8, 1, 8],
    [0.25, -1, 0.25],
  ] as const)('from %d by %d to %d', (zoom, direction, next) => {
    expect(stepZoom(zoom, direction)).toBe(next)
  })
})

describe('fitScale', () => {
  const room = { width: 600, height: 200 }
  it.each([
    [{ width: 1200, height: 100 }, 0.5],
    [{ width: 100, height: 400 }, 0.5],
    [{ width: 10, height: 10 }, 3],
    [{ width: 0, height: 0 }, 1],
  ])('%j fits at %d', (inner, scale) => {
    expect(fitScale(inner, room, 3)).toBe(scale)
  })
})

describe('turnZoom', () => {
  it('goes as far up as down, a notch of a wheel less than a third, and stops at the ends', () => {
    expect(turnZoom(turnZoom(1, -120), 120)).toBeCloseTo(1)
    expect(turnZoom(1, -120)).toBeLessThan(1.33)
    expect(turnZoom(1, -3)).toBeCloseTo(1.03, 2)
    expect([turnZoom(8, -9), turnZoom(0.25, 9)]).toEqual([8, 0.25])
  })
})

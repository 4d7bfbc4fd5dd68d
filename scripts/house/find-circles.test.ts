import { describe, expect, it } from 'vitest'
import { findCircles } from './find-circles.ts'

const files = (imports: Record<string, string[]>) =>
  Object.entries(imports).map(([file, imported]) => ({ file, imports: imported }))

describe('findCircles', () => {
  it('finds none where all imports lead down', () => {
    expect(findCircles(files({ a: ['b', 'c'], b: ['c'], c: [] }))).toEqual([])
  })

  it('finds each circle once, however long, and nobody who only looks in', () => {
    const circles = findCircles(
      files({ a: ['b'], b: ['c'], c: ['a', 'd'], d: [], e: ['a'], f: ['g'], g: ['f'] }),
    )
    expect(circles).toEqual([
      ['a', 'b', 'c'],
      ['f', 'g'],
    ])
  })

  it('takes two circles with a file in common for one, and a file that imports itself for a circle', () => {
    expect(findCircles(files({ a: ['b', 'c'], b: ['a'], c: ['a'], d: ['d'] }))).toEqual([
      ['a', 'b', 'c'],
      ['d'],
    ])
  })
})

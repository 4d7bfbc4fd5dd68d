import { describe, expect, it } from 'vitest'
import { findFlatAreas } from './flat-areas.ts'
import type { Plane } from './pixels.ts'

const [width, height] = [60, 40]

function drawPlane(levelAt: (x: number, y: number) => number): Plane {
  const values = Float32Array.from({ length: width * height }, (_, at) =>
    levelAt(at % width, Math.floor(at / width)),
  )
  return { values, width, height }
}

describe('findFlatAreas', () => {
  it('is done at once where only thin strokes stand on one paper', () => {
    const lines = drawPlane((x, y) => (y % 10 > 4 && y % 10 < 7 && x > 5 ? 20 : 240))
    expect(findFlatAreas(lines, 16)).toBeUndefined()
  })

  it('finds paper and what lies on it, the largest first', () => {
    const box = drawPlane((x, y) => (x >= 20 && x < 40 && y >= 10 && y < 30 ? 120 : 240))
    expect(findFlatAreas(box, 16)?.areas.map(({ level }) => level)).toEqual([240, 120])
  })
})

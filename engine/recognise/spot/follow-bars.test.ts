import { describe, expect, it } from 'vitest'
import { followBars } from './follow-bars.ts'
import type { SignBox, SpottedSign } from './spotted-sign.ts'

const vocabulary = ['\\frac', '\\sqrt', 'a']
const [width, height] = [400, 40]

/** A canvas with level strokes, each from a column to another at a row (falling by `slope` rows a column). */
function draw(strokes: readonly (readonly [from: number, to: number, row: number, slope?: number])[]) {
  const data = new Uint8Array(width * height)
  for (const [from, to, row, slope = 0] of strokes)
    for (let x = from; x <= to; x += 1) data[Math.round(row + slope * (x - from)) * width + x] = 200
  return { data, width, height }
}

function spot(token: string, box: SignBox, place: readonly [number, number]): SpottedSign {
  const names = Float32Array.from(vocabulary, (name) => (name === token ? 1 : 0))
  return { box, place, probability: 0.9, names, styles: new Float32Array(8), features: new Float32Array(0) }
}

const followed = (sign: SpottedSign, canvas: ReturnType<typeof draw>) =>
  followBars([sign], canvas, vocabulary)[0]?.box

describe('followBars', () => {
  it('finds the end of a bar that is longer than the spotter sees', () => {
    const canvas = draw([[10, 360, 20]])
    expect(followed(spot('\\frac', [10, 19, 240, 21], [5, 5]), canvas)).toEqual([10, 19, 361, 21])
    expect(followed(spot('\\frac', [10, 19, 390, 21], [5, 5]), canvas)).toEqual([10, 19, 361, 21])
  })

  it('follows a bar that is not quite level, over a gap of a pixel', () => {
    const canvas = draw([
      [10, 199, 10, 0.03],
      [201, 300, 15.7, 0.03],
    ])
    expect(followed(spot('\\frac', [10, 9, 150, 18], [2, 5]), canvas)?.[2]).toBe(301)
  })

  it('does not run into the next bar', () => {
    const canvas = draw([
      [10, 150, 20],
      [158, 300, 20],
    ])
    expect(followed(spot('\\frac', [10, 19, 290, 21], [5, 5]), canvas)?.[2]).toBe(151)
  })

  it('trusts the spotter where it sees the end and the ink is broken', () => {
    const canvas = draw([
      [10, 40, 20],
      [50, 80, 20],
    ])
    expect(followed(spot('\\frac', [10, 19, 81, 21], [5, 5]), canvas)).toEqual([10, 19, 81, 21])
  })

  it('ends a short bar where its ink ends', () => {
    const canvas = draw([[10, 50, 20]])
    expect(followed(spot('\\frac', [10, 19, 72, 21], [5, 5]), canvas)).toEqual([10, 19, 51, 21])
  })

  it('finds the end of a long root behind its surd', () => {
    const canvas = draw([[16, 330, 5]])
    expect(followed(spot('\\sqrt', [6, 4, 150, 30], [4, 2]), canvas)).toEqual([6, 4, 331, 30])
  })

  it('leaves everything else as it was', () => {
    const canvas = draw([[10, 360, 20]])
    expect(followed(spot('a', [10, 12, 40, 21], [5, 5]), canvas)).toEqual([10, 12, 40, 21])
  })
})

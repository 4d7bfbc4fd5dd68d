import { createCanvas } from '@napi-rs/canvas'
import { describe, expect, it } from 'vitest'
import { findBlocks } from './find-blocks.ts'
import type { Pixels } from './pixels.ts'

type Mark = readonly [left: number, top: number, width: number, height: number]

/** A row of marks as tall as letters, with the gaps of a formula. */
const row = (left: number, top: number, count: number, size = 24): Mark[] =>
  Array.from({ length: count }, (_, at) => [left + at * size * 1.5, top, size * 0.8, size])

function draw(
  marks: readonly Mark[],
  { paper = '#fff', ink = '#111', width = 900, height = 700 } = {},
): Pixels {
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  context.fillStyle = paper
  context.fillRect(0, 0, width, height)
  context.fillStyle = ink
  for (const mark of marks) context.fillRect(...mark)
  const { data } = context.getImageData(0, 0, width, height)
  return { data: new Uint8Array(data.buffer), width, height, channels: 4 }
}

/** Two formulas side by side, and one below. */
const sheet = [...row(40, 60, 6), ...row(560, 66, 5), ...row(60, 300, 12)]

describe('findBlocks', () => {
  it.each([
    ['on paper', {}],
    ['on a blackboard', { paper: '#123', ink: '#eee' }],
  ])('finds what stands apart, in the order of reading: %s', (_, colours) => {
    const blocks = findBlocks(draw(sheet, colours))
    expect(blocks).toHaveLength(3)
    expect(blocks.map(({ left, top }) => [Math.round(left / 50), Math.round(top / 50)])).toEqual([
      [1, 1],
      [11, 1],
      [1, 6],
    ])
    for (const [at, { left, top, right, bottom }] of blocks.entries()) {
      const inside = [sheet.slice(0, 6), sheet.slice(6, 11), sheet.slice(11)][at] ?? []
      for (const [x, y, width, height] of inside) {
        expect([left <= x, top <= y, right >= x + width, bottom >= y + height]).toEqual([
          true,
          true,
          true,
          true,
        ])
      }
    }
  })

  it('keeps the parts of one formula together: a fraction, gaps around a relation', () => {
    const fraction: Mark[] = [...row(100, 60, 4), [90, 100, 160, 4], ...row(110, 118, 3), ...row(310, 90, 4)]
    expect(findBlocks(draw(fraction))).toHaveLength(1)
  })

  it('is not led astray by specks, however many, nor by a frame', () => {
    const specks = Array.from({ length: 400 }, (_, at): Mark => [(at * 37) % 890, (at * 53) % 690, 2, 2])
    const frame: Mark[] = [
      [2, 2, 896, 3],
      [2, 2, 3, 696],
      [895, 2, 3, 696],
      [2, 695, 896, 3],
    ]
    expect(findBlocks(draw([...sheet, ...specks.slice(0, 40), ...frame]))).toHaveLength(3)
  })

  it('finds nothing where nothing is', () => {
    expect(findBlocks(draw([]))).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { prepareImage } from './preprocess.ts'
import { turnBoxBack, turnPlane, type Turn } from './turn.ts'

const plane = { values: Float32Array.from([1, 2, 3, 4, 5, 6]), width: 3, height: 2 }

describe('turnPlane', () => {
  it('turns clockwise', () => {
    expect(turnPlane(plane, 90)).toEqual({
      values: Float32Array.from([4, 1, 5, 2, 6, 3]),
      width: 2,
      height: 3,
    })
    expect(turnPlane(plane, 180).values).toEqual(Float32Array.from([6, 5, 4, 3, 2, 1]))
    expect(turnPlane(plane, 270)).toEqual({
      values: Float32Array.from([3, 6, 2, 5, 1, 4]),
      width: 2,
      height: 3,
    })
  })

  it('leaves an upright picture as it is', () => {
    expect(turnPlane(plane, 0)).toBe(plane)
  })
})

describe('turnBoxBack', () => {
  it.each([0, 90, 180, 270] satisfies Turn[])('finds a pixel again after a turn of %i degrees', (turn) => {
    const marked = { ...plane, values: Float32Array.from([0, 0, 0, 0, 0, 1]) }
    const turned = turnPlane(marked, turn)
    const at = turned.values.indexOf(1)
    const [left, top] = [at % turned.width, Math.floor(at / turned.width)]
    const box = { left, top, right: left + 1, bottom: top + 1 }
    expect(turnBoxBack(box, turn, plane)).toEqual({ left: 2, top: 1, right: 3, bottom: 2 })
  })
})

describe('prepareImage of a turned picture', () => {
  it.each([90, 180, 270] satisfies Turn[])('gives the ink’s box in the picture as it was, %i', (turn) => {
    const [width, height] = [300, 160]
    const data = new Uint8Array(width * height).fill(255)
    for (let stroke = 0; stroke < 5; stroke += 1)
      for (let y = 40; y < 70; y += 1)
        data.fill(0, y * width + 30 + stroke * 20, y * width + 36 + stroke * 20)
    const pixels = { data, width, height, channels: 1 } as const
    const upright = prepareImage(pixels)
    const turned = prepareImage(pixels, { turn })
    if (upright.kind === 'blank' || turned.kind === 'blank') throw new Error('taken for blank')
    expect(upright.box).toEqual({ left: 30, top: 40, right: 116, bottom: 70 })
    expect(turned.box).toEqual(upright.box)
  })
})

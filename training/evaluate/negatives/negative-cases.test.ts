import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { turnPixels } from '../turned.ts'
import { generateNegatives, type NegativeCase } from './negative-cases.ts'

const digest = ({ pixels }: NegativeCase) => createHash('sha256').update(pixels.data).digest('hex')

describe('generateNegatives', () => {
  it('draws every kind, and the same pictures for the same seed', () => {
    const first = generateNegatives(10, 3)
    expect(new Set(first.map(({ kind }) => kind)).size).toBe(12)
    for (const { name, pixels } of first)
      expect(pixels.data.length, name).toBe(pixels.width * pixels.height * pixels.channels)
    expect(generateNegatives(10, 3).map(digest)).toEqual(first.map(digest))
  }, 120_000)
})

describe('turnPixels', () => {
  it('comes back after turning the rest of the way round', () => {
    const pixels = { data: Uint8Array.from([1, 2, 3, 4, 5, 6]), width: 3, height: 2, channels: 1 } as const
    expect(turnPixels(pixels, 90).data).toEqual(Uint8Array.from([4, 1, 5, 2, 6, 3]))
    expect(turnPixels(turnPixels(pixels, 90), 270)).toEqual(pixels)
    expect(turnPixels(turnPixels(pixels, 180), 180)).toEqual(pixels)
  })
})

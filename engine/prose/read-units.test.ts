import { describe, expect, it } from 'vitest'
import type { Component } from '../preprocess/components.ts'
import { joinBoxes } from '../preprocess/boxes.ts'
import type { PageInk } from './page-ink.ts'
import { readUnits } from './read-units.ts'

const glyphHeight = 18
const baseline = 60

/** A sign by its left and right edge and how far it reaches above and below the baseline. */
type Sign = readonly [left: number, right: number, rise: number, fall: number]

/** What becomes of a word of these signs that the text reader reads as `text`. */
async function kindOf(text: string, signs: readonly Sign[]): Promise<string | undefined> {
  const pieces = signs.map(([left, right, rise, fall]): Component => {
    const box = { left, right, top: baseline - rise, bottom: baseline + fall }
    return { box, area: 1, runs: [] }
  })
  const box = joinBoxes(pieces.map((piece) => piece.box))
  const ink = { width: 200, height: 100, values: new Float32Array(20_000) }
  const region = { left: 0, top: 0, right: 200, bottom: 100 }
  const page: PageInk = { ink, pieces, glyphHeight, factor: 1, region, turn: 0 }
  // The reader sees the line with 12 pixels of paper at each side.
  const seen = { left: 12, right: 12 + box.right - box.left, top: 0, bottom: 40 }
  const reader = {
    readLine: () => Promise.resolve([{ text, confidence: 0.95, box: seen }]),
    close: () => Promise.resolve(),
  }
  const units = await readUnits({ box, pieces }, { baseline, glyphHeight }, page, reader)
  return units[0]?.kind
}

const even: readonly Sign[] = [
  [0, 15, 18, 0],
  [17, 32, 18, 0],
  [34, 49, 18, 0],
  [51, 66, 18, 0],
]

describe('a word is a formula', () => {
  it('not because of a large comma behind it', async () => {
    expect(await kindOf('even,', [...even, [68, 74, 5, 6]])).toBe('prose')
  })

  it('when something in it is lowered', async () => {
    expect(await kindOf('even', [...even.slice(0, 3), [51, 60, 5, 6]])).toBe('math')
  })

  it('when a bar stands above it', async () => {
    const digits: readonly Sign[] = [
      [0, 12, 27, 0],
      [15, 18, 3, 0],
      [21, 33, 27, 0],
      [36, 48, 27, 0],
    ]
    expect(await kindOf('0.80', digits)).toBe('number')
    expect(await kindOf('0.80', [...digits, [20, 49, 33, -31]])).toBe('math')
  })
})

import { describe, expect, it } from 'vitest'
import type { Component } from '../preprocess/components.ts'
import { joinBoxes } from '../preprocess/boxes.ts'
import { findUnits } from './find-units.ts'

const glyphHeight = 18
const baseline = 60

/** A sign by its left and right edge and how far it reaches above and below the baseline. */
type Sign = readonly [left: number, right: number, rise: number, fall: number]

/** What becomes of a word of these signs that the text reader reads as `text`. */
function kindOf(text: string, signs: readonly Sign[]): string | undefined {
  const pieces = signs.map(([left, right, rise, fall]): Component => {
    const box = { left, right, top: baseline - rise, bottom: baseline + fall }
    return { box, area: 1, runs: [] }
  })
  const box = joinBoxes(pieces.map((piece) => piece.box))
  const words = [{ text, confidence: 0.95, left: box.left, right: box.right }]
  const units = findUnits({ box, pieces }, { baseline, glyphHeight }, words, 'eng')
  return units[0]?.kind
}

const even: readonly Sign[] = [
  [0, 15, 18, 0],
  [17, 32, 18, 0],
  [34, 49, 18, 0],
  [51, 66, 18, 0],
]

describe('a word is a formula', () => {
  it('not because of a large comma behind it', () => {
    expect(kindOf('even,', [...even, [68, 74, 5, 6]])).toBe('prose')
  })

  it('when something in it is lowered', () => {
    expect(kindOf('even', [...even.slice(0, 3), [51, 60, 5, 6]])).toBe('math')
  })

  it('when a bar stands above it', () => {
    const digits: readonly Sign[] = [
      [0, 12, 27, 0],
      [15, 18, 3, 0],
      [21, 33, 27, 0],
      [36, 48, 27, 0],
    ]
    expect(kindOf('0.80', digits)).toBe('number')
    expect(kindOf('0.80', [...digits, [20, 49, 33, -31]])).toBe('math')
  })
})

import { expect, it } from 'vitest'
import type { Component } from '../preprocess/components.ts'
import { findLines } from './find-lines.ts'

const piece = (left: number, top: number, right: number, bottom: number): Component => ({
  box: { left, top, right, bottom },
  area: (right - left) * (bottom - top),
  runs: [],
})

/** Letters of one height, one beside the other. */
const letters = (left: number, right: number, top: number): Component[] =>
  Array.from({ length: Math.floor((right - left) / 12) }, (_, at) =>
    piece(left + 12 * at, top, left + 12 * at + 10, top + 10),
  )

it('takes arrows over two letters far apart to the line below them, however far the line above is', () => {
  const words = letters(0, 400, 0)
  const arrows = [piece(100, 42, 112, 46), piece(280, 42, 292, 46)]
  const formula = letters(90, 310, 50)
  const lines = findLines([...words, ...arrows, ...formula], 10)
  expect(lines.map(({ pieces }) => pieces.length)).toEqual([words.length, formula.length + arrows.length])
})

it('keeps lines of words apart, the short last one as well', () => {
  const lines = findLines([...letters(0, 400, 0), ...letters(0, 390, 18), ...letters(0, 60, 36)], 10)
  expect(lines).toHaveLength(3)
})

it('keeps two fractions and the equals sign between them together', () => {
  const fraction = (left: number) => [
    ...[6, 18, 30].map((right) => piece(left + right, 0, left + right + 10, 14)),
    piece(left, 20, left + 44, 21),
    ...[6, 18, 30].map((right) => piece(left + right, 26, left + right + 10, 40)),
  ]
  // The strokes of the sign lie above and below the bars, without a row in common.
  const equals = [piece(60, 17, 74, 19), piece(60, 22, 74, 24)]
  expect(findLines([...fraction(0), ...equals, ...fraction(90)], 10)).toHaveLength(1)
})

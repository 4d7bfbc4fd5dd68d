import type { Component } from '../preprocess/components.ts'
import { heightOf, widthOf } from '../preprocess/boxes.ts'
import { findLines } from './find-lines.ts'

/** Letters that stand in rows as words do: on one baseline, close together. What formulas show of this is little. */
export type WordLook = { readonly letters: number; readonly inRows: number }

const leastInRow = 10
const leastAligned = 0.66

/** A glance at the ink that costs a millisecond; it only decides whether it pays to look for words. */
export function lookForWords(pieces: readonly Component[], glyphHeight: number): WordLook {
  const isLetter = ({ box }: Component) =>
    heightOf(box) >= 0.6 * glyphHeight &&
    heightOf(box) < 2.6 * glyphHeight &&
    widthOf(box) < 2.6 * glyphHeight
  let inRows = 0
  for (const line of findLines(pieces, glyphHeight)) {
    const letters = line.pieces.filter(isLetter)
    if (letters.length < leastInRow) continue
    const votes = letters.map(
      ({ box }) =>
        letters.filter((other) => Math.abs(other.box.bottom - box.bottom) <= 0.16 * glyphHeight).length,
    )
    const aligned = Math.max(...votes) / letters.length
    const pitch = widthOf(line.box) / (letters.length * glyphHeight)
    if (aligned >= leastAligned && pitch < 1.75) inRows += letters.length
  }
  return { letters: pieces.filter(isLetter).length, inRows }
}

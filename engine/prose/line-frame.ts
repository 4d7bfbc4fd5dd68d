import { estimateGlyphHeight } from '../preprocess/select-ink.ts'
import { heightOf, widthOf } from '../preprocess/boxes.ts'
import type { InkLine } from './find-lines.ts'

/** Where the letters of a line stand; y grows downwards. */
export type Frame = { readonly baseline: number; readonly glyphHeight: number }

/** The baseline is where most letters end; `undefined` when too few do. */
export function findFrame(line: InkLine, glyphHeight: number): Frame | undefined {
  const letters = line.pieces.filter(
    ({ box }) =>
      heightOf(box) >= 0.6 * glyphHeight &&
      heightOf(box) < 2.6 * glyphHeight &&
      widthOf(box) < 4 * glyphHeight,
  )
  if (letters.length === 0) return undefined
  const reach = 0.13 * glyphHeight
  const scored = letters.map(({ box }) => ({
    bottom: box.bottom,
    votes: letters.filter((other) => Math.abs(other.box.bottom - box.bottom) <= reach).length,
  }))
  const best = Math.max(...scored.map(({ votes }) => votes))
  const winners = scored.filter(({ votes }) => votes === best).map(({ bottom }) => bottom)
  const baseline = winners.reduce((sum, bottom) => sum + bottom, 0) / winners.length
  const own = estimateGlyphHeight(letters.filter(({ box }) => Math.abs(box.bottom - baseline) <= 2 * reach))
  return { baseline, glyphHeight: letters.length >= 10 && own > 0.5 * glyphHeight ? own : glyphHeight }
}

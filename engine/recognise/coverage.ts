import { findComponents } from '../preprocess/components.ts'
import type { Box, Canvas } from '../preprocess/pixels.ts'
import { canvasGlyphHeight } from '../preprocess/scale.ts'

/** Side of the square of canvas pixels that is one cell of the model's memory. */
export const cellSize = 8

/** Tokens that draw nothing of their own: what is looked at while they are written says nothing. */
const structural = new Set([
  '{',
  '}',
  '^',
  '_',
  '&',
  '\\frac',
  '\\\\',
  '\\begin{array}',
  '\\end{array}',
  '\\text',
  ' ',
])

/** Whether writing this token means looking at a sign. */
export function isSign(token: string): boolean {
  return !structural.has(token) && !token.startsWith('\\begin') && !token.startsWith('\\end')
}

/** How well a reading accounts for the ink: pieces of the size of signs that were never looked at, and pieces looked at too often. */
export type Coverage = { readonly pieces: number; readonly unread: number; readonly reread: number }

const inkLevel = 0.45
/** Pixels; smaller pieces are dots and dirt. */
const smallestArea = 9
/** Taller than so many usual signs is no letter. */
const mostGlyphs = 1.9
/** A look within so many pixels of a piece counts for it: the model names the sign's middle, which may lie beside the ink. */
const reach = 3
/** And so near to a sign's box. */
const boxReach = 2

/** The pieces of ink on a canvas that are signs by their size: no specks, fraction bars, roots and tall brackets. */
export function findSigns({ data, width, height }: Canvas, glyphHeight = canvasGlyphHeight): Box[] {
  const tallest = mostGlyphs * glyphHeight
  const values = Float32Array.from(data, (value) => value / 255)
  return findComponents({ values, width, height }, inkLevel)
    .filter(({ box, area }) => {
      const [wide, high] = [box.right - box.left, box.bottom - box.top]
      return (
        area >= smallestArea && high <= tallest && wide <= 2 * tallest && !(high <= 5 && wide > 2.5 * high)
      )
    })
    .map(({ box }) => box)
}

/** @param looked how often each cell was looked at, row after row, `columns` cells a row */
export function measureCoverage(signs: readonly Box[], looked: Float32Array, columns: number): Coverage {
  let [unread, reread] = [0, 0]
  const rows = looked.length / columns
  for (const box of signs) {
    let total = 0
    const [firstColumn, lastColumn] = [
      toCell(box.left - reach, columns),
      toCell(box.right + reach - 1, columns),
    ]
    const [firstRow, lastRow] = [toCell(box.top - reach, rows), toCell(box.bottom + reach - 1, rows)]
    for (let row = firstRow; row <= lastRow; row += 1)
      for (let column = firstColumn; column <= lastColumn; column += 1)
        total += looked[row * columns + column] ?? 0
    if (total < 0.3) unread += 1
    const cells = (lastColumn - firstColumn + 1) * (lastRow - firstRow + 1)
    if (total > Math.max(2.6, 0.9 * cells)) reread += 1
  }
  return { pieces: signs.length, unread, reread }
}

/** The same for signs whose boxes are known: left, top, right and bottom on the canvas. */
export function coverWithBoxes(
  canvas: Canvas,
  glyphHeight: number,
  boxes: readonly (readonly [number, number, number, number])[],
): Coverage {
  const pieces = findSigns(canvas, glyphHeight)
  const isUnread = ({ left, top, right, bottom }: Box) => {
    const [x, y] = [(left + right) / 2, (top + bottom) / 2]
    return !boxes.some(
      (box) =>
        x > box[0] - boxReach && x < box[2] + boxReach && y > box[1] - boxReach && y < box[3] + boxReach,
    )
  }
  return { pieces: pieces.length, unread: pieces.filter(isUnread).length, reread: 0 }
}

function toCell(pixel: number, count: number): number {
  return Math.max(0, Math.min(count - 1, Math.floor(pixel / cellSize)))
}

import { openFace, placeOutline, type Face } from './face.ts'
import type { Piece } from './layout.ts'
import { measureOutline, writeOutline } from './outline.ts'

/** A text face whose letters and digits stand in for those of the math typeface. */
export type PrintFace = { readonly roman: Face; readonly italic: Face }

export function openPrintFace(name: string): PrintFace {
  return { roman: openFace(name), italic: openFace(name, 'italic') }
}

/** Printed ink as SVG shapes. Signs, brackets and rules are the math typeface's own, `weight` thickens all of it. */
export function drawPrint(pieces: readonly Piece[], face: PrintFace | undefined, weight = 0): string {
  const shapes = pieces.map((piece) =>
    face && piece.kind === 'run' ? setRun(piece, face) : writeOutline(piece.outline),
  )
  return shapes
    .map((data) => `<path d="${data}" stroke="#000" stroke-width="${weight}" stroke-linejoin="round"/>`)
    .join('')
}

/** Height of the digits in the math typefaces used here, to which the text face is scaled. */
const digitHeight = 670

function setRun(piece: Piece, { roman, italic }: PrintFace): string {
  const face = piece.isItalic ? italic : roman
  const letters = Array.from(piece.text).map((character) => face.read(character))
  const scale = (piece.scale * digitHeight) / roman.height
  let pen = 0
  const outline = letters.flatMap((letter) => {
    if (!letter) throw new Error(`The face lacks a letter of ${piece.text}`)
    const placed = placeOutline(letter.outline, pen, 0, scale, scale)
    pen += letter.advance * scale
    return placed
  })
  const own = measureOutline(outline)
  const room = piece.box.right - piece.box.left
  // A little wider than the letters it replaces is fine; more would touch the neighbours.
  const squeeze = Math.min(1, (room * 1.08) / (own.right - own.left))
  const middle = (piece.box.left + piece.box.right) / 2 - (squeeze * (own.left + own.right)) / 2
  return writeOutline(placeOutline(outline, middle, piece.baseline, squeeze, 1))
}

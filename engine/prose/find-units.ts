import type { Component } from '../preprocess/components.ts'
import type { Box } from '../preprocess/pixels.ts'
import { heightOf, joinBoxes, middleOf, widthOf } from '../preprocess/boxes.ts'
import { classifyForeignWord } from './classify-foreign-word.ts'
import { classifyWord, type WordKind } from './classify-word.ts'
import type { InkLine } from './find-lines.ts'
import type { Unit } from './find-runs.ts'
import { isInSquares, LANGUAGES, type LanguageCode } from './languages.ts'
import type { Frame } from './line-frame.ts'
import { findBand, isRegular, type PlacedWord } from './see-words.ts'

/** The words of a line, each with its ink, and the ink that no word covers. */
export function findUnits(
  line: InkLine,
  frame: Frame,
  words: readonly PlacedWord[],
  language: LanguageCode,
): Unit[] {
  const { glyphHeight } = frame
  const band = findBand(line, frame, language)
  const placed = words.map((word) => ({ ...word, pieces: [] as Component[] }))
  // The ends of signs in squares are told roughly.
  const reach = isInSquares(language) ? Math.max(1, 0.25 * glyphHeight) : 1
  const homeless: Component[] = []
  for (const piece of line.pieces) {
    const middle = middleOf(piece.box)
    const home = placed.find(({ left, right }) => middle >= left - reach && middle <= right + reach)
    if (home) home.pieces.push(piece)
    else homeless.push(piece)
  }
  const separate = placed.flatMap((word) => splitGlued(word, glyphHeight))
  const units = separate.map(({ text, confidence, left, right, pieces }): Unit => {
    const letters = withoutMark(text, pieces, frame)
    const hasScript = letters.some((piece) => !isRegular(piece, band, frame) || isScript(piece.box, frame))
    const kind = classify({ text, confidence, hasScript }, language)
    return { kind, text, confidence, left, right, pieces }
  })
  return [...units, ...adoptHomeless(homeless, glyphHeight)].sort((one, other) => one.left - other.left)
}

function classify(
  { text, confidence, hasScript }: { text: string; confidence: number; hasScript: boolean },
  language: LanguageCode,
): WordKind {
  return language === 'eng'
    ? classifyWord(text, confidence, hasScript)
    : classifyForeignWord({ text, confidence, hasScript }, LANGUAGES[language])
}

type Placed = { text: string; confidence: number; left: number; right: number; pieces: Component[] }

/** A blank that the text reader overlooked (`toy` for `to y`): cut where the ink is as far apart as words are. */
function splitGlued(word: Placed, glyphHeight: number): Placed[] {
  const columns: Component[][] = []
  let right = -Infinity
  for (const piece of [...word.pieces].sort((one, other) => one.box.left - other.box.left)) {
    if (piece.box.left < right) columns.at(-1)?.push(piece)
    else columns.push([piece])
    right = Math.max(right, piece.box.right)
  }
  // Only where every letter is a column of ink of its own can the text be cut at the same place.
  if (columns.length !== word.text.length) return [word]
  const boxes = columns.map((column) => joinBoxes(column.map(({ box }) => box)))
  const cut = boxes.findIndex(
    (box, at) => at > 0 && box.left - (boxes[at - 1]?.right ?? 0) > 0.48 * glyphHeight,
  )
  const edge = boxes[cut - 1]?.right
  if (cut < 1 || edge === undefined || /^[.,;:!?)]/.test(word.text.slice(cut))) return [word]
  const first = { ...word, text: word.text.slice(0, cut), right: edge, pieces: columns.slice(0, cut).flat() }
  const rest = {
    ...word,
    text: word.text.slice(cut),
    left: boxes[cut]?.left ?? edge,
    pieces: columns.slice(cut).flat(),
  }
  return [first, ...splitGlued(rest, glyphHeight)]
}

/** Ink that no word covers: a formula the text reader could not make anything of. Specks are let go. */
function adoptHomeless(pieces: readonly Component[], glyphHeight: number): Unit[] {
  return pieces
    .filter(({ box }) => Math.max(widthOf(box), heightOf(box)) > 0.3 * glyphHeight)
    .map((piece) => ({
      kind: 'math',
      text: '',
      confidence: 0,
      left: piece.box.left,
      right: piece.box.right,
      pieces: [piece],
    }))
}

/** What is left without the comma or semicolon at the end, which some faces draw as large as a script. */
function withoutMark(
  text: string,
  pieces: readonly Component[],
  { glyphHeight }: Frame,
): readonly Component[] {
  if (!/[,;]$/.test(text) || pieces.length < 2) return pieces
  const last = pieces.reduce((one, other) => (other.box.right > one.box.right ? other : one))
  return widthOf(last.box) < 0.5 * glyphHeight ? pieces.filter((piece) => piece !== last) : pieces
}

/** Raised or lowered, and too large for a dot, an apostrophe or a comma; or a bar above or below. */
function isScript(box: Box, { baseline, glyphHeight }: Frame): boolean {
  const height = heightOf(box)
  const isOutside = box.bottom < baseline - 1.2 * glyphHeight || box.top > baseline
  if (isOutside && height < 0.25 * glyphHeight && widthOf(box) > 0.75 * glyphHeight) return true
  if (height < 0.5 * glyphHeight || widthOf(box) < 0.3 * glyphHeight) return false
  const isRaised =
    box.bottom < baseline - 0.45 * glyphHeight && height < 1.3 * glyphHeight && height > 0.55 * glyphHeight
  const isLowered = box.top > baseline - 0.5 * glyphHeight && box.bottom > baseline + 0.15 * glyphHeight
  return isRaised || isLowered
}

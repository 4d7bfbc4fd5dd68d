import type { Component } from '../preprocess/components.ts'
import type { Box } from '../preprocess/pixels.ts'
import { drawCanvas } from '../preprocess/scale.ts'
import { estimateGlyphHeight } from '../preprocess/select-ink.ts'
import type { Model } from '../recognise/model.ts'
import { readInk } from '../recognise/looks.ts'
import { heightOf, joinBoxes, middleOf, widthOf } from './boxes.ts'
import { classifyWord } from './classify-word.ts'
import type { InkLine } from './find-lines.ts'
import { findRuns, type Unit } from './find-runs.ts'
import { enlarge } from './enlarge.ts'
import { cutOut, type PageInk } from './page-ink.ts'
import type { TextReader } from './text-reader.ts'
import { trimFormula } from './trim-formula.ts'

export type PageWord = { readonly text: string; readonly confidence: number; readonly box: Box }

/** A stretch of a line in page pixels. */
export type LineSegment = {
  readonly confidence: number
  readonly confidenceRate: number
  readonly box: Box
} & (
  | { readonly kind: 'prose'; readonly words: readonly PageWord[] }
  | { readonly kind: 'math'; readonly tokens: readonly string[]; readonly isPrinted: number }
)
export type PageLine = {
  readonly segments: readonly LineSegment[]
  readonly isDisplay: boolean
  readonly box: Box
  /** Words of three letters and more that were read with confidence. */
  readonly wordCount: number
}

/** Where the letters of a line stand; y grows downwards. */
type Frame = { readonly baseline: number; readonly glyphHeight: number }

/** Reads one line: words with the text reader, what is not a word with the model. */
export async function readLine(
  line: InkLine,
  page: PageInk,
  model: Model,
  textReader: TextReader,
): Promise<PageLine> {
  const frame = findFrame(line, page.glyphHeight)
  const units = frame ? await readUnits(line, frame, page, textReader) : []
  const wordCount = units.filter(({ kind, text }) => kind === 'prose' && text.length >= 3).length
  const isProse =
    wordCount > 0 ||
    (units.length > 0 && units.every(({ kind }) => kind !== 'math' && kind !== 'weak' && kind !== 'operator'))
  if (!frame || !isProse) {
    const formula = await readFormula(line.pieces, page, model)
    const segments = formula ? [formula] : []
    return { segments, isDisplay: true, box: line.box, wordCount: 0 }
  }
  const segments: LineSegment[] = []
  for (const run of findRuns(units, frame.glyphHeight)) {
    if (run.kind === 'prose') segments.push(toProse(run.units))
    else segments.push(...(await readRun(run.units, frame, page, model)))
  }
  return { segments: joinProse(segments), isDisplay: false, box: line.box, wordCount }
}

/** The baseline is where most letters end; `undefined` when too few do. */
function findFrame(line: InkLine, glyphHeight: number): Frame | undefined {
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

const margin = 12
/** Height of a small letter that the text reader reads best, in pixels. */
const bestGlyphHeight = 18

async function readUnits(
  line: InkLine,
  frame: Frame,
  page: PageInk,
  textReader: TextReader,
): Promise<Unit[]> {
  const { baseline, glyphHeight } = frame
  const band = {
    left: line.box.left,
    right: line.box.right,
    top: Math.round(baseline - 2 * glyphHeight),
    bottom: Math.round(baseline + 0.85 * glyphHeight),
  }
  const isRegular = ({ box }: Component) =>
    box.top >= band.top &&
    box.bottom <= band.bottom &&
    !(widthOf(box) > 2.2 * glyphHeight && heightOf(box) < 0.4 * glyphHeight)
  const regular = line.pieces.filter(isRegular)
  const factor = Math.max(1, Math.min(4, Math.round(bestGlyphHeight / glyphHeight)))
  const words = await textReader.readLine(enlarge(cutOut(page.ink, regular, band, margin), factor))
  const placed = words.map(({ text, confidence, box }) => ({
    text,
    confidence,
    left: box.left / factor - margin + band.left,
    right: box.right / factor - margin + band.left,
    pieces: [] as Component[],
  }))
  const homeless: Component[] = []
  for (const piece of line.pieces) {
    const middle = middleOf(piece.box)
    const home = placed.find(({ left, right }) => middle >= left - 1 && middle <= right + 1)
    if (home) home.pieces.push(piece)
    else homeless.push(piece)
  }
  const separate = placed.flatMap((word) => splitGlued(word, glyphHeight))
  const units = separate.map(({ text, confidence, left, right, pieces }): Unit => {
    const hasScript = pieces.some((piece) => !isRegular(piece) || isScript(piece.box, frame))
    return { kind: classifyWord(text, confidence, hasScript), text, confidence, left, right, pieces }
  })
  return [...units, ...adoptHomeless(homeless, glyphHeight)].sort((one, other) => one.left - other.left)
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

/** Raised or lowered, and too large for a dot, an apostrophe or a comma. */
function isScript(box: Box, { baseline, glyphHeight }: Frame): boolean {
  const height = heightOf(box)
  if (height < 0.5 * glyphHeight || widthOf(box) < 0.3 * glyphHeight) return false
  const isRaised =
    box.bottom < baseline - 0.45 * glyphHeight && height < 1.3 * glyphHeight && height > 0.55 * glyphHeight
  const isLowered = box.top > baseline - 0.5 * glyphHeight && box.bottom > baseline + 0.15 * glyphHeight
  return isRaised || isLowered
}

function boxOfUnits(units: readonly Unit[]): Box {
  const boxes = units.flatMap(({ pieces }) => pieces.map(({ box }) => box))
  if (boxes.length > 0) return joinBoxes(boxes)
  return { left: units[0]?.left ?? 0, right: units.at(-1)?.right ?? 0, top: 0, bottom: 1 }
}

function toProse(units: readonly Unit[]): LineSegment {
  return proseOf(
    units.map((unit) => ({ text: unit.text, confidence: trust(unit.confidence), box: boxOfUnits([unit]) })),
  )
}

function proseOf(words: readonly PageWord[]): LineSegment {
  const product = words.reduce((all, one) => all * one.confidence, 1)
  return {
    kind: 'prose',
    words,
    confidence: product,
    confidenceRate: product ** (1 / Math.max(1, words.length)),
    box: joinBoxes(words.map(({ box }) => box)),
  }
}

/** Share of words that are right at the reader's own measure, on generated pages (`npm run eval`). */
function trust(confidence: number): number {
  return Math.min(0.998, 0.55 + 0.45 * Math.min(1, confidence / 0.85))
}

function joinProse(segments: readonly LineSegment[]): LineSegment[] {
  const output: LineSegment[] = []
  for (const segment of segments) {
    const last = output.at(-1)
    if (last?.kind === 'prose' && segment.kind === 'prose')
      output[output.length - 1] = proseOf([...last.words, ...segment.words])
    else output.push(segment)
  }
  return output
}

/** Marks beside a formula are read with it. */
const certainMark = 0.998

async function readRun(
  units: readonly Unit[],
  frame: Frame,
  page: PageInk,
  model: Model,
): Promise<LineSegment[]> {
  const pieces = units.flatMap((unit) => [...unit.pieces])
  const text = units.map((unit) => unit.text).join(' ')
  const { kept, mark } = splitMark(pieces, text, frame)
  const formula = await readFormula(kept, page, model)
  const isAlphabetic = /^[A-Za-z .,;:'’-]{4,}$/.test(text)
  const mean = units.reduce((sum, { confidence }) => sum + confidence, 0) / units.length
  if (!formula || (isAlphabetic && mean > 0.7 && formula.confidence < 0.3)) return [toProse(units)]
  const { before, tokens, after } = trimFormula(formula.tokens)
  const word = (content: string, box: Box) => proseOf([{ text: content, confidence: certainMark, box }])
  return [
    ...(before === '' ? [] : [word(before, formula.box)]),
    { ...formula, tokens: fixCase(tokens, kept, frame) },
    ...(after + mark === '' ? [] : [word(after + mark, formula.box)]),
  ]
}

/** A full stop or comma behind a formula belongs to the sentence. */
function splitMark(
  pieces: readonly Component[],
  text: string,
  { baseline, glyphHeight }: Frame,
): { kept: readonly Component[]; mark: string } {
  const mark = /[.,]$/.exec(text)?.[0]
  const last = [...pieces].sort((one, other) => one.box.right - other.box.right).at(-1)
  if (mark === undefined || !last || pieces.length < 2) return { kept: pieces, mark: '' }
  const { box } = last
  const isMark =
    heightOf(box) < 0.8 * glyphHeight &&
    widthOf(box) < 0.5 * glyphHeight &&
    box.top > baseline - 0.5 * glyphHeight
  return isMark ? { kept: pieces.filter((piece) => piece !== last), mark } : { kept: pieces, mark: '' }
}

const sameInBothCases = new Set(Array.from('cosuvwxz'))

/** A letter alone does not tell its case, but its neighbours on the line do. */
function fixCase(
  tokens: readonly string[],
  pieces: readonly Component[],
  { glyphHeight }: Frame,
): readonly string[] {
  const [letter = ''] = tokens
  if (tokens.length !== 1 || !sameInBothCases.has(letter.toLowerCase())) return tokens
  const height = heightOf(joinBoxes(pieces.map(({ box }) => box)))
  return [height < 1.22 * glyphHeight ? letter.toLowerCase() : letter.toUpperCase()]
}

async function readFormula(
  pieces: readonly Component[],
  page: PageInk,
  model: Model,
): Promise<Extract<LineSegment, { kind: 'math' }> | undefined> {
  if (pieces.length === 0) return undefined
  const box = joinBoxes(pieces.map((piece) => piece.box))
  const ink = cutOut(page.ink, pieces, box, 2)
  const whole = { left: 0, top: 0, right: ink.width, bottom: ink.height }
  const glyphHeight = Math.max(4, estimateGlyphHeight(pieces))
  const draw = (zoom: number) => drawCanvas({ ink, box: whole, glyphHeight }, zoom)
  const { canvas, scaleX: scale } = draw(1)
  const redraw = (zoom: number) => draw(zoom).canvas
  const source = { pieces, glyphHeight, dropped: 0, canvas, scale, redraw }
  const { readings, isPrinted } = await readInk(model, source, 1)
  const [best] = readings
  if (!best || best.tokens.length === 0) return undefined
  const { tokens, confidence, confidenceRate } = best
  return { kind: 'math', tokens, confidence, confidenceRate, isPrinted, box }
}

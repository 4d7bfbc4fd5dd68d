import type { Component } from '../preprocess/components.ts'
import type { Box } from '../preprocess/pixels.ts'
import { drawCanvas, fromCanvas, layOut } from '../preprocess/scale.ts'
import { estimateGlyphHeight } from '../preprocess/select-ink.ts'
import type { InkSource } from '../recognise/ink-source.ts'
import type { Model } from '../recognise/model.ts'
import type { PlacedToken } from '../recognise/place-tokens.ts'
import { readInk } from '../recognise/looks.ts'
import { heightOf, joinBoxes, moveBox, widthOf } from '../preprocess/boxes.ts'
import type { InkLine } from './find-lines.ts'
import { findRuns, type Unit } from './find-runs.ts'
import { findFrame, type Frame } from './line-frame.ts'
import { cutOut, type PageInk } from './page-ink.ts'
import { findUnits } from './find-units.ts'
import { isInSquares, type LanguageCode } from './languages.ts'
import { isSquares } from './classify-foreign-word.ts'
import { keepFormulas } from './keep-formulas.ts'
import type { FramedLine, PlacedWord } from './see-words.ts'
import { trimFormula } from './trim-formula.ts'

type PageWord = { readonly text: string; readonly confidence: number; readonly box: Box }

/** A stretch of a line in page pixels. */
export type LineSegment = {
  readonly confidence: number
  readonly confidenceRate: number
  readonly box: Box
} & (
  | { readonly kind: 'prose'; readonly words: readonly PageWord[] }
  | {
      readonly kind: 'math'
      readonly tokens: readonly string[]
      readonly drawn: readonly PlacedToken[]
      readonly isPrinted: number
    }
)
export type PageLine = {
  readonly segments: readonly LineSegment[]
  readonly isDisplay: boolean
  readonly box: Box
  /** Words of three letters and more that were read with confidence. */
  readonly wordCount: number
  /** Words stand on it that no data at hand can read. */
  readonly hasUnreadWords?: boolean
}

/** What the text reader saw on a line; without a language its words mean nothing, but tell where they are. */
export type SeenLine = { readonly language: LanguageCode | undefined; readonly words: readonly PlacedWord[] }

/** Reads one line: words as the text reader saw them, what is not a word with the model. */
export async function readLine(
  line: InkLine,
  page: PageInk,
  model: Model,
  { language, words }: SeenLine,
): Promise<PageLine> {
  const frame = findFrame(line, page.glyphHeight)
  const units = frame ? findUnits(line, frame, words, language ?? 'eng') : []
  if (frame && language === undefined && units.length > 0)
    return readFormulasOf({ line, frame, page }, units, model)
  const wordCount = units.filter((unit) => isCertainWord(unit, language)).length
  const isProse =
    wordCount > 0 ||
    (units.length > 0 && units.every(({ kind }) => kind !== 'math' && kind !== 'weak' && kind !== 'operator'))
  if (language !== undefined && isInSquares(language) && isMostlyFormula(units)) {
    const formula = await readFormula(line.pieces, page, model)
    if (formula && formula.confidence >= certainFormula)
      return { segments: [formula], isDisplay: true, box: line.box, wordCount: 0 }
  }
  if (!frame || !isProse) {
    const formula = await readFormula(line.pieces, page, model)
    const segments = formula ? [formula] : []
    return { segments, isDisplay: true, box: line.box, wordCount: 0 }
  }
  const segments: LineSegment[] = []
  for (const run of findRuns(units, frame.glyphHeight)) {
    if (run.kind === 'prose' || isForeignWord(run.units, language)) segments.push(toProse(run.units))
    else segments.push(...(await readRun(run.units, frame, page, model)))
  }
  return { segments: joinProse(segments), isDisplay: false, box: line.box, wordCount }
}

/** Four letters in a row among nothing but letters, and no function's name: what English calls doubtful is a word elsewhere. */
function isForeignWord(units: readonly Unit[], language: LanguageCode | undefined): boolean {
  return (
    language !== undefined &&
    language !== 'eng' &&
    units.every(
      ({ text, kind }) => text !== '' && kind !== 'function' && /^[\p{L}\p{M} .,;:'’-]+$/u.test(text),
    ) &&
    units.some(({ text }) => /\p{L}{4}/u.test(text))
  )
}

/** Letters of a formula are now and then taken for a sign in a square. */
function isMostlyFormula(units: readonly Unit[]): boolean {
  const judged = units.filter(({ kind }) => kind !== 'mark')
  return judged.filter(({ kind }) => kind === 'prose').length < 0.5 * judged.length
}

/** Three letters and more; signs in squares say more. */
function isCertainWord({ kind, text }: Unit, language: LanguageCode | undefined): boolean {
  return kind === 'prose' && (text.length >= 3 || (language !== undefined && isInSquares(language)))
}

/** The formulas of a line whose words nobody here can read; the words are left out. */
async function readFormulasOf(
  { line, frame, page }: FramedLine,
  units: readonly Unit[],
  model: Model,
): Promise<PageLine> {
  if (units.every(({ text }) => !/\p{L}{4}/u.test(text))) {
    const whole = await readFormula(line.pieces, page, model)
    if (whole && whole.confidence >= certainFormula)
      return { segments: [whole], isDisplay: true, box: line.box, wordCount: 0 }
  }
  const { runs, hasWords } = keepFormulas(units, frame.glyphHeight)
  const segments: LineSegment[] = []
  for (const run of runs) {
    const pieces = run.flatMap((unit) => [...unit.pieces])
    const formula = await readFormula(pieces, page, model)
    if (!formula || formula.confidence < certainFormula) continue
    const tokens = dropWordBehindComma(formula.tokens)
    segments.push({ ...formula, tokens, drawn: trimDrawn(formula.drawn, '', tokens) })
  }
  return {
    segments,
    isDisplay: !hasWords,
    box: line.box,
    wordCount: 0,
    hasUnreadWords: hasWords || segments.length < runs.length,
  }
}

/** A word that was glued to a formula by a comma: nothing but letters behind it. */
function dropWordBehindComma(tokens: readonly string[]): readonly string[] {
  const comma = tokens.lastIndexOf(',')
  const rest = tokens.slice(comma + 1)
  const isWord = comma > 0 && rest.length > 1 && rest.every((token) => /^(?:\p{L}|\\[a-z]+)$/u.test(token))
  return isWord ? tokens.slice(0, comma) : tokens
}

/** From so much confidence on ink among words that cannot be read is a formula. */
const certainFormula = 0.5

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
  const isAlphabetic = /^[\p{L} .,;:'’-]{4,}$/u.test(text)
  const mean = units.reduce((sum, { confidence }) => sum + confidence, 0) / units.length
  const isWord = (isAlphabetic && mean > 0.7) || isSquares(text)
  if (!formula || (isWord && formula.confidence < (isSquares(text) ? certainFormula : 0.3)))
    return [toProse(units)]
  const { before, tokens, after } = trimFormula(formula.tokens)
  const word = (content: string, box: Box) => proseOf([{ text: content, confidence: certainMark, box }])
  return [
    ...(before === '' ? [] : [word(before, formula.box)]),
    { ...formula, tokens: fixCase(tokens, kept, frame), drawn: trimDrawn(formula.drawn, before, tokens) },
    ...(after + mark === '' ? [] : [word(after + mark, formula.box)]),
  ]
}

/** Those of the tokens that are left, at their new places; each sign that was cut off at the front is one token. */
function trimDrawn(
  drawn: readonly PlacedToken[],
  before: string,
  { length }: readonly string[],
): PlacedToken[] {
  return drawn
    .map((token) => ({ ...token, at: token.at - before.length }))
    .filter(({ at }) => at >= 0 && at < length)
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

/** Pixels of paper around the ink of a formula. */
const margin = 2

async function readFormula(
  pieces: readonly Component[],
  page: PageInk,
  model: Model,
): Promise<Extract<LineSegment, { kind: 'math' }> | undefined> {
  if (pieces.length === 0) return undefined
  const box = joinBoxes(pieces.map((piece) => piece.box))
  const ink = cutOut(page.ink, pieces, box, margin)
  const whole = { left: 0, top: 0, right: ink.width, bottom: ink.height }
  const glyphHeight = Math.max(4, estimateGlyphHeight(pieces))
  const drawable = { ink, box: whole, glyphHeight }
  const { canvas, scaleX: scale } = drawCanvas(drawable)
  const source: InkSource = {
    ...{ pieces, glyphHeight, dropped: 0, canvas, scale },
    redraw: (zoom, sheet) => drawCanvas(drawable, zoom, sheet).canvas,
    locate: (place, zoom, sheet) =>
      moveBox(fromCanvas(place, layOut(drawable, zoom, sheet)), box.left - margin, box.top - margin),
  }
  const { readings, isPrinted } = await readInk(model, source, 1)
  const [best] = readings
  if (!best || best.tokens.length === 0) return undefined
  const { tokens, drawn, confidence, confidenceRate } = best
  return { kind: 'math', tokens, drawn, confidence, confidenceRate, isPrinted, box }
}

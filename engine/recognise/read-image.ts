import type { Box } from '../preprocess/pixels.ts'
import { prepareImage, type Prepared } from '../preprocess/preprocess.ts'
import type { Turn } from '../preprocess/turn.ts'
import { lookForWords } from '../prose/looks-like-words.ts'
import { joinLines } from '../prose/join-lines.ts'
import { readPage, type Readers } from '../prose/read-page.ts'
import { findDrawn } from '../../shared/latex/drawn-tokens.ts'
import { findWithoutEndMarks } from '../../shared/latex/end-marks.ts'
import type { Read, ReadOptions, Reading, Rotation } from '../reading.ts'
import type { Pixels } from '../../node/images/pixels.ts'
import { estimateFormula } from './calibration.ts'
import { findWithoutCursor } from './text-cursor.ts'
import { isDoubtful, look, lookBothWays, settle, type Look, type PlacedReading, type Rated } from './looks.ts'
import { readLoneSign } from './lone-sign.ts'
import type { LoneSign } from './lone-sign-votes.ts'
import {
  chooseLikely,
  isWrongWayRound,
  judgePages,
  judgeTurns,
  listTurns,
  notTurned,
  rotationThreshold,
  seemsToLie,
} from './rotation.ts'

const defaultBeamSize = 1
const largestBeamSize = 5

type FoundInk = Extract<Prepared, { kind: 'ink' }>
/** One picture and what is asked of it. */
type Task = {
  readonly readers: Readers
  readonly pixels: Pixels
  readonly region: Box
  readonly options: ReadOptions
}
/** The picture turned, its ink, and how many letters stand in rows there. */
type View = { readonly turn: Turn; readonly ink: FoundInk; readonly inRows: number }

/** So many letters in rows are a page; the model is not asked to read it as one formula. */
const lettersOfPage = 45
/** From so many on it pays to look for words when the formula reading is doubtful. */
const lettersOfWords = 12
/** So many pieces of ink without rows of letters among them are grain or a pattern. */
const piecesOfTexture = 300
/** A page whose words are less legible than this may lie the wrong way round. */
const legible = 0.8
/** What words the wrong way round are taken to be worth where none were found. */
const illegible = 0.5
/** What is left of the confidence where a mouse's arrow may hide a sign. */
const shareWhenHidden = 0.5
/** Less likely than this, what was read is no formula. */
const leastFormula = 0.4

/** Reads a picture (or the given region of it): one formula, or lines of words and formulas; turned where it lies on its side. */
export async function readImage(readers: Readers, pixels: Pixels, options: ReadOptions): Promise<Reading> {
  const task = { readers, pixels, region: toBox(options.region, pixels), options }
  const upright = view(task, 0)
  if (upright.kind === 'blank') return { kind: 'blank', isInverted: upright.isInverted, ...sizeOf(pixels) }
  if (upright.inRows >= lettersOfPage) {
    const page = await readPageEitherWay(task, upright)
    if (page) return page
  }
  const first = await lookAt(task, upright)
  const sign = await readLoneSign(readers.model, first)
  if (sign) return describeSign(task, upright, first, sign)
  const { page, ...chosen } = await chooseTurn(task, upright, first)
  return page ?? readView(task, chosen.view, chosen.first, chosen.rotation)
}

function toBox(region: ReadOptions['region'], { width, height }: Pixels): Box {
  if (!region) return { left: 0, top: 0, right: width, bottom: height }
  return {
    left: region.top_left_x,
    top: region.top_left_y,
    right: region.top_left_x + region.width,
    bottom: region.top_left_y + region.height,
  }
}

function sizeOf({ width, height }: Pixels): { imageWidth: number; imageHeight: number } {
  return { imageWidth: width, imageHeight: height }
}

function view(
  { pixels, region, options }: Task,
  turn: Turn,
): ({ readonly kind: 'ink' } & View) | Extract<Prepared, { kind: 'blank' }> {
  const ink = prepareImage(pixels, { region, keepAll: options.skip_recrop ?? false, turn })
  if (ink.kind === 'blank') return ink
  return { kind: 'ink', turn, ink, inRows: lookForWords(ink.pieces, ink.glyphHeight).inRows }
}

function lookAt({ readers, options }: Task, { turn, ink }: View): Promise<Look> {
  if (turn !== 0) return look(readers.model, ink, 1, isWrongWayRound)
  return lookBothWays(readers.model, ink, beamSizeOf(options))
}

/** Two readings of a beam may differ in what is not shown: one more leaves enough different ones. */
function beamSizeOf({ beam_size, n_best = 1 }: ReadOptions): number {
  return Math.min(largestBeamSize, Math.max(beam_size ?? defaultBeamSize, n_best > 1 ? n_best + 1 : 1))
}

/** Reads what has many letters in rows; where that gives no words, also upside down. */
async function readPageEitherWay(task: Task, upright: View): Promise<Read | undefined> {
  const page = await readWords(task, upright, notTurned)
  const threshold = thresholdOf(task)
  if ((page && page.confidenceRate >= legible) || threshold >= 1) return page
  const turned = await readWords(task, { ...upright, turn: 180 }, notTurned)
  if (!turned) return page
  const rotation = judgePages(180, turned.confidenceRate, page?.confidenceRate ?? illegible, threshold)
  if (rotation.confidence > threshold) return { ...turned, rotation }
  return page && { ...page, rotation }
}

function thresholdOf({ options }: Task): number {
  return options.auto_rotate_confidence_threshold ?? rotationThreshold
}

type Chosen = {
  readonly view: View
  readonly first: Look
  readonly rotation: Rotation
  /** Set where the picture was a page on its side, which is read by then. */
  readonly page?: Read
}

/** Looks at a picture turned when looking at it as it is left doubts. */
async function chooseTurn(task: Task, upright: View, first: Look): Promise<Chosen> {
  const asItIs = { view: upright, first, rotation: notTurned }
  const { calibration } = task.readers.model
  const threshold = thresholdOf(task)
  if (!calibration || threshold >= 1 || !(isDoubtful(first) || seemsToLie(first))) return asItIs
  const { left, top, right, bottom } = upright.ink.box
  const views = listTurns(right - left, bottom - top).flatMap((turn) => {
    const turned = view(task, turn)
    return turned.kind === 'ink' ? [turned] : []
  })
  const page = await readSidewaysPage(
    task,
    views.filter(({ turn, inRows }) => turn !== 180 && inRows >= lettersOfPage),
  )
  if (page) return { ...asItIs, page }
  if (upright.ink.pieces.length > piecesOfTexture) return asItIs
  const turned: { turn: Turn; first: Look; view: View }[] = []
  for (const one of chooseLikely(first.turns, views))
    turned.push({ turn: one.turn, first: await lookAt(task, one), view: one })
  const { turn, rotation } = judgeTurns(calibration, first, turned, threshold)
  const winner = turned.find((one) => one.turn === turn)
  if (!winner || rotation.confidence <= threshold) return { ...asItIs, rotation }
  return { view: winner.view, first: winner.first, rotation }
}

/** Lines that run up or down: read both ways, the more legible one counts. */
async function readSidewaysPage(task: Task, views: readonly View[]): Promise<Read | undefined> {
  let best: Read | undefined
  for (const one of views) {
    const page = await readWords(task, one, notTurned)
    if (!page || page.confidenceRate < (best?.confidenceRate ?? 0)) continue
    best = { ...page, rotation: judgePages(one.turn, page.confidenceRate, illegible, thresholdOf(task)) }
  }
  return best && best.rotation.confidence > thresholdOf(task) ? best : undefined
}

/** Reads one formula, and words too where there may be some and the formula leaves doubts. */
async function readView(task: Task, seen: View, first: Look, rotation: Rotation): Promise<Reading> {
  const formula = await readFormula(task, seen, first, rotation)
  const hasDoubt = formula.kind !== 'read' || formula.confidence < 0.5
  const isTexture = seen.ink.pieces.length > piecesOfTexture
  const mayHaveWords = seen.inRows >= lettersOfWords || (task.options.wantsWords === true && !isTexture)
  if (!hasDoubt || !mayHaveWords || seen.inRows >= lettersOfPage) return formula
  const page = await readWords(task, seen, rotation)
  return page && page.confidence > (formula.kind === 'read' ? formula.confidence : 0) ? page : formula
}

async function readWords(
  { readers, pixels, region, options }: Task,
  { turn, ink }: View,
  rotation: Rotation,
): Promise<Read | undefined> {
  const page = await readPage(pixels, region, readers, {
    turn,
    ...(options.alphabets_allowed ? { alphabets_allowed: options.alphabets_allowed } : {}),
  })
  if (!page) return undefined
  const { lines, confidence, confidenceRate, box } = page
  const { tokens, drawn } = joinLines(lines)
  return {
    kind: 'read',
    tokens,
    drawn,
    confidence,
    confidenceRate,
    position: box,
    isInverted: ink.isInverted,
    isPrinted: page.isPrinted,
    ...sizeOf(pixels),
    candidates: [{ tokens, confidence }],
    rotation,
    lines,
  }
}

/** An operator or relation that stands alone. */
function describeSign(
  { pixels }: Task,
  { ink }: View,
  { isPrinted }: Look,
  { tokens, probability }: LoneSign,
): Read {
  const box = toRegion(ink.box)
  return {
    kind: 'read',
    tokens,
    drawn: findDrawn(tokens).map((at) => ({ token: tokens[at] ?? '', confidence: probability, box })),
    confidence: probability,
    confidenceRate: probability ** (1 / tokens.length),
    position: box,
    isInverted: ink.isInverted,
    isPrinted,
    ...sizeOf(pixels),
    candidates: [{ tokens, confidence: probability }],
    rotation: notTurned,
  }
}

function toRegion({ left, top, right, bottom }: Box): Read['position'] {
  return { top_left_x: left, top_left_y: top, width: right - left, height: bottom - top }
}

async function readFormula(
  { readers: { model }, pixels, options }: Task,
  { ink }: View,
  first: Look,
  rotation: Rotation,
): Promise<Reading> {
  const { isInverted, box } = ink
  const size = sizeOf(pixels)
  const { readings, isPrinted } = await settle(model, first, beamSizeOf(options))
  const [best] = readings
  if (!best) return { kind: 'not-math', isInverted, ...size }
  const { evidence } = best
  const isFormula = best.tokens.length > 0 && estimateFormula(model.calibration, evidence) >= leastFormula
  if (!isFormula) return { kind: 'not-math', isInverted, ...size, evidence }
  return {
    kind: 'read',
    ...describeBest(best, ink.isHidden),
    position: toRegion(box),
    isInverted,
    isPrinted,
    ...size,
    candidates: listCandidates(readings, Math.max(1, options.n_best ?? 1)),
    rotation,
  }
}

/** Without marks at the ends, and the cursor of an editor. */
function findShown(tokens: readonly string[]): number[] {
  const kept = findWithoutEndMarks(tokens)
  return kept.slice(...findWithoutCursor(kept.map((at) => tokens[at] ?? '')))
}

/** Different ones: two that differ by a mark at an end only are one. */
function listCandidates(readings: readonly Rated[], count: number): Rated[] {
  const seen = new Map<string, Rated>()
  for (const reading of readings) {
    const tokens = findShown(reading.tokens).map((at) => reading.tokens[at] ?? '')
    const key = tokens.join(' ')
    if (!seen.has(key)) seen.set(key, { ...reading, tokens })
  }
  return [...seen.values()].slice(0, count)
}

function describeBest(
  best: PlacedReading,
  isHidden: boolean,
): Pick<Read, 'tokens' | 'drawn' | 'confidence' | 'confidenceRate' | 'evidence'> {
  const { confidenceRate, evidence } = best
  const confidence = best.confidence * (isHidden ? shareWhenHidden : 1)
  const kept = findShown(best.tokens)
  const isKept = new Set(kept)
  return {
    tokens: kept.map((at) => best.tokens[at] ?? ''),
    drawn: best.drawn.flatMap(({ at, confidence, box }) =>
      isKept.has(at)
        ? [{ token: best.tokens[at] ?? '', confidence, ...(box ? { box: toRegion(box) } : {}) }]
        : [],
    ),
    confidence,
    confidenceRate,
    evidence,
  }
}

import type { Box } from '../preprocess/pixels.ts'
import { prepareImage, type Prepared } from '../preprocess/preprocess.ts'
import { lookForWords } from '../prose/looks-like-words.ts'
import { joinLines } from '../prose/join-lines.ts'
import { readPage } from '../prose/read-page.ts'
import type { TextReader } from '../prose/text-reader.ts'
import type { Pixels, Reading, ReadOptions } from '../reading.ts'
import { rate, readInk, toCandidate, type Rated } from './looks.ts'
import type { Model } from './model.ts'

const defaultBeamSize = 1
const largestBeamSize = 5

/** The two that read: a model for formulas, and a reader of words that starts only when there seem to be some. */
export type Readers = { readonly model: Model; readonly textReader: TextReader }

type Read = Extract<Reading, { kind: 'read' }>
type Ink = Extract<Prepared, { kind: 'ink' }>
type Size = { readonly imageWidth: number; readonly imageHeight: number }

/** So many letters in rows are a page; the model is not asked to read it as one formula. */
const lettersOfPage = 45
/** From so many on it pays to look for words when the formula reading is doubtful. */
const lettersOfWords = 12

/** Reads a picture (or the given region of it): one formula, or lines of words and formulas. */
export async function readImage(readers: Readers, pixels: Pixels, options: ReadOptions): Promise<Reading> {
  const region = toBox(options.region, pixels)
  const prepared = prepareImage(pixels, { region, keepAll: options.skip_recrop ?? false })
  const size = { imageWidth: pixels.width, imageHeight: pixels.height }
  if (prepared.kind === 'blank') return { kind: 'blank', isInverted: prepared.isInverted, ...size }
  const { inRows } = lookForWords(prepared.pieces, prepared.glyphHeight)
  if (inRows >= lettersOfPage) {
    const page = await readWords(readers, pixels, region, prepared, size)
    if (page) return page
  }
  const formula = await readFormula(readers.model, prepared, options, size)
  const hasDoubt = formula.kind === 'blank' || formula.confidence < 0.5
  const mayHaveWords = inRows >= lettersOfWords || (options.wantsWords ?? false)
  if (!hasDoubt || !mayHaveWords || inRows >= lettersOfPage) return formula
  const page = await readWords(readers, pixels, region, prepared, size)
  return page && page.confidence > (formula.kind === 'read' ? formula.confidence : 0) ? page : formula
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

async function readWords(
  { model, textReader }: Readers,
  pixels: Pixels,
  region: Box,
  { isInverted }: Ink,
  size: Size,
): Promise<Read | undefined> {
  const page = await readPage(pixels, region, model, textReader)
  if (!page) return undefined
  const { lines, confidence, confidenceRate, box } = page
  const { tokens, tokenProbabilities } = joinLines(lines)
  return {
    kind: 'read',
    tokens,
    tokenProbabilities,
    confidence,
    confidenceRate,
    position: box,
    isInverted,
    isPrinted: page.isPrinted,
    ...size,
    candidates: [{ tokens, confidence }],
    lines,
  }
}

async function readFormula(model: Model, prepared: Ink, options: ReadOptions, size: Size): Promise<Reading> {
  const { isInverted, box } = prepared
  const beamSize = Math.min(
    largestBeamSize,
    Math.max(options.beam_size ?? defaultBeamSize, options.n_best ?? 1, 1),
  )
  const { hypotheses, isPrinted } = await readInk(
    model,
    (zoom) => (zoom === 1 ? prepared.canvas : prepared.redraw(zoom)),
    beamSize,
  )
  const [best] = hypotheses
  if (!best || best.tokens.length === 0) return { kind: 'blank', isInverted, ...size }
  return {
    kind: 'read',
    ...describeBest(best),
    position: {
      top_left_x: box.left,
      top_left_y: box.top,
      width: box.right - box.left,
      height: box.bottom - box.top,
    },
    isInverted,
    isPrinted,
    ...size,
    candidates: hypotheses.slice(0, Math.max(1, options.n_best ?? 1)).map(toCandidate),
  }
}

function describeBest(
  best: Rated,
): Pick<Read, 'tokens' | 'tokenProbabilities' | 'confidence' | 'confidenceRate'> {
  const tokenProbabilities = best.tokens.map((_, at) => Math.exp(best.logProbabilities[at] ?? 0))
  return { tokens: best.tokens, tokenProbabilities, ...rate(best) }
}

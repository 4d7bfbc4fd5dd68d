import type { Component } from '../preprocess/components.ts'
import type { Canvas } from '../preprocess/pixels.ts'
import { readCanvas, type CanvasReading, type Hypothesis, type IsHopeless } from './beam-search.ts'
import { estimateRight, type Evidence } from './calibration.ts'
import { countPieces } from './count-pieces.ts'
import { describeInk } from './describe-ink.ts'
import type { Model } from './model.ts'

/** Ink to read: piece by piece as it was found, and drawn on a canvas. `Prepared` ink is one. */
export type InkSource = {
  readonly pieces: readonly Component[]
  readonly glyphHeight: number
  readonly dropped: number
  readonly canvas: Canvas
  /** Canvas pixels for one pixel of the pieces. */
  readonly scale: number
  readonly redraw: (zoom: number) => Canvas
}

/** A first look at ink. */
export type Look = CanvasReading & { readonly source: InkSource }

/** A reading with the estimated probability that all of it is right, and the mean per token. */
export type Rated = Hypothesis & {
  readonly confidence: number
  readonly confidenceRate: number
  readonly evidence: Evidence
}

export type InkReading = { readonly readings: readonly Rated[]; readonly isPrinted: number }

/** Below this probability a second look pays: it made 15 of 124 such readings right that one look got wrong. */
const doubt = 0.5
const otherZooms = [0.84, 1.18]
/** Log-probabilities below which no further look helps (1 of 69 readings was made right), and below which a reading is given up before its end. */
const beyondHelp = -5
const isBeyondHope: IsHopeless = (logProbability) => logProbability < -60

/** Reads ink, and when in doubt again at other sizes; best reading first. */
export async function readInk(model: Model, source: InkSource, beamSize: number): Promise<InkReading> {
  return settle(model, await look(model, source, beamSize), beamSize)
}

export async function look(
  model: Model,
  source: InkSource,
  beamSize: number,
  isHopeless: IsHopeless = isBeyondHope,
): Promise<Look> {
  return { ...(await readCanvas(model, source.canvas, beamSize, isHopeless)), source }
}

/** Goes from a first look to readings: with further looks when it left doubts. */
export async function settle(model: Model, first: Look, beamSize: number): Promise<InkReading> {
  const ranked =
    isDoubtful(first) && !isBeyondHelp(first)
      ? await lookAgain(model, first, beamSize)
      : first.hypotheses.map((hypothesis) => ({ hypothesis, agreed: undefined }))
  const readings = ranked.map(({ hypothesis, agreed }): Rated => {
    const evidence = gatherEvidence(hypothesis, first, agreed)
    return {
      ...hypothesis,
      confidence: estimateRight(model.calibration, evidence),
      confidenceRate: rateTokens(hypothesis),
      evidence,
    }
  })
  return { readings, isPrinted: first.isPrinted }
}

export function isDoubtful({ hypotheses: [best] }: Look): boolean {
  return !best || weigh(best) < doubt
}

function isBeyondHelp({ hypotheses: [best] }: Look): boolean {
  return best !== undefined && sumOf(best.logProbabilities) < beyondHelp
}

/** The model's own probability of a reading. One that was cut off is hardly believed, whatever its tokens say. */
function weigh(hypothesis: Hypothesis): number {
  return (hypothesis.isComplete ? 1 : 0.05) * Math.exp(sumOf(hypothesis.logProbabilities))
}

function rateTokens({ logProbabilities, isComplete }: Hypothesis): number {
  return (isComplete ? 1 : 0.5) * Math.exp(sumOf(logProbabilities) / Math.max(1, logProbabilities.length))
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

function isSameReading(one: Hypothesis | undefined, other: Hypothesis | undefined): boolean {
  return one?.isComplete === true && one.tokens.join(' ') === other?.tokens.join(' ')
}

type Ranked = { readonly hypothesis: Hypothesis; readonly agreed: number | undefined }

/** Reads the ink at other sizes too, until two looks agree. What several looks say adds up. */
async function lookAgain(model: Model, first: Look, beamSize: number): Promise<Ranked[]> {
  const all = [...first.hypotheses]
  let looks = 1
  for (const zoom of otherZooms) {
    const { hypotheses } = await readCanvas(model, first.source.redraw(zoom), beamSize, isBeyondHope)
    all.push(...hypotheses)
    looks += 1
    if (isSameReading(hypotheses[0], first.hypotheses[0])) break
  }
  const groups = new Map<string, { best: Hypothesis; weight: number }>()
  for (const hypothesis of all) {
    const key = hypothesis.tokens.join(' ')
    const weight = weigh(hypothesis)
    const known = groups.get(key)
    if (!known) groups.set(key, { best: hypothesis, weight })
    else {
      known.weight += weight
      if (weight > weigh(known.best)) known.best = hypothesis
    }
  }
  return (
    [...groups.values()]
      // What went round in circles was sure of every turn: only whole readings compete.
      .sort(
        (one, other) =>
          Number(other.best.isComplete) - Number(one.best.isComplete) || other.weight - one.weight,
      )
      .map(({ best, weight }) => ({ hypothesis: best, agreed: weight / looks }))
  )
}

export function gatherEvidence(hypothesis: Hypothesis, seen: Look, agreed?: number): Evidence {
  const [least = 0, second = 0] = [...hypothesis.logProbabilities].sort((one, other) => one - other)
  return {
    logProbability: sumOf(hypothesis.logProbabilities),
    leastLogProbability: least,
    secondLeastLogProbability: second,
    leastMargin: hypothesis.leastMargin,
    tokens: hypothesis.tokens.length,
    expectedPieces: countPieces(hypothesis.tokens),
    emptyLogProbability: seen.emptyLogProbability,
    uprightProbability: seen.turns[0] ?? 1,
    isPrinted: seen.isPrinted,
    isComplete: hypothesis.isComplete,
    agreed,
    coverage: hypothesis.coverage,
    ink: describeInk(seen.source),
    aspect: seen.source.canvas.width / seen.source.canvas.height,
  }
}

import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { canvasGlyphHeight } from '../preprocess/scale.ts'
import type { Coverage } from './coverage.ts'

/**
 * What speaks for and against a reading, all of it at hand once a picture is read.
 * Log-probabilities are natural ones of the model's tokens, the end included.
 */
export type Evidence = {
  readonly logProbability: number
  readonly leastLogProbability: number
  readonly secondLeastLogProbability: number
  /** How far behind the other choice was at the least sure token. */
  readonly leastMargin: number
  readonly tokens: number
  /** Pieces of ink that the tokens stand for, as a count of signs. */
  readonly expectedPieces: number
  /** Log-probability that the picture holds no formula. */
  readonly emptyLogProbability: number
  /** Probability that the picture, as it was looked at, does not lie on a side. */
  readonly uprightProbability: number
  readonly isPrinted: number
  readonly isComplete: boolean
  /** Mean probability that the looks gave this reading, after a second look. */
  readonly agreed: number | undefined
  /** Signs on the canvas by the size of the ink, those that the reading never looked at, and those it looked at again and again. */
  readonly coverage: Coverage
  readonly ink: InkEvidence
  /** The canvas' width in heights. */
  readonly aspect: number
  /** What reading sign by sign says; `undefined` where it found nothing, or was not asked. */
  readonly signs?: SignEvidence
}

/** What reading sign by sign tells of a reading. */
export type SignEvidence = {
  /** Whose reading it is: that of token by token, that of sign by sign, or of both; `plain` where nobody read token by token. */
  readonly by: 'tokens' | 'signs' | 'both' | 'plain'
  /** Share of the looks that gave it. */
  readonly votes: number
  /** Of all signs and their places together, and of the least sure one: in this reading, else in the likeliest of its own. */
  readonly logProbability: number
  readonly leastLogProbability: number
  /** That there is a sign at all, of the least sure one. */
  readonly leastPresence: number
  /** What was spotted and taken for no sign. */
  readonly strays: number
  /** Edits between what the two ways of reading like best, per token. */
  readonly apart: number
}

/** What the ink alone tells. */
export type InkEvidence = {
  readonly pieces: number
  /** Height of a usual sign, in pixels of the picture as it was looked at, and on the canvas. */
  readonly glyphHeight: number
  readonly canvasGlyphHeight: number
  /** Share of ink that was cleaned away. */
  readonly dropped: number
  /** Ink's share of its box, the largest piece's share of the ink, and the strokes' width in heights of a sign. */
  readonly density: number
  readonly largest: number
  readonly stroke: number
  /** How much more signs stand on a line than hang from one, from -1 to 1. */
  readonly standing: number
}

const log = (value: number, least: number) => Math.log(Math.max(least, value))
/** How sure a log-probability is, as the logarithm of its distance to certainty: what is near 0 differs by orders of magnitude. */
const doubt = (logProbability: number) => log(-logProbability, 1e-4)
const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value))

/** The evidence as numbers of similar size; a table names the weight of each. */
const measures = {
  doubt: ({ logProbability }) => clamp(doubt(logProbability), -7, 4),
  improbable: ({ logProbability }) => clamp(logProbability, -12, 0),
  leastDoubt: ({ leastLogProbability }) => clamp(doubt(leastLogProbability), -8, 2),
  secondDoubt: ({ secondLeastLogProbability }) => clamp(doubt(secondLeastLogProbability), -9, 2),
  leastMargin: ({ leastMargin }) => clamp(leastMargin, -1, 6),
  meanDoubt: ({ logProbability, tokens }) => clamp(doubt(logProbability / (tokens + 1)), -9, 1),
  length: ({ tokens }) => log(tokens, 1),
  missingInk: ({ expectedPieces, ink }) => clamp(log((expectedPieces + 1) / (ink.pieces + 1), 1), 0, 2),
  leftOverInk: ({ expectedPieces, ink }) => clamp(log((ink.pieces + 1) / (expectedPieces + 1), 1), 0, 2),
  unread: ({ coverage }) => clamp(log(coverage.unread + 1, 1), 0, 2.5),
  unreadShare: ({ coverage }) => coverage.unread / Math.max(1, coverage.pieces),
  reread: ({ coverage }) => clamp(log(coverage.reread + 1, 1), 0, 2),
  notEmpty: ({ emptyLogProbability }) => clamp(-emptyLogProbability, 0, 12),
  lying: ({ uprightProbability }) => clamp(-log(uprightProbability, 1e-4), 0, 9),
  handwriting: ({ isPrinted }) => 1 - isPrinted,
  cutOff: ({ isComplete }) => (isComplete ? 0 : 1),
  secondLook: ({ agreed }) => (agreed === undefined ? 0 : 1),
  agreed: ({ agreed }) => agreed ?? 0,
  small: ({ ink }) => clamp(Math.log(20 / Math.max(1, ink.glyphHeight)), 0, 1.5),
  shrunk: ({ ink }) => clamp(Math.log(canvasGlyphHeight / Math.max(1, ink.canvasGlyphHeight)), 0, 1.5),
  dropped: ({ ink }) => ink.dropped,
  density: ({ ink }) => ink.density,
  largest: ({ ink }) => ink.largest,
  wide: ({ aspect }) => clamp(Math.log(aspect), -2, 2),
  standing: ({ ink }) => ink.standing,
  thick: ({ ink }) => clamp(log(ink.stroke, 0.02), -4, 1),
  bySigns: ({ signs }) => (signs?.by === 'signs' ? 1 : 0),
  votes: ({ signs }) => signs?.votes ?? 0,
  signDoubt: ({ signs }) => (signs ? clamp(doubt(signs.logProbability), -7, 4) : 0),
  signLeastDoubt: ({ signs }) => (signs ? clamp(doubt(signs.leastLogProbability), -8, 2) : 0),
  presence: ({ signs }) => (signs ? clamp(Math.log(signs.leastPresence), -1.2, 0) : 0),
  strays: ({ signs }) => clamp(log((signs?.strays ?? 0) + 1, 1), 0, 2),
  apart: ({ signs }) => clamp(signs?.apart ?? 0, 0, 1),
} satisfies Record<string, (evidence: Evidence) => number>

export type MeasureName = keyof typeof measures
export const measureNames = Object.keys(measures) as MeasureName[]

/** Logistic regression: the weights of the measures and what is added to their sum. */
export type Weights = { readonly bias: number } & Readonly<Partial<Record<MeasureName, number>>>

/** Weights of the measures of an opinion (choose-opinion.ts), by name. */
export type ChoiceWeights = Readonly<Partial<Record<string, number>>>

/** Estimates a probability; `caution` bends it where it claims much, so that what is called 0.95 is right at least as often. */
export type Estimate = {
  readonly weights: Weights
  readonly caution: { readonly from: number; readonly slope: number }
}

/** How the two ways of reading stand to each other: only token by token, both read the same, each its own, or signs are enough. */
export type Accord = 'alone' | 'both' | 'split' | 'plain'

/**
 * What `npm run eval -- --calibrate` fits for one set of model weights, on held-out pictures of other seeds than the reported one.
 * `right` says whether all of a reading is right, `formula` whether there is a formula at all, `choice` ranks different readings.
 */
export type Calibration = {
  readonly right: Readonly<Record<Accord, Estimate>>
  readonly formula: Weights
  readonly choice: ChoiceWeights
  /** Ranks looks at the same picture turned: the difference of two is the logarithm of the odds. `upright` is for not turning. */
  readonly turn: Weights
  readonly upright: number
}

/** The table that lies beside the weights it was fitted for; `undefined` where there is none. */
export async function loadCalibration(folder: string): Promise<Calibration | undefined> {
  try {
    return JSON.parse(await readFile(path.join(folder, 'calibration.json'), 'utf8')) as Calibration
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** What a reading that was cut off is believed at most, whatever else speaks for it. */
const mostWhenCutOff = 0.05

/** Probability that all of a reading is right. Without a table what the model says of itself has to do. */
export function estimateRight(calibration: Calibration | undefined, evidence: Evidence): number {
  const most = evidence.isComplete ? 1 : mostWhenCutOff
  if (!calibration) return most * (evidence.agreed ?? Math.exp(evidence.logProbability))
  const { weights, caution } = calibration.right[accordOf(evidence)]
  const odds = weigh(weights, evidence)
  const { from, slope } = caution
  return Math.min(most, toProbability(odds > from ? from + slope * (odds - from) : odds))
}

export function accordOf({ signs }: Evidence): Accord {
  if (!signs) return 'alone'
  return signs.by === 'both' || signs.by === 'plain' ? signs.by : 'split'
}

/** Probability that the picture holds a formula at all. */
export function estimateFormula(calibration: Calibration | undefined, evidence: Evidence): number {
  return calibration ? toProbability(weigh(calibration.formula, evidence)) : 1
}

/** Logarithm of the odds. */
export function weigh(weights: Weights, evidence: Evidence): number {
  return measureNames.reduce(
    (sum, name) => sum + (weights[name] ?? 0) * measures[name](evidence),
    weights.bias,
  )
}

export function toProbability(odds: number): number {
  return 1 / (1 + Math.exp(-odds))
}

export function listMeasures(evidence: Evidence): number[] {
  return measureNames.map((name) => measures[name](evidence))
}

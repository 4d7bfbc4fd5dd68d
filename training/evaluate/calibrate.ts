import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { prepareImage } from '../../engine/preprocess/preprocess.ts'
import type { Turn } from '../../engine/preprocess/turn.ts'
import {
  accordOf,
  listMeasures,
  measureNames,
  weigh,
  type Accord,
  type Calibration,
  type ChoiceWeights,
  type Estimate,
  type Evidence,
  type MeasureName,
  type Weights,
} from '../../engine/recognise/calibration.ts'
import { choiceMeasures, listChoiceMeasures } from '../../engine/recognise/choose-opinion.ts'
import {
  gatherEvidence,
  gatherOpinions,
  look,
  lookBothWays,
  rateOpinion,
} from '../../engine/recognise/looks.ts'
import { loadModel, type Model } from '../../engine/recognise/model.ts'
import type { Pixels } from '../../node/images/pixels.ts'
import { dropEndMarks } from '../../shared/latex/end-marks.ts'
import { normaliseTokens } from '../../shared/latex/normalise.ts'
import { generateCases } from './cases.ts'
import { createRenderComparer } from './compare-renders.ts'
import { fitChoice, type Choice } from './fit-choice.ts'
import { generateNegatives } from './negatives/negative-cases.ts'
import { drawRealCases } from './real-cases.ts'
import type { RealFormulas } from '../generate/real/real-formulas.ts'

/** Not the seed of the reported sets: what is fitted is never what is measured. */
export const calibrationSeed = 31_001

/** Every so many pictures are also looked at from the other sides. */
const turnedEvery = 2
/** What is called 0.95 shall be right this often where it is fitted. */
const wantedRight = 0.985
/** No more of the formulas that people wrote than this share is called 0.95: what is fitted does not tell better than this which of them are right. */
const mostSure = 0.2
const claimed = Math.log(0.95 / 0.05)
/** So many upright pictures may seem turned with 0.99. */
const falseTurns = 0.004
const turnedFor = Math.log(0.99 / 0.01)

const turnMeasures: readonly MeasureName[] = [
  'doubt',
  'meanDoubt',
  'leastDoubt',
  'length',
  'missingInk',
  'leftOverInk',
  'handwriting',
  'cutOff',
  'wide',
  'standing',
  'lying',
]

/** What was fitted is kept there to look at. */
const dataFolder = path.join(import.meta.dirname, '../data')

/** A reading of a picture: what its choice and its confidence are made from, and whether it is right. */
export type Seen = {
  readonly measures: readonly number[]
  readonly evidence: Evidence
  readonly isRight: boolean
  readonly isFormula: boolean
  /** Whether people wrote the formula. */
  readonly isReal: boolean
}

/**
 * Reads held-out pictures and pictures without a formula, fits the table and writes it beside the weights. With `real` formulas at hand
 * half of the pictures show such.
 */
export async function calibrate(
  modelDir: string,
  count: number,
  real?: RealFormulas,
  seed = calibrationSeed,
): Promise<void> {
  const model = { ...(await loadModel(modelDir)), calibration: undefined }
  const isSame = await createRenderComparer()
  const drawn = real ? Math.round(count / 2) : count
  const generated = await generateCases(Math.round(drawn * 0.65), Math.round(drawn * 0.35), seed)
  const cases = [...generated, ...(real ? await drawRealCases(real, count - drawn, seed, 'fit') : [])]
  /** All readings of each picture. */
  const pictures: Seen[][] = []
  const turned: Evidence[][] = []
  for (const [at, one] of cases.entries()) {
    const pixels = await one.load()
    const isRight = (got: readonly string[]) => {
      const tokens = normaliseTokens(dropEndMarks(got))
      return tokens.join(' ') === one.tokens.join(' ') || isSame(tokens, one.tokens)
    }
    pictures.push(await readAll(model, pixels, isRight, { isFormula: true, isReal: at >= generated.length }))
    if (at % turnedEvery === 0) turned.push(await lookFromAllSides(model, pixels))
    if (at % 100 === 99) console.log(`${String(at + 1)} of ${String(cases.length)} formulas`)
  }
  for (const { pixels } of generateNegatives(Math.round(count / 4), seed + 1)) {
    pictures.push(
      await readAll(model, pixels, (tokens) => tokens.length === 0, { isFormula: false, isReal: false }),
    )
  }
  mkdirSync(dataFolder, { recursive: true })
  writeFileSync(path.join(dataFolder, 'calibration-evidence.json'), JSON.stringify({ pictures, turned }))
  const table = fitTable(
    pictures,
    turned.filter((sides) => sides.length === 4),
  )
  writeFileSync(path.join(modelDir, 'calibration.json'), `${JSON.stringify(table, undefined, 2)}\n`)
  console.log(JSON.stringify(table, undefined, 2))
}

async function readAll(
  model: Model,
  pixels: Pixels,
  isRight: (tokens: readonly string[]) => boolean,
  kind: Pick<Seen, 'isFormula' | 'isReal'>,
): Promise<Seen[]> {
  const prepared = prepareImage(pixels)
  if (prepared.kind === 'blank') return []
  const first = await lookBothWays(model, prepared, 1)
  const gathered = await gatherOpinions(model, first, 1)
  return gathered.opinions.map((opinion) => ({
    measures: listChoiceMeasures(opinion, first.isPrinted),
    evidence: rateOpinion(undefined, first, opinion, gathered).evidence,
    isRight: isRight(opinion.tokens),
    ...kind,
  }))
}

/** The evidence of a first look at each side, the upright one first. */
async function lookFromAllSides(model: Model, pixels: Pixels): Promise<Evidence[]> {
  const sides: Evidence[] = []
  for (const turn of [0, 90, 180, 270] satisfies Turn[]) {
    const prepared = prepareImage(pixels, { turn })
    if (prepared.kind === 'blank') return []
    const seen = await look(model, prepared, 1)
    const [best] = seen.hypotheses
    if (!best || best.tokens.length === 0) return []
    sides.push(gatherEvidence(best, seen))
  }
  return sides
}

export function fitTable(
  pictures: readonly (readonly Seen[])[],
  turned: readonly (readonly Evidence[])[],
): Calibration {
  const choice = fitOpinions(pictures)
  const chosen = pictures
    .flatMap((readings) => pickBest(readings, choice))
    .filter(({ evidence }) => evidence.tokens > 0)
  // The decoder on its own, as where nothing is known of signs: its likeliest reading stands first.
  const alone = pictures
    .flatMap(([first]) => (first && !isOfSigns(first.evidence) ? [first] : []))
    .filter(({ evidence }) => evidence.tokens > 0)
    .map((seen) => ({ ...seen, evidence: withoutSigns(seen.evidence) }))
  const within = (accord: Accord) => chosen.filter(({ evidence }) => accordOf(evidence) === accord)
  const formula = fitLogistic(chosen.map(({ evidence, isFormula }) => ({ evidence, isTrue: isFormula })))
  const turn = fitTurns(turned)
  return {
    right: {
      alone: fitRight(alone),
      both: fitRight(within('both')),
      split: fitRight(within('split')),
      plain: fitRight(within('plain')),
    },
    formula,
    choice,
    turn,
    upright: findUpright(turned, turn),
  }
}

function isOfSigns({ signs }: Evidence): boolean {
  return signs?.by === 'signs' || signs?.by === 'plain'
}

function withoutSigns(evidence: Evidence): Evidence {
  const { signs, ...rest } = evidence
  return signs ? rest : evidence
}

function fitRight(seen: readonly Seen[]): Estimate {
  const weights = fitLogistic(seen.map(({ evidence, isRight }) => ({ evidence, isTrue: isRight })))
  return { weights, caution: findCaution(seen, weights) }
}

/** What makes the right one of several readings stand out. */
function fitOpinions(pictures: readonly (readonly Seen[])[]): ChoiceWeights {
  const choices = pictures.flatMap((readings): Choice[] => {
    const right = readings.filter(({ isRight }) => isRight)
    const wrong = readings.filter(({ isRight }) => !isRight)
    if (wrong.length === 0) return []
    return right.map(({ measures }) => ({
      options: [measures, ...wrong.map((reading) => reading.measures)],
      chosen: 0,
      weight: 1 / right.length,
    }))
  })
  const weights = fitChoice(choices, 1)
  return Object.fromEntries(choiceMeasures.map((name, at) => [name, roundOff(weights[at] ?? 0)]))
}

function pickBest(readings: readonly Seen[], choice: ChoiceWeights): Seen[] {
  const worth = ({ measures }: Seen) =>
    choiceMeasures.reduce((sum, name, at) => sum + (choice[name] ?? 0) * (measures[at] ?? 0), 0)
  return [...readings].sort((one, other) => worth(other) - worth(one)).slice(0, 1)
}

function fitLogistic(cases: readonly { evidence: Evidence; isTrue: boolean }[]): Weights {
  const zeros = new Array<number>(measureNames.length + 1).fill(0)
  const choices = cases.map(({ evidence, isTrue }): Choice => ({
    options: [[...listMeasures(evidence), 1], zeros],
    chosen: isTrue ? 0 : 1,
    weight: 1,
  }))
  const weights = fitChoice(choices, 1)
  return nameWeights(measureNames, weights, weights.at(-1) ?? 0)
}

function fitTurns(turned: readonly (readonly Evidence[])[]): Weights {
  const places = turnMeasures.map((name) => measureNames.indexOf(name))
  const choices = turned.map((sides): Choice => {
    const options = sides.map((evidence) => {
      const all = listMeasures(evidence)
      return places.map((place) => all[place] ?? 0)
    })
    return { options, chosen: 0, weight: 1 }
  })
  return nameWeights(turnMeasures, fitChoice(choices, 1), 0)
}

function nameWeights(names: readonly MeasureName[], weights: readonly number[], bias: number): Weights {
  return {
    bias: roundOff(bias),
    ...Object.fromEntries(names.map((name, at) => [name, roundOff(weights[at] ?? 0)])),
  }
}

function roundOff(value: number): number {
  return Math.round(value * 1e4) / 1e4
}

/** Where the sum of the weights claims more than comes true, it is bent so that 0.95 is reached only where enough is right. */
function findCaution(seen: readonly Seen[], weights: Weights): Estimate['caution'] {
  const sorted = seen
    .map(({ evidence, isRight, isReal }) => ({ odds: weigh(weights, evidence), isRight, isReal }))
    .sort((one, other) => other.odds - one.odds)
  let reached = sorted[0]?.odds ?? claimed
  let right = 0
  sorted.forEach(({ odds, isRight }, at) => {
    right += isRight ? 1 : 0
    if (right / (at + 1) >= wantedRight) reached = odds
  })
  const real = sorted.filter(({ isReal }) => isReal)
  const surest = real[Math.floor(mostSure * real.length)]?.odds ?? reached
  const from = 1
  const slope = Math.min(1, (claimed - from) / Math.max(0.1, Math.max(reached, surest) - from))
  return { from, slope: Math.round(slope * 1e4) / 1e4 }
}

/** What speaks for leaving a picture as it is, so that hardly any upright one is turned. */
function findUpright(turned: readonly (readonly Evidence[])[], weights: Weights): number {
  const leads = turned
    .map(([upright, ...others]) =>
      upright ? Math.max(...others.map((other) => weigh(weights, other))) - weigh(weights, upright) : 0,
    )
    .sort((one, other) => other - one)
  const lead = leads[Math.floor(leads.length * falseTurns)] ?? 0
  return Math.round(Math.max(0.5, lead - turnedFor + 0.5) * 1e4) / 1e4
}

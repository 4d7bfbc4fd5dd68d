import { measureEdits } from '../../shared/latex/measure-edits.ts'
import { readCanvas, type CanvasReading, type Hypothesis, type IsHopeless } from './beam-search.ts'
import { estimateRight, type Calibration, type Evidence, type SignEvidence } from './calibration.ts'
import { rankOpinions, type Opinion } from './choose-opinion.ts'
import { countPieces } from './count-pieces.ts'
import { describeInk } from './describe-ink.ts'
import type { InkSource } from './ink-source.ts'
import type { Model } from './model.ts'
import { isEnough, keyOf, readSignsAgain, readSignsOnce, type SignVotes } from './sign-votes.ts'
import { placeTokens, type PlacedToken } from './place-tokens.ts'
import { judgeTokens } from './structure/read-signs.ts'

/** A first look at ink, token by token; `signs` where it was also looked at sign by sign. */
export type Look = CanvasReading & { readonly source: InkSource; readonly signs?: SignVotes }

/** A reading with the estimated probability that all of it is right, and the mean per token. */
export type Rated = Hypothesis & {
  readonly confidence: number
  readonly confidenceRate: number
  readonly evidence: Evidence
}

/** The same with what is known of each token that is drawn. */
export type PlacedReading = Rated & { readonly drawn: readonly PlacedToken[] }

export type InkReading = { readonly readings: readonly PlacedReading[]; readonly isPrinted: number }

/** Below this probability a second look pays: it made 15 of 124 such readings right that one look got wrong. */
const doubt = 0.5
const otherZooms = [0.84, 1.18]
/** Below this probability of being upright a picture may lie on its side. */
const upright = 0.5
/** Log-probabilities below which no further look helps (1 of 69 readings was made right), and below which a reading is given up before its end. */
const beyondHelp = -5
const isBeyondHope: IsHopeless = (logProbability) => logProbability < -60

/** Reads ink, and when in doubt again at other sizes; best reading first. */
export async function readInk(model: Model, source: InkSource, beamSize: number): Promise<InkReading> {
  return settle(model, await lookBothWays(model, source, beamSize), beamSize)
}

/** Looks at ink sign by sign and, where that is not enough, token by token. Whatever may lie on its side is read both ways, and so is what is to have alternatives. */
export async function lookBothWays(model: Model, source: InkSource, beamSize: number): Promise<Look> {
  if (!model.signs) return look(model, source, beamSize)
  const signs = await readSignsOnce(model.signs, source)
  if (beamSize === 1 && isEnough(signs)) {
    const glance = await look(model, source, 1, () => true)
    if ((glance.turns[0] ?? 1) >= upright) return { ...glance, hypotheses: [], signs }
  }
  return { ...(await look(model, source, beamSize)), signs }
}

export async function look(
  model: Model,
  source: InkSource,
  beamSize: number,
  isHopeless: IsHopeless = isBeyondHope,
): Promise<Look> {
  return { ...(await readCanvas(model, source.canvas, beamSize, isHopeless)), source }
}

/** Goes from a first look to readings, best first: sign by sign too, and with further looks where the two ways differ. */
export async function settle(model: Model, first: Look, beamSize: number): Promise<InkReading> {
  const gathered = await gatherOpinions(model, first, beamSize)
  const ranked = rankOpinions(gathered.opinions, first.isPrinted, model.calibration?.choice)
  // A picture that was turned was looked at token by token only, which tells no places.
  const places = first.signs ?? (model.signs && (await readSignsOnce(model.signs, first.source)))
  const readings = ranked.map((opinion) => ({
    ...rateOpinion(model.calibration, first, opinion, gathered),
    drawn: placeTokens(opinion, gathered.opinions, first.source, places),
  }))
  return { readings, isPrinted: first.isPrinted }
}

export function rateOpinion(
  calibration: Calibration | undefined,
  first: Look,
  opinion: Opinion,
  gathered: Opinions,
): Rated {
  const hypothesis = opinion.hypothesis ?? toHypothesis(opinion)
  const evidence = gatherEvidence(hypothesis, first, opinion.agreed, describeSigns(opinion, gathered))
  return {
    ...hypothesis,
    confidence: estimateRight(calibration, evidence),
    confidenceRate: rateTokens(hypothesis),
    evidence,
  }
}

/** Different readings of one picture, and how often it was looked at sign by sign. */
export type Opinions = { readonly opinions: readonly Opinion[]; readonly looks: number }

/** What both ways of reading say. Where they say the same nobody looks again. */
export async function gatherOpinions(model: Model, first: Look, beamSize: number): Promise<Opinions> {
  const isSettledAtOnce = isPlain(first) || isShared(first)
  const votes =
    model.signs && first.signs && !isSettledAtOnce
      ? await readSignsAgain(model.signs, first.source, first.signs)
      : first.signs
  // Signs that read the same at two sizes, or as the decoder does, need no further look token by token, which costs most.
  const isSettled = isSettledAtOnce || (votes?.readings[0]?.votes ?? 0) > 1
  const ranked =
    !isSettled && isDoubtful(first) && !isBeyondHelp(first)
      ? await lookAgain(model, first, beamSize)
      : first.hypotheses.map((hypothesis) => ({ hypothesis, agreed: undefined }))
  const given = new Map<string, Opinion>()
  for (const { hypothesis, agreed } of ranked) {
    const key = keyOf(hypothesis.tokens)
    if (!given.has(key)) given.set(key, { tokens: hypothesis.tokens, hypothesis, agreed, voteShare: 0 })
  }
  for (const vote of votes?.readings ?? []) {
    const { tokens } = vote.reading
    const voteShare = vote.votes / (votes?.looks ?? 1)
    given.set(vote.key, { ...(given.get(vote.key) ?? { tokens }), vote, voteShare })
  }
  return { opinions: [...given.values()], looks: votes?.looks ?? 0 }
}

/** Whether signs were enough, and nobody was asked to read token by token. */
function isPlain({ hypotheses, signs }: Look): boolean {
  return hypotheses.length === 0 && signs !== undefined && isEnough(signs)
}

/** Whether both ways read the same. */
function isShared({ hypotheses: [best], signs }: Look): boolean {
  return best?.isComplete === true && signs?.readings[0]?.key === keyOf(best.tokens)
}

/** A reading of signs as if it had been read token by token. */
function toHypothesis({ tokens, vote }: Opinion): Hypothesis {
  const least = vote?.reading.leastLogProbability ?? 0
  return {
    tokens,
    logProbabilities: [...(vote ? judgeTokens(vote.reading) : []), 0],
    isComplete: true,
    leastMargin: -least,
    coverage: vote?.reading.coverage ?? { pieces: 0, unread: 0, reread: 0 },
  }
}

/** Edits between the best readings of the two ways, per token. */
function measureApart(opinions: readonly Opinion[]): number {
  const decoder = opinions.find(({ hypothesis }) => hypothesis)
  const signs = opinions.find(({ vote }) => vote)
  if (!decoder || !signs || decoder === signs) return 0
  return measureEdits(decoder.tokens, signs.tokens) / Math.max(1, decoder.tokens.length, signs.tokens.length)
}

function describeSigns(opinion: Opinion, { opinions, looks }: Opinions): SignEvidence | undefined {
  const shown = opinion.vote ?? opinions.find((opinion) => opinion.vote)?.vote
  if (looks === 0 || !shown) return undefined
  const { logProbability, leastLogProbability, leastPresence, strays } = shown.reading
  return {
    by: nameReader(opinion, opinions),
    votes: opinion.voteShare,
    ...{ logProbability, leastLogProbability, leastPresence },
    strays: strays.length,
    apart: measureApart(opinions),
  }
}

function nameReader({ hypothesis, vote }: Opinion, all: readonly Opinion[]): SignEvidence['by'] {
  if (!vote) return 'tokens'
  if (hypothesis) return 'both'
  return all.some((opinion) => opinion.hypothesis) ? 'signs' : 'plain'
}

export function isDoubtful({ hypotheses: [best], signs }: Look): boolean {
  if (!best) return !signs || !isEnough(signs)
  return weigh(best) < doubt
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

export function gatherEvidence(
  hypothesis: Hypothesis,
  seen: Look,
  agreed?: number,
  signs?: SignEvidence,
): Evidence {
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
    ...(signs ? { signs } : {}),
  }
}

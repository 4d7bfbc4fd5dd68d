import type { Hypothesis } from './beam-search.ts'
import type { ChoiceWeights } from './calibration.ts'
import type { SignVote } from './sign-votes.ts'

/** A reading with who gave it: the decoder token by token, the linker sign by sign, or both. */
export type Opinion = {
  /** Canonical, without marks at the ends. */
  readonly tokens: readonly string[]
  readonly hypothesis?: Hypothesis
  /** Mean probability that the decoder's looks gave it, after a second look. */
  readonly agreed?: number | undefined
  readonly vote?: SignVote
  /** Of all looks at signs those that gave it. */
  readonly voteShare: number
}

const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value))
/** What is taken for the log-probability of a reading that nobody gave. */
const unheard = -14

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)
const decoderLog = ({ hypothesis }: Opinion) =>
  hypothesis ? clamp(sumOf(hypothesis.logProbabilities), unheard, 0) : unheard
const signLog = ({ vote }: Opinion) => (vote ? clamp(vote.reading.logProbability, unheard, 0) : unheard)

/** What speaks for an opinion, as numbers of similar size. `isPrinted`: probability of print. */
const measures = {
  decoder: (opinion) => decoderLog(opinion),
  decoderGives: ({ hypothesis }) => (hypothesis ? 1 : 0),
  decoderRepeats: ({ agreed }) => agreed ?? 0,
  decoderByHand: (opinion, isPrinted) => (1 - isPrinted) * decoderLog(opinion),
  decoderGivesLong: ({ hypothesis, tokens }) => (hypothesis ? Math.log(1 + tokens.length) : 0),
  cutOff: ({ hypothesis }) => (hypothesis && !hypothesis.isComplete ? 1 : 0),
  empty: ({ tokens }) => (tokens.length === 0 ? 1 : 0),
  signs: (opinion) => signLog(opinion),
  signsGive: ({ vote }) => (vote ? 1 : 0),
  signVotes: ({ voteShare }) => voteShare,
  signsByHand: (opinion, isPrinted) => (1 - isPrinted) * signLog(opinion),
  signsLeast: ({ vote }) => clamp(vote?.reading.leastLogProbability ?? unheard, unheard, 0),
  signsPresent: ({ vote }) => clamp(Math.log(vote?.reading.leastPresence ?? 1), -1.2, 0),
  signsUnread: ({ vote }) => clamp(vote?.reading.coverage.unread ?? 0, 0, 4),
  decoderUnread: ({ hypothesis }) => clamp(hypothesis?.coverage.unread ?? 0, 0, 4),
} satisfies Record<string, (opinion: Opinion, isPrinted: number) => number>

export type ChoiceMeasure = keyof typeof measures
export const choiceMeasures = Object.keys(measures) as ChoiceMeasure[]

export function listChoiceMeasures(opinion: Opinion, isPrinted: number): number[] {
  return choiceMeasures.map((name) => measures[name](opinion, isPrinted))
}

/** Opinions by what speaks for them, best first. Without weights those of the decoder lead. */
export function rankOpinions(
  opinions: readonly Opinion[],
  isPrinted: number,
  weights: ChoiceWeights = { decoderGives: 1 },
): Opinion[] {
  return opinions
    .map((opinion) => ({ opinion, worth: weighOpinion(opinion, isPrinted, weights) }))
    .sort((one, other) => other.worth - one.worth)
    .map(({ opinion }) => opinion)
}

function weighOpinion(opinion: Opinion, isPrinted: number, weights: ChoiceWeights): number {
  return choiceMeasures.reduce(
    (sum, name) => sum + (weights[name] ?? 0) * measures[name](opinion, isPrinted),
    0,
  )
}

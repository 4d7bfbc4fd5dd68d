import type { Turn } from '../preprocess/turn.ts'
import type { Rotation } from '../reading.ts'
import type { IsHopeless } from './beam-search.ts'
import { toProbability, weigh, type Calibration } from './calibration.ts'
import { gatherEvidence, type Look } from './looks.ts'

/** The documented default of `auto_rotate_confidence_threshold`. */
export const rotationThreshold = 0.99
export const notTurned: Rotation = { degrees: 0, confidence: 0 }

/** Formulas are wide: where the ink is much wider than tall, nobody turned it on its side. */
const widestOnItsSide = 3

/** The turns that may make a picture upright by the shape of its ink alone. */
export function listTurns(width: number, height: number): Turn[] {
  return width > widestOnItsSide * height ? [180] : [90, 180, 270]
}

/** Signs on their sides are often seen as no signs at all, without any doubt. */
export function seemsToLie({ hypotheses: [best], turns }: Look): boolean {
  return best?.tokens.length === 0 && (turns[0] ?? 1) < 0.5
}

/** Below this probability a turn is not worth a look. */
const leastLikely = 0.02

/** Of the turned views those worth a look, the likeliest first. `turns`: what the model makes of the picture as it is, for 0, 90, 180, 270. */
export function chooseLikely<View extends { readonly turn: Turn }>(
  turns: ArrayLike<number>,
  views: readonly View[],
): View[] {
  const likely = ({ turn }: View) => turns[turn / 90] ?? 0
  return views.filter((one) => likely(one) >= leastLikely).sort((one, other) => likely(other) - likely(one))
}

/** A reading the wrong way round goes from doubt to doubt: no need to see its end. */
export const isWrongWayRound: IsHopeless = (logProbability, tokens) =>
  logProbability < -25 || (tokens >= 8 && logProbability / tokens < -0.9)

/** How well a look fits an upright picture, compared with other looks at it; `undefined` when it was given up. */
function rankLook(calibration: Calibration, seen: Look): number | undefined {
  const [best] = seen.hypotheses
  if (!best || best.tokens.length === 0) return undefined
  return weigh(calibration.turn, gatherEvidence(best, seen))
}

/** The most likely turn and its probability against the picture as it is. */
export function judgeTurns(
  calibration: Calibration,
  upright: Look,
  turned: readonly { readonly turn: Turn; readonly first: Look }[],
  threshold = rotationThreshold,
): { turn: Turn; rotation: Rotation } {
  const base = (rankLook(calibration, upright) ?? -4) + calibration.upright
  let best: { turn: Turn; odds: number } = { turn: 0, odds: -Infinity }
  for (const { turn, first } of turned) {
    const odds = first.hypotheses[0]?.isComplete
      ? (rankLook(calibration, first) ?? -Infinity) - base
      : -Infinity
    if (odds > best.odds) best = { turn, odds }
  }
  return { turn: best.turn, rotation: describeRotation(best.turn, toProbability(best.odds), threshold) }
}

/** Below one half the picture counts as upright, unless the threshold asks for less. */
export function describeRotation(turn: Turn, confidence: number, threshold = rotationThreshold): Rotation {
  if (confidence <= Math.min(0.5, threshold)) return { degrees: 0, confidence }
  return { degrees: turn === 270 ? -90 : turn, confidence }
}

/** Pages of words are judged by how legible the words are, as the mean per word and sign. */
export function judgePages(
  turn: Turn,
  turnedRate: number,
  uprightRate: number,
  threshold = rotationThreshold,
): Rotation {
  return describeRotation(turn, toProbability(25 * (turnedRate - uprightRate) - 2), threshold)
}

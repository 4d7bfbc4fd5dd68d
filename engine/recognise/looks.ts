import type { Canvas } from '../preprocess/pixels.ts'
import type { Candidate } from '../reading.ts'
import { readCanvas, type Hypothesis } from './beam-search.ts'
import { calibrate } from './calibration.ts'
import type { Model } from './model.ts'

/** A hypothesis of several looks: their mean confidence in it, none counting as 0. */
export type Rated = Hypothesis & { readonly agreed?: number }

/** Below this a second look pays: it made 15 of 124 such readings right that one look got wrong. */
const doubt = 0.5
const otherZooms = [0.84, 1.18]

/** Reads ink, and when in doubt again at other sizes; best reading first. `draw` puts it on a canvas, a little larger or smaller. */
export async function readInk(
  model: Model,
  draw: (zoom: number) => Canvas,
  beamSize: number,
): Promise<{ hypotheses: readonly Rated[]; isPrinted: number }> {
  const { hypotheses, isPrinted } = await readCanvas(model, draw(1), beamSize)
  if (!isDoubtful(hypotheses)) return { hypotheses, isPrinted }
  return { hypotheses: await lookAgain(model, draw, beamSize, hypotheses), isPrinted }
}

export function isDoubtful([best]: readonly Rated[]): boolean {
  return !best || rate(best).confidence < doubt
}

/** Reads the ink at other sizes too. What several looks agree on adds up. */
async function lookAgain(
  model: Model,
  draw: (zoom: number) => Canvas,
  beamSize: number,
  first: readonly Hypothesis[],
): Promise<Rated[]> {
  const all = [...first]
  for (const zoom of otherZooms) all.push(...(await readCanvas(model, draw(zoom), beamSize)).hypotheses)
  const groups = new Map<string, { best: Hypothesis; weight: number }>()
  for (const hypothesis of all) {
    const key = hypothesis.tokens.join(' ')
    const { confidence } = rate(hypothesis)
    const known = groups.get(key)
    if (!known) groups.set(key, { best: hypothesis, weight: confidence })
    else {
      known.weight += confidence
      if (confidence > rate(known.best).confidence) known.best = hypothesis
    }
  }
  const looks = 1 + otherZooms.length
  return [...groups.values()]
    .sort((one, other) => other.weight - one.weight)
    .map(({ best, weight }) => ({ ...best, agreed: weight / looks }))
}

export function toCandidate(hypothesis: Rated): Candidate {
  return { tokens: hypothesis.tokens, confidence: rate(hypothesis).confidence }
}

/** A reading that was cut off is never believed, whatever its tokens say. */
export function rate({ logProbabilities, isComplete, agreed }: Rated): {
  confidence: number
  confidenceRate: number
} {
  const sum = logProbabilities.reduce((total, value) => total + value, 0)
  const factor = isComplete ? 1 : 0.05
  return {
    confidence: agreed ?? factor * calibrate(Math.exp(sum)),
    confidenceRate: (isComplete ? 1 : 0.5) * Math.exp(sum / Math.max(1, logProbabilities.length)),
  }
}

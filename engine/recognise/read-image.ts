import type { Canvas } from '../preprocess/pixels.ts'
import { prepareImage } from '../preprocess/preprocess.ts'
import type { Candidate, Pixels, Reading, ReadOptions } from '../reading.ts'
import { readCanvas, type Hypothesis } from './beam-search.ts'
import { calibrate } from './calibration.ts'
import type { Model } from './model.ts'

const defaultBeamSize = 1
const largestBeamSize = 5

/** Reads one formula (or the given region) of a picture. */
export async function readImage(model: Model, pixels: Pixels, options: ReadOptions): Promise<Reading> {
  const { width, height } = pixels
  const region = options.region && {
    left: options.region.top_left_x,
    top: options.region.top_left_y,
    right: options.region.top_left_x + options.region.width,
    bottom: options.region.top_left_y + options.region.height,
  }
  const prepared = prepareImage(pixels, {
    ...(region ? { region } : {}),
    keepAll: options.skip_recrop ?? false,
  })
  const { isInverted } = prepared
  const size = { imageWidth: width, imageHeight: height }
  if (prepared.kind === 'blank') return { kind: 'blank', isInverted, ...size }
  const beamSize = Math.min(
    largestBeamSize,
    Math.max(options.beam_size ?? defaultBeamSize, options.n_best ?? 1, 1),
  )
  const first = await readCanvas(model, prepared.canvas, beamSize)
  const { isPrinted } = first
  const hypotheses: readonly Rated[] = isDoubtful(first.hypotheses)
    ? await lookAgain(model, prepared.redraw, beamSize, first.hypotheses)
    : first.hypotheses
  const [best] = hypotheses
  if (!best || best.tokens.length === 0) return { kind: 'blank', isInverted, ...size }
  const { box } = prepared
  return {
    kind: 'read',
    tokens: best.tokens,
    tokenProbabilities: best.tokens.map((_, at) => Math.exp(best.logProbabilities[at] ?? 0)),
    ...rate(best),
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

/** A hypothesis of several looks: their mean confidence in it, none counting as 0. */
type Rated = Hypothesis & { readonly agreed?: number }

/** Below this a second look pays: it made 15 of 124 such readings right that one look got wrong. */
const doubt = 0.5
const otherZooms = [0.84, 1.18]

function isDoubtful([best]: readonly Hypothesis[]): boolean {
  return !best || rate(best).confidence < doubt
}

/** Reads the ink at other sizes too. What several looks agree on adds up. */
async function lookAgain(
  model: Model,
  redraw: (zoom: number) => Canvas,
  beamSize: number,
  first: readonly Hypothesis[],
): Promise<Rated[]> {
  const all = [...first]
  for (const zoom of otherZooms) all.push(...(await readCanvas(model, redraw(zoom), beamSize)).hypotheses)
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

function toCandidate(hypothesis: Rated): Candidate {
  return { tokens: hypothesis.tokens, confidence: rate(hypothesis).confidence }
}

/** A reading that was cut off is never believed, whatever its tokens say. */
function rate({ logProbabilities, isComplete, agreed }: Rated): {
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

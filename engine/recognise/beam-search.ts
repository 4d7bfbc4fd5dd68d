import type { Canvas } from '../preprocess/pixels.ts'
import { cellSize, findSigns, isSign, measureCoverage, type Coverage } from './coverage.ts'
import { createEmptyPast, pickBeams, type Model } from './model.ts'
import { cutLoop, isLooping } from './repetition.ts'
import { WellFormed } from './well-formed.ts'

/** One reading of a picture. `logProbabilities` has one value a token and, last, one for having ended there. */
export type Hypothesis = {
  readonly tokens: readonly string[]
  readonly logProbabilities: readonly number[]
  /** False when it was cut off: for going round in circles, for length, or because there was no hope. */
  readonly isComplete: boolean
  /** By how much the surest other token was behind, in nats, where that was least. */
  readonly leastMargin: number
  readonly coverage: Coverage
}

/** What one look at a canvas gives. */
export type CanvasReading = {
  readonly hypotheses: readonly Hypothesis[]
  /** Probability of print, and the log-probability that nothing is written there at all. */
  readonly isPrinted: number
  readonly emptyLogProbability: number
  /** Probabilities that the picture has to be turned by 0, 90, 180 and 270 degrees clockwise. */
  readonly turns: ArrayLike<number>
}

/** Tells after each token whether a reading is not worth going on with. */
export type IsHopeless = (logProbability: number, tokens: number) => boolean

type Beam = {
  readonly ids: readonly number[]
  readonly logProbabilities: readonly number[]
  readonly score: number
  readonly leastMargin: number
  readonly state: WellFormed
  /** How often each cell was looked at so far. */
  readonly looked: Float32Array
}

const START = 1
const END = 2
const maximumTokens = 220
/** How much longer readings are favoured: probability only ever falls with length. */
const lengthPenalty = 0.7

/** Reads a canvas; best hypothesis first. With `beamSize` 1 this is greedy reading. */
export async function readCanvas(
  model: Model,
  canvas: Canvas,
  beamSize: number,
  isHopeless: IsHopeless = () => false,
): Promise<CanvasReading> {
  const memory = await model.encode(canvas)
  const columns = canvas.width / cellSize
  const looked = new Float32Array((columns * canvas.height) / cellSize)
  let beams: Beam[] = [
    { ids: [], logProbabilities: [], score: 0, leastMargin: Infinity, state: WellFormed.start, looked },
  ]
  let emptyLogProbability = 0
  let past = createEmptyPast()
  let { cells } = memory
  const finished: Beam[] = []
  const cutOff: Beam[] = []
  for (let position = 0; position < maximumTokens && beams.length > 0; position += 1) {
    const lastIds = beams.map((beam) => beam.ids.at(-1) ?? START)
    const { logProbabilities, pointing, grown } = await model.step(lastIds, position, past, cells)
    if (position === 0) emptyLogProbability = logProbabilities[END] ?? -Infinity
    const continued = extend(model.vocabulary, beams, logProbabilities, pointing, beamSize)
    finished.push(...continued.finished)
    const alive = continued.alive.filter(({ beam }) => {
      if (!isLooping(beam.ids) && !isHopeless(beam.score, beam.ids.length)) return true
      cutOff.push(beam)
      return false
    })
    if (
      isSettled(
        finished,
        alive.map(({ beam }) => beam),
        beamSize,
      )
    ) {
      beams = []
      break
    }
    beams = alive.map(({ beam }) => beam)
    const order = alive.map(({ from }) => from)
    if (order.length === 0) break
    past = pickBeams(grown, order)
    if (cells[0]?.dims[0] !== order.length) {
      cells = pickBeams(
        memory.cells,
        order.map(() => 0),
      )
    }
  }
  const name = (id: number) => model.vocabulary[id] ?? ''
  const signs = findSigns(canvas)
  const describeAs = (isComplete: boolean) => (beam: Beam) => ({
    ...(isComplete ? describe(beam, name) : closeAll(beam, name)),
    leastMargin: beam.leastMargin,
    coverage: measureCoverage(signs, beam.looked, columns),
    isComplete,
  })
  const hypotheses: Hypothesis[] = [
    ...finished.sort(compareBeams).map(describeAs(true)),
    ...[...cutOff, ...beams].sort(compareBeams).map(describeAs(false)),
  ]
  const { isPrinted, turns } = memory
  return { hypotheses, isPrinted, turns, emptyLogProbability }
}

function rank(beam: Beam): number {
  return beam.score / Math.max(1, beam.logProbabilities.length) ** lengthPenalty
}

function compareBeams(one: Beam, other: Beam): number {
  return rank(other) - rank(one)
}

/** No living beam can still overtake what is finished. */
function isSettled(finished: readonly Beam[], alive: readonly Beam[], beamSize: number): boolean {
  if (finished.length === 0) return false
  if (alive.length === 0 || finished.length >= 2 * beamSize) return true
  const best = Math.max(...finished.map((beam) => beam.score))
  return finished.length >= beamSize && alive.every((beam) => beam.score < best)
}

type Continuation = {
  readonly id: number
  readonly from: number
  readonly score: number
  readonly logProbability: number
  readonly leastMargin: number
}

type Words = Pick<Hypothesis, 'tokens' | 'logProbabilities'>

type Continued = { finished: Beam[]; alive: { beam: Beam; from: number }[] }

// eslint-disable-next-line @typescript-eslint/max-params -- one step of the search: what the model gave and what there was
function extend(
  vocabulary: readonly string[],
  beams: readonly Beam[],
  logProbabilities: Float32Array,
  pointing: Float32Array,
  beamSize: number,
): Continued {
  const width = vocabulary.length
  const candidates: Continuation[] = []
  beams.forEach((beam, from) => {
    const row = logProbabilities.subarray(from * width, (from + 1) * width)
    const best = findBest(row, beamSize + 1, (token) => isAllowed(beam.state, vocabulary, token))
    best.forEach((id, place) => {
      const logProbability = row[id] ?? -Infinity
      const rival = row[best[place === 0 ? 1 : 0] ?? 0] ?? -Infinity
      const leastMargin = Math.min(beam.leastMargin, logProbability - rival)
      candidates.push({ id, from, score: beam.score + logProbability, logProbability, leastMargin })
    })
  })
  candidates.sort((one, other) => other.score - one.score)
  const result: Continued = { finished: [], alive: [] }
  for (const { id, from, score, logProbability, leastMargin } of candidates.slice(0, 2 * beamSize)) {
    const beam = beams[from]
    if (!beam) continue
    const scores = [...beam.logProbabilities, logProbability]
    if (id === END) {
      const isAmongBest = result.alive.length < beamSize
      if (isAmongBest) result.finished.push({ ...beam, logProbabilities: scores, score, leastMargin })
      // A greedy reader stops at the first end it believes in.
      if (beamSize === 1) break
    } else if (result.alive.length < beamSize) {
      const token = vocabulary[id] ?? ''
      const state = beam.state.advance(token)
      const looked = isSign(token) ? addLook(beam.looked, pointing, from) : beam.looked
      const ids = [...beam.ids, id]
      result.alive.push({ beam: { ids, logProbabilities: scores, score, leastMargin, state, looked }, from })
      if (beamSize === 1) break
    }
  }
  return result
}

function addLook(looked: Float32Array, pointing: Float32Array, beam: number): Float32Array {
  return looked.map((times, cell) => times + (pointing[beam * looked.length + cell] ?? 0))
}

function isAllowed(state: WellFormed, vocabulary: readonly string[], id: number): boolean {
  if (id === END) return state.canEnd()
  return id > END && state.allows(vocabulary[id] ?? '<pad>')
}

/** The ids of the best allowed values, best first. */
function findBest(row: Float32Array, count: number, isAllowedId: (id: number) => boolean): number[] {
  const left = row.slice()
  const best: number[] = []
  for (let tries = 0; best.length < count && tries < row.length; tries += 1) {
    let top = 0
    let highest = -Infinity
    for (let id = 0; id < left.length; id += 1) {
      const value = left[id] ?? -Infinity
      if (value > highest) {
        highest = value
        top = id
      }
    }
    left[top] = -Infinity
    if (isAllowedId(top)) best.push(top)
  }
  return best
}

function describe(beam: Beam, name: (id: number) => string): Words {
  return { tokens: beam.ids.map(name), logProbabilities: beam.logProbabilities }
}

/** A reading without an end loses what it went on repeating and gets its brackets closed, so that it can be shown. */
function closeAll(beam: Beam, name: (id: number) => string): Words {
  const tokens = cutLoop(beam.ids).map(name)
  const read = beam.logProbabilities.slice(0, tokens.length)
  let state = tokens.reduce((current, token) => current.advance(token), WellFormed.start)
  for (let token = state.findClosing(); token !== undefined; token = state.findClosing()) {
    tokens.push(token)
    state = state.advance(token)
  }
  const doubtful = Array.from({ length: tokens.length + 1 - read.length }, () => Math.log(0.01))
  return { tokens, logProbabilities: [...read, ...doubtful] }
}

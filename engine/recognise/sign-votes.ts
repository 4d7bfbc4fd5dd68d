import { dropEndMarks } from '../../shared/latex/end-marks.ts'
import { normaliseTokens } from '../../shared/latex/normalise.ts'
import { signSheet } from '../preprocess/scale.ts'
import type { InkSource } from './ink-source.ts'
import { readSigns, type SignReader, type SignReading } from './structure/read-signs.ts'

/** What reading sign by sign gave at several sizes. */
export type SignVotes = {
  /** Different readings, the one of most sizes first, then the likeliest. */
  readonly readings: readonly SignVote[]
  readonly looks: number
}
export type SignVote = {
  /** Its boxes lie on the canvas of `zoom`. */
  readonly reading: SignReading & { readonly zoom: number }
  readonly votes: number
  /** Readings that differ in nothing that is shown have the same. */
  readonly key: string
}

/** The sizes of the first look and of further ones: somewhat larger than what the spotter learned from tells more of scripts. */
const firstZoom = 1.14
const otherZooms = [1, 1.26]

export async function readSignsOnce(reader: SignReader, source: InkSource): Promise<SignVotes> {
  const reading = await readAt(reader, source, firstZoom)
  return { readings: reading ? [{ reading, votes: 1, key: keyOf(reading.tokens) }] : [], looks: 1 }
}

async function readAt(
  reader: SignReader,
  source: InkSource,
  zoom: number,
): Promise<SignVote['reading'] | undefined> {
  const reading = await readSigns(reader, source.redraw(zoom, signSheet), zoom * signSheet.glyphHeight)
  return reading && { ...reading, zoom }
}

/** Adds looks at other sizes. */
export async function readSignsAgain(
  reader: SignReader,
  source: InkSource,
  { readings, looks }: SignVotes,
): Promise<SignVotes> {
  const groups = new Map(readings.map((vote) => [vote.key, vote]))
  for (const zoom of otherZooms) {
    const reading = await readAt(reader, source, zoom)
    if (!reading) continue
    const key = keyOf(reading.tokens)
    const known = groups.get(key)
    const isBetter = !known || reading.logProbability > known.reading.logProbability
    groups.set(key, { reading: isBetter ? reading : known.reading, votes: (known?.votes ?? 0) + 1, key })
  }
  const sorted = [...groups.values()].sort(
    (one, other) => other.votes - one.votes || other.reading.logProbability - one.reading.logProbability,
  )
  return { readings: sorted, looks: looks + otherZooms.length }
}

/** Of 299 formulas of so many signs, or with a log-probability above this, token by token made none right that signs had not; a few signs alone tell too little. */
const [few, long, plain] = [5, 40, -0.4]

/** Whether a first look is enough, so that nobody looks again or token by token. */
export function isEnough({ readings: [best] }: SignVotes): boolean {
  if (!best) return false
  const { signs, logProbability } = best.reading
  return signs.length >= long || (signs.length >= few && logProbability > plain)
}

/** What is shown of a reading: its canonical tokens without marks at the ends. */
export function keyOf(tokens: readonly string[]): string {
  return normaliseTokens(dropEndMarks(tokens)).join(' ')
}

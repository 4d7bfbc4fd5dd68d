import type { Canvas } from '../../preprocess/pixels.ts'
import type { SpottedSign } from './spotted-sign.ts'

/** From this height on, in pixels, the convolutions see the ends of a bracket and its middle only apart. */
const tall = 60
/** How far the ends of a round bracket stand off its middle at least, as a share of its width; of a square one's, inside of its corners, nearly nothing does. */
const leastBow = 0.12
/** Rows at whose ink a bracket is looked at, as shares of its height. */
const bands = { top: [0.07, 0.18], middle: [0.4, 0.6], bottom: [0.82, 0.93] } as const
/** Values of the canvas below this are no ink. */
const faintest = 60

/**
 * Names tall brackets by the course of their stroke: a round one bends all the way to its ends.
 * @param vocabulary the tokens that the names of signs are of, by id
 */
export function tellBrackets(
  signs: readonly SpottedSign[],
  canvas: Canvas,
  vocabulary: readonly string[],
): SpottedSign[] {
  const pairs = [
    { round: vocabulary.indexOf('('), square: vocabulary.indexOf('['), side: 1 },
    { round: vocabulary.indexOf(')'), square: vocabulary.indexOf(']'), side: -1 },
  ]
  return signs.map((sign) => {
    if (sign.box[3] - sign.box[1] < tall) return sign
    const pair = pairs.find(({ round, square }) => shareOf(sign, round) + shareOf(sign, square) > 0.5)
    if (!pair || pair.side * measureBow(canvas, sign.box) < leastBow) return sign
    const names = sign.names.slice()
    names[pair.round] = shareOf(sign, pair.round) + shareOf(sign, pair.square)
    names[pair.square] = 0
    return { ...sign, names }
  })
}

function shareOf(sign: SpottedSign, token: number): number {
  return sign.names[token] ?? 0
}

/** How far to the right the ends of a stroke stand off its middle, as a share of the box's width; 0 where a part of it has no ink. */
function measureBow(canvas: Canvas, box: SpottedSign['box']): number {
  const [top, middle, bottom] = [bands.top, bands.middle, bands.bottom].map((band) =>
    findCentre(canvas, box, band),
  )
  if (top === undefined || middle === undefined || bottom === undefined) return 0
  return ((top + bottom) / 2 - middle) / Math.max(1, box[2] - box[0])
}

/** The mean of the columns at which the ink of some rows of a box has its centre. */
function findCentre(
  { data, width, height }: Canvas,
  [left, top, right, bottom]: SpottedSign['box'],
  [from, to]: readonly [number, number],
): number | undefined {
  const [first, last] = [Math.max(0, Math.floor(left)), Math.min(width - 1, Math.ceil(right))]
  let [sum, rows] = [0, 0]
  for (let y = Math.round(top + from * (bottom - top)); y < top + to * (bottom - top); y += 1) {
    if (y < 0 || y >= height) continue
    let [moment, ink] = [0, 0]
    for (let x = first; x <= last; x += 1) {
      const value = data[y * width + x] ?? 0
      if (value < faintest) continue
      moment += value * x
      ink += value
    }
    if (ink === 0) continue
    sum += moment / ink
    rows += 1
  }
  return rows === 0 ? undefined : sum / rows
}

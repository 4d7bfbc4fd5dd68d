import type { Turn } from '../../engine/preprocess/turn.ts'
import type { Reading } from '../../engine/reading.ts'
import type { Pixels } from '../../node/images/pixels.ts'
import type { Recogniser } from '../../engine/recognise/recogniser.ts'
import { normaliseTokens } from '../../shared/latex/normalise.ts'
import { generateCases, type Case } from './cases.ts'
import { createRenderComparer, type RenderComparer } from './compare-renders.ts'

/** One picture read as it is and lying on a side: turned by `lies` degrees clockwise. */
export type TurnedOutcome = {
  readonly name: string
  readonly lies: Turn
  /** The upright picture was left alone, and read right. */
  readonly isLeftAlone: boolean
  readonly isUprightRight: boolean
  /** The turned one was turned back, and read right. */
  readonly isTurnedBack: boolean
  readonly isTurnedRight: boolean
  readonly confidence: number
}

const back: Readonly<Record<number, number>> = { 90: -90, 180: 180, 270: 90 }
const seedShift = 7

/** Held-out formulas, a third of which lies on each of the three other sides, a third of them photo-like. */
export async function measureTurned(
  recogniser: Recogniser,
  count: number,
  seed: number,
): Promise<TurnedOutcome[]> {
  const isSame = await createRenderComparer()
  const outcomes: TurnedOutcome[] = []
  const photographs = Math.round(count / 3)
  const cases = count > 0 ? await generateCases(count - photographs, photographs, seed + seedShift) : []
  for (const [at, one] of cases.entries()) {
    const lies = ([90, 180, 270] as const)[at % 3] ?? 90
    const pixels = await one.load()
    const upright = await recogniser.readImage(pixels)
    const turned = await recogniser.readImage(turnPixels(pixels, lies))
    outcomes.push({
      name: one.name,
      lies,
      isLeftAlone: degreesOf(upright) === 0,
      isUprightRight: isRight(upright, one, isSame),
      isTurnedBack: degreesOf(turned) === back[lies],
      isTurnedRight: isRight(turned, one, isSame),
      confidence: turned.kind === 'read' ? turned.rotation.confidence : 0,
    })
  }
  return outcomes
}

/** What was really turned, at the default threshold. */
function degreesOf(reading: Reading): number {
  return reading.kind === 'read' && reading.rotation.confidence > 0.99 ? reading.rotation.degrees : 0
}

function isRight(reading: Reading, { tokens }: Case, isSame: RenderComparer): boolean {
  return reading.kind === 'read' && isSame(normaliseTokens(reading.tokens), tokens)
}

/** Turned clockwise. */
export function turnPixels({ data, width, height, channels }: Pixels, turn: Turn): Pixels {
  const isSideways = turn === 90 || turn === 270
  const turned = new Uint8Array(data.length)
  const [newWidth, newHeight] = isSideways ? [height, width] : [width, height]
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [toX, toY] =
        turn === 90
          ? [height - 1 - y, x]
          : turn === 180
            ? [width - 1 - x, height - 1 - y]
            : turn === 270
              ? [y, width - 1 - x]
              : [x, y]
      const from = (y * width + x) * channels
      turned.set(data.subarray(from, from + channels), (toY * newWidth + toX) * channels)
    }
  }
  return { data: turned, width: newWidth, height: newHeight, channels }
}

export function summariseTurned(outcomes: readonly TurnedOutcome[]) {
  const share = (chosen: readonly TurnedOutcome[], test: (one: TurnedOutcome) => boolean) =>
    chosen.filter(test).length / Math.max(1, chosen.length)
  const legible = outcomes.filter(({ isUprightRight }) => isUprightRight)
  return {
    images: outcomes.length,
    leftAlone: share(outcomes, (one) => one.isLeftAlone),
    uprightRight: share(outcomes, (one) => one.isUprightRight),
    sides: ([90, 180, 270] as const).map((lies) => {
      const chosen = outcomes.filter((one) => one.lies === lies)
      return {
        lies,
        images: chosen.length,
        turnedBack: share(chosen, (one) => one.isTurnedBack),
        right: share(chosen, (one) => one.isTurnedRight),
      }
    }),
    /** Of the pictures that are read right when upright. */
    turnedBackOfLegible: share(legible, (one) => one.isTurnedBack),
    rightOfLegible: share(legible, (one) => one.isTurnedRight),
  }
}

export function printTurned(outcomes: readonly TurnedOutcome[]): void {
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`.padStart(8)
  const { images, leftAlone, uprightRight, sides, turnedBackOfLegible, rightOfLegible } =
    summariseTurned(outcomes)
  console.log('\nlying on a side     images  turned back  read right')
  for (const side of sides)
    console.log(
      `${`${String(side.lies)}°`.padEnd(20)}${String(side.images).padStart(6)}  ${percent(side.turnedBack).padStart(11)}  ${percent(side.right).padStart(10)}`,
    )
  console.log(
    `upright             ${String(images).padStart(6)}  left alone ${percent(leftAlone)}, read right ${percent(uprightRight)}`,
  )
  console.log(
    `of those read right upright: turned back ${percent(turnedBackOfLegible)}, read right ${percent(rightOfLegible)}`,
  )
}

import { createResult } from '../../../engine/formats/create-result.ts'
import type { Reading } from '../../../engine/reading.ts'
import type { Recogniser } from '../../../engine/recognise/recogniser.ts'
import type { EngineOptions } from '../../../engine/validate-options.ts'
import { generateNegatives, type NegativeCase } from './negative-cases.ts'

/** At this confidence a reading of nothing counts as a lie. */
const believed = 0.3

export type NegativeOutcome = {
  readonly name: string
  readonly kind: string
  /** The error entry's id in latex behaviour, if it is one. */
  readonly error: string | undefined
  /** The higher confidence of both behaviours; 0 for error entries. */
  readonly confidence: number
  readonly got: string
}

/** Reads pictures without a formula in both behaviours, with no threshold set. */
export async function measureNegatives(
  recogniser: Recogniser,
  count: number,
  seed: number,
): Promise<NegativeOutcome[]> {
  const outcomes: NegativeOutcome[] = []
  for (const one of generateNegatives(count, seed)) outcomes.push(await measure(recogniser, one))
  return outcomes
}

async function measure(
  recogniser: Recogniser,
  { name, kind, pixels }: NegativeCase,
): Promise<NegativeOutcome> {
  const reading = await recogniser.readImage(pixels)
  const latex = describe(reading, { formats: ['latex_styled'] })
  const words = reading.kind === 'blank' ? reading : await recogniser.readImage(pixels, { wantsWords: true })
  const text = describe(words, { ocr_behavior: 'text', confidence_rate_threshold: 0 })
  const worse = text.confidence > latex.confidence ? text : latex
  return { name, kind, error: latex.error, confidence: worse.confidence, got: worse.got }
}

function describe(reading: Reading, options: EngineOptions) {
  const result = createResult(reading, options)
  const error = result.error_info?.id
  const confidence = error === undefined ? (result.latex_confidence ?? result.confidence ?? 0) : 0
  return { error, confidence, got: result.latex_styled ?? result.text ?? '' }
}

export function summariseNegatives(outcomes: readonly NegativeOutcome[]) {
  const kinds = [...new Set(outcomes.map(({ kind }) => kind))]
  return kinds.map((kind) => {
    const chosen = outcomes.filter((one) => one.kind === kind)
    return {
      kind,
      images: chosen.length,
      errors: chosen.filter(({ error }) => error !== undefined).length,
      believed: chosen.filter(({ confidence }) => confidence >= believed).length,
      highest: Math.max(...chosen.map(({ confidence }) => confidence)),
    }
  })
}

export function printNegatives(outcomes: readonly NegativeOutcome[]): void {
  console.log('\nwithout a formula    images    errors  confidence ≥ 0.3   highest')
  for (const { kind, images, errors, believed: lies, highest } of summariseNegatives(outcomes)) {
    const cells = [String(images).padStart(6), String(errors).padStart(8), String(lies).padStart(16)]
    console.log(`${kind.padEnd(20)} ${cells.join('  ')}  ${highest.toFixed(3).padStart(8)}`)
  }
  const worst = [...outcomes].sort((one, other) => other.confidence - one.confidence).slice(0, 10)
  for (const { name, confidence, got } of worst)
    console.log(`  ${confidence.toFixed(3)}  ${name}: ${got.slice(0, 90)}`)
}

import type { OcrResult } from '../../shared/mathpix.ts'
import type { Region } from '../../shared/option-values.ts'
import { engineError, toEnvelope } from '../errors.ts'
import { describeUnreadWords } from '../prose/describe-unread.ts'
import type { Reading } from '../reading.ts'
import type { EngineOptions } from '../validate-options.ts'
import { detectAlphabets } from './detect-alphabets.ts'
import { describeDetections, describeWords } from './detections.ts'
import { canRender, UNRENDERABLE_CONFIDENCE } from './katex-check.ts'
import { createCandidates, createLatexFormats } from './latex-result.ts'
import { selectMath } from './select-math.ts'
import { writeMath } from './text-form.ts'
import { createTokenData } from './token-data.ts'
import { createTextFormats } from './text-result.ts'

/** The documented default of the text behaviour; the latex behaviour has none. */
const TEXT_RATE_THRESHOLD = 0.75

/**
 * Makes the result of one image from its reading: the formats of its behaviour, confidences, detections, sizes. An error entry
 * keeps what was detected, but no format: nothing found, or less sure than asked for.
 */
export function createResult(reading: Reading, options: EngineOptions): OcrResult {
  const isText = options.ocr_behavior === 'text'
  const size = { image_width: reading.imageWidth, image_height: reading.imageHeight }
  const detections = isText ? {} : describeDetections(reading)
  if (reading.kind !== 'read') {
    const id = reading.kind === 'blank' ? 'image_no_content' : 'image_not_supported'
    return { ...toEnvelope(engineError(id)), ...size, ...describeDetections(reading) }
  }
  const wantsWords = isText || options.ocr?.includes('text') === true
  const chosen = wantsWords ? reading : selectMath(reading)
  if (!chosen) return { ...toEnvelope(engineError('image_no_content')), ...size, ...describeWords(reading) }
  const { confidence, rate } = measureConfidence(chosen)
  const confidences = {
    ...(isText
      ? { confidence, confidence_rate: rate }
      : { latex_confidence: confidence, latex_confidence_rate: rate }),
    auto_rotate_confidence: reading.rotation.confidence,
    auto_rotate_degrees: reading.rotation.degrees,
  }
  if (isBelowThreshold(confidence, rate, options)) {
    return { ...toEnvelope(engineError('math_confidence')), ...size, ...detections, ...confidences }
  }
  const formats = isText
    ? { ...createTextFormats(chosen, options), ...describeHand(chosen.isPrinted) }
    : {
        ...createLatexFormats(chosen, options),
        ...createCandidates(chosen, options),
        position: roundBox(chosen.position),
      }
  const unread = wantsWords && reading.lines?.some((line) => line.hasUnreadWords === true) === true
  return {
    ...size,
    ...detections,
    ...confidences,
    ...formats,
    ...(options.include_detected_alphabets === true ? { detected_alphabets: detectAlphabets(reading) } : {}),
    ...(unread ? { unread_words: describeUnreadWords(undefined, options.alphabets_allowed) } : {}),
    ...createTokenData(chosen.drawn),
  }
}

/** A formula that cannot be typeset is wrong, whatever the model thinks of its letters. */
function measureConfidence(reading: Extract<Reading, { kind: 'read' }>): {
  confidence: number
  rate: number
} {
  const { confidence, confidenceRate: rate } = reading
  const formulas = reading.lines?.flatMap(({ segments }) =>
    segments.flatMap((one) => (one.kind === 'math' ? [one.tokens] : [])),
  ) ?? [reading.tokens]
  if (formulas.every((tokens) => canRender(writeMath(tokens, true)))) return { confidence, rate }
  return {
    confidence: Math.min(confidence, UNRENDERABLE_CONFIDENCE),
    rate: Math.min(rate, UNRENDERABLE_CONFIDENCE),
  }
}

function isBelowThreshold(confidence: number, rate: number, options: EngineOptions): boolean {
  const rateThreshold =
    options.confidence_rate_threshold ?? (options.ocr_behavior === 'text' ? TEXT_RATE_THRESHOLD : 0)
  return confidence < (options.confidence_threshold ?? 0) || rate < rateThreshold
}

function describeHand(isPrinted: number): { is_printed: boolean; is_handwritten: boolean } {
  return { is_printed: isPrinted > 0.5, is_handwritten: isPrinted <= 0.5 }
}

/** Whole pixels, as the service gives them. */
function roundBox({ top_left_x, top_left_y, width, height }: Region): Region {
  const left = Math.round(top_left_x)
  const top = Math.round(top_left_y)
  return {
    top_left_x: left,
    top_left_y: top,
    width: Math.round(top_left_x + width) - left,
    height: Math.round(top_left_y + height) - top,
  }
}

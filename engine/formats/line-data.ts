import type { LatexToken } from '../../shared/latex/tokens.ts'
import type { OcrResult } from '../../shared/mathpix.ts'
import type { Region } from '../../shared/option-values.ts'
import type { Read, ReadSegment } from '../reading.ts'
import type { EngineOptions } from '../validate-options.ts'
import { combine } from '../prose/combine.ts'
import type { Segment } from './segments.ts'
import { writeLine, writeMath, writeMathSegment, type TextStyle } from './text-form.ts'

/** `line_data` or `word_data`, where asked for. The texts of the lines, put together, are the `text` of the result. */
export function createLayoutData(
  reading: Read,
  options: EngineOptions,
  lines: readonly (readonly Segment[])[],
  style: TextStyle,
): OcrResult {
  if (options.include_line_data === true) return { line_data: createLineData(reading, lines, style) }
  if (options.include_word_data === true) return { word_data: createWordData(reading, style) }
  return {}
}

function createLineData(reading: Read, lines: readonly (readonly Segment[])[], style: TextStyle): unknown[] {
  const isPrinted = reading.isPrinted > 0.5
  const whole = { confidence: reading.confidence, confidence_rate: reading.confidenceRate }
  return lines.map((line, at) => {
    const source = reading.lines?.[at]
    const rates = source && combine(source.segments)
    return {
      id: `line-${String(at + 1)}`,
      type: nameType(line),
      cnt: traceBox(source?.box ?? reading.position),
      conversion_output: true,
      included: true,
      is_printed: isPrinted,
      is_handwritten: !isPrinted,
      text: `${at > 0 ? '\n' : ''}${writeLine(line, style)}`,
      ...(rates ? { confidence: rates.confidence, confidence_rate: rates.confidenceRate } : whole),
    }
  })
}

function nameType(line: readonly Segment[]): 'table' | 'text' | 'math' {
  const has = (wanted: Segment['kind']) => line.some(({ kind }) => kind === wanted)
  return has('table') ? 'table' : has('prose') ? 'text' : 'math'
}

/** Words and formulas, each with its place; a reading without lines is one formula. */
function createWordData(reading: Read, style: TextStyle): unknown[] {
  const { tokens, drawn, confidence, confidenceRate, position } = reading
  const segments: readonly ReadSegment[] = reading.lines?.flatMap((line) => line.segments) ?? [
    { kind: 'math', tokens, drawn, confidence, confidenceRate, box: position },
  ]
  return segments.flatMap((segment) =>
    segment.kind === 'math'
      ? [createFormulaWord(segment.tokens, segment, style)]
      : segment.words.map((word) => ({
          type: 'text',
          cnt: traceBox(word.box),
          text: word.text,
          latex: `\\text { ${word.text.replace(/[%&#_$]/g, '\\$&')} }`,
          confidence: word.confidence,
          confidence_rate: word.confidence,
        })),
  )
}

function createFormulaWord(
  tokens: readonly LatexToken[],
  { box, confidence, confidenceRate }: ReadSegment,
  style: TextStyle,
): unknown {
  return {
    type: 'math',
    cnt: traceBox(box),
    text: writeMathSegment({ kind: 'math', tokens }, false, style),
    latex: writeMath(tokens, style.rmSpaces),
    confidence,
    confidence_rate: confidenceRate,
  }
}

/** The corners in the service's order: bottom right, bottom left, top left, top right. */
function traceBox({ top_left_x, top_left_y, width, height }: Region): number[][] {
  const left = Math.round(top_left_x)
  const top = Math.round(top_left_y)
  const right = Math.round(top_left_x + width)
  const bottom = Math.round(top_left_y + height)
  return [
    [right, bottom],
    [left, bottom],
    [left, top],
    [right, top],
  ]
}

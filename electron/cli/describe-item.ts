import type { Item } from '../../shared/batch.ts'
import { bestLatex } from '../../shared/best-latex.ts'
import { describeError } from '../../shared/describe-error.ts'
import type { AppError } from '../../shared/errors.ts'
import type { OcrResult } from '../../shared/mathpix.ts'

/** One line of `--json`. */
export type JsonLine = {
  readonly file: string
  readonly latex: string | null
  readonly confidence: number | null
  readonly error: AppError | null
  readonly result: OcrResult | null
}

/**
 * What `--json` prints of an item. An answer without any LaTeX counts as an error: there is nothing to use.
 */
export function toJsonLine(item: Item, file: string): JsonLine {
  const result = item.result ?? null
  const latex = (item.state === 'completed' && result ? bestLatex(result) : undefined) ?? null
  return {
    file,
    latex,
    confidence: result?.latex_confidence ?? result?.confidence ?? null,
    error: latex === null ? (item.error ?? NOTHING_READ) : null,
    result,
  }
}

/** The line for people: file, confidence, LaTeX (or the format that was asked for). */
export function toTextLine(line: JsonLine, format: string | undefined): string {
  if (line.error) {
    const { title } = describeError(line.error)
    const detail = 'message' in line.error && line.error.message !== title ? ` (${line.error.message})` : ''
    return `${line.file}  -  error: ${title}${detail}`
  }
  const asked = format === undefined ? undefined : line.result?.[format]
  const text =
    typeof asked === 'string' ? asked : asked === undefined ? (line.latex ?? '') : JSON.stringify(asked)
  const confidence = line.confidence === null ? '-' : line.confidence.toFixed(3)
  return `${line.file}  ${confidence}  ${text.replace(/\s*\n\s*/g, ' ')}`
}

const NOTHING_READ: AppError = { kind: 'unexpected_response', message: 'The result holds no LaTeX.' }

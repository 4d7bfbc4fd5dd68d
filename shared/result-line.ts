import type { Item } from './batch.ts'
import { bestLatex } from './best-latex.ts'
import type { AppError } from './errors.ts'
import type { OcrResult } from './mathpix.ts'
import { dropSecrets } from './redact.ts'

/** One image as a line of JSON: `--json` of the command line, and what the window copies. */
export type ResultLine = {
  readonly key: string
  readonly file: string
  /** As corrected by the user, else as read. */
  readonly latex: string | null
  readonly confidence: number | null
  readonly error: AppError | null
  /** The engine's answer, all fields. */
  readonly result: OcrResult | null
}

/** An answer without any LaTeX counts as an error: there is nothing to use. */
export function toResultLine(item: Item, file: string): ResultLine {
  const result = item.result ? (dropSecrets(item.result) as OcrResult) : null
  const read = item.state === 'completed' && result ? bestLatex(result) : undefined
  const latex = item.edit ?? read ?? null
  return {
    key: item.key,
    file,
    latex,
    confidence: result?.latex_confidence ?? result?.confidence ?? null,
    error: latex === null ? (item.error ?? NOTHING_READ) : null,
    result,
  }
}

const NOTHING_READ: AppError = { kind: 'unexpected_response', message: 'The result holds no LaTeX.' }

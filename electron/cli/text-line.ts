import { describeError } from '../../shared/describe-error.ts'
import type { ResultLine } from '../../shared/result-line.ts'
import { terminalText } from '../../shared/terminal-text.ts'

/** The line for people: file, confidence, LaTeX (or the format that was asked for). */
export function toTextLine(line: ResultLine, format: string | undefined): string {
  if (line.error) {
    const { title } = describeError(line.error)
    const detail = 'message' in line.error && line.error.message !== title ? ` (${line.error.message})` : ''
    return terminalText(`${line.file}  -  error: ${title}${detail}`)
  }
  const asked = format === undefined ? line.latex : line.result?.[format]
  const text = typeof asked === 'string' ? asked : JSON.stringify(asked)
  const confidence = line.confidence === null ? '-' : line.confidence.toFixed(3)
  return terminalText(`${line.file}  ${confidence}  ${text.replace(/\s*\n\s*/g, ' ')}`)
}

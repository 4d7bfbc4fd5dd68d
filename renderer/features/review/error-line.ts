import type { MathError } from '../../components/math-error.ts'

export type ErrorLine = {
  readonly before: string
  /** At least one character, so that there is something to underline: a space at the end of the line. */
  readonly place: string
  readonly after: string
  /** Counted from 1. */
  readonly number: number
  readonly count: number
}

/** Longest stretch of source shown on either side of the mistake. */
const CONTEXT = 60

/** The line of the source that holds the mistake, cut around it. Undefined when KaTeX did not say where it is. */
export function cutErrorLine(latex: string, error: MathError): ErrorLine | undefined {
  if (error.position === undefined) return undefined
  const at = Math.min(Math.max(0, error.position), latex.length)
  const lineStart = latex.lastIndexOf('\n', at - 1) + 1
  const newline = latex.indexOf('\n', at)
  const lineEnd = newline < 0 ? latex.length : newline
  const placeEnd = Math.min(lineEnd, at + Math.max(1, error.length ?? 1))
  const before = latex.slice(lineStart, at)
  const after = latex.slice(placeEnd, lineEnd)
  return {
    before: before.length > CONTEXT ? `…${before.slice(-CONTEXT)}` : before,
    place: latex.slice(at, placeEnd) || '\u00a0',
    after: after.length > CONTEXT ? `${after.slice(0, CONTEXT)}…` : after,
    number: latex.slice(0, lineStart).split('\n').length,
    count: latex.split('\n').length,
  }
}

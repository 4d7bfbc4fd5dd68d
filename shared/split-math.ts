/** A stretch of Mathpix Markdown: prose as it stands, or the LaTeX between a pair of delimiters. */
export type MathSegment = {
  readonly kind: 'prose' | 'inline' | 'display'
  readonly value: string
  /** The segment with its delimiters, exactly as it stood. */
  readonly source: string
}

type DelimiterPair = { readonly open: string; readonly close: string; readonly kind: 'inline' | 'display' }

/** Longer openings first, so that `$$` is not read as an empty `$…$`. */
const DEFAULT_PAIRS: readonly DelimiterPair[] = [
  { open: '$$', close: '$$', kind: 'display' },
  { open: '\\[', close: '\\]', kind: 'display' },
  { open: '\\(', close: '\\)', kind: 'inline' },
  { open: '$', close: '$', kind: 'inline' },
]

export type CustomDelimiters = {
  readonly inline?: readonly [string, string] | undefined
  readonly display?: readonly [string, string] | undefined
}

/**
 * Splits text into prose and math. Custom delimiters (an option of the request) count beside the usual ones. An opening without
 * its closing stays prose, and so does `\$`.
 */
export function splitMath(text: string, custom: CustomDelimiters = {}): MathSegment[] {
  const pairs = [...toPairs(custom), ...DEFAULT_PAIRS]
  const missing = new Set<string>()
  const segments: MathSegment[] = []
  let prose = ''
  let at = 0
  while (at < text.length) {
    const found = matchAt(text, at, pairs, missing)
    if (found) {
      if (prose) segments.push({ kind: 'prose', value: prose, source: prose })
      prose = ''
      segments.push(found)
      at += found.source.length
    } else {
      const step = text[at] === '\\' ? 2 : 1
      prose += text.slice(at, at + step)
      at += step
    }
  }
  if (prose) segments.push({ kind: 'prose', value: prose, source: prose })
  return segments
}

/** True when there is math in delimiters, so that the string has to be shown as prose with math in it. */
export function hasDelimitedMath(text: string, custom: CustomDelimiters = {}): boolean {
  return splitMath(text, custom).some(({ kind }) => kind !== 'prose')
}

function toPairs({ inline, display }: CustomDelimiters): DelimiterPair[] {
  const pairs: DelimiterPair[] = []
  if (display?.[0] && display[1]) pairs.push({ open: display[0], close: display[1], kind: 'display' })
  if (inline?.[0] && inline[1]) pairs.push({ open: inline[0], close: inline[1], kind: 'inline' })
  return pairs.sort((a, b) => b.open.length - a.open.length)
}

/** `missing` keeps the closings that do not come any more, so that a text is looked through once for each of them. */
function matchAt(
  text: string,
  at: number,
  pairs: readonly DelimiterPair[],
  missing: Set<string>,
): MathSegment | undefined {
  for (const { open, close, kind } of pairs) {
    if (missing.has(close) || !text.startsWith(open, at)) continue
    const end = findClosing(text, at + open.length, close)
    if (end < 0) {
      missing.add(close)
      continue
    }
    const value = text.slice(at + open.length, end).trim()
    if (value === '') continue
    return { kind, value, source: text.slice(at, end + close.length) }
  }
  return undefined
}

/** The place of `close`, stepping over escaped characters such as `\$`. */
function findClosing(text: string, from: number, close: string): number {
  let at = from
  while (at < text.length) {
    if (text.startsWith(close, at)) return at
    at += text[at] === '\\' ? 2 : 1
  }
  return -1
}

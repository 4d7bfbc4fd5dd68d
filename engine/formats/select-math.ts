import { alignTokens } from '../../shared/latex/align-tokens.ts'
import { findDrawn } from '../../shared/latex/drawn-tokens.ts'
import type { LatexToken } from '../../shared/latex/tokens.ts'
import { combine } from '../prose/combine.ts'
import { joinLines } from '../prose/join-lines.ts'
import type { DrawnToken, Read, ReadLine } from '../reading.ts'
import { splitLines } from './segments.ts'
import { findWholeArray } from './token-groups.ts'
import { removeOuterText } from './transforms.ts'

/**
 * What `ocr: ["math"]` leaves of a reading: the formulas without the words around them; `undefined` when there are words only. Of a
 * page the formulas that have a line to themselves, or else those in the text; letters alone only where there is nothing more.
 */
export function selectMath(reading: Read): Read | undefined {
  if (!reading.lines) return dropWords(reading)
  const all = reading.lines.flatMap(({ segments, isDisplay }) =>
    segments.flatMap((segment) =>
      segment.kind === 'math'
        ? [{ segment, line: { segments: [segment], isDisplay, box: segment.box } }]
        : [],
    ),
  )
  const displayed = all.filter(({ line }) => line.isDisplay)
  const larger = all.filter(({ segment }) => segment.tokens.length > 1)
  const chosen = displayed.length > 0 ? displayed : larger.length > 0 ? larger : all
  const lines: ReadLine[] = chosen.map(({ line }) => line)
  if (lines.length === 0) return undefined
  const rates = combine(chosen.map(({ segment }) => segment))
  const { tokens, drawn } = joinLines(lines)
  return {
    ...reading,
    ...rates,
    tokens,
    drawn,
    lines,
    position: joinRegions(lines),
    candidates: [{ tokens, confidence: rates.confidence }],
  }
}

/** Words at the sides of one formula, and lines of nothing but words. A picture of words alone has no formula. */
function dropWords(reading: Read): Read | undefined {
  const hasMath = splitLines(reading.tokens)
    .flat()
    .some(({ kind }) => kind === 'math')
  if (!hasMath) return undefined
  const tokens = dropSideWords(reading.tokens)
  return {
    ...reading,
    tokens,
    drawn: keepDrawn(reading.drawn, tokens),
    candidates: reading.candidates.map((one) => ({ ...one, tokens: dropSideWords(one.tokens) })),
  }
}

function keepDrawn(drawn: readonly DrawnToken[], tokens: readonly LatexToken[]): DrawnToken[] {
  const partners = alignTokens(
    drawn.map(({ token }) => token),
    findDrawn(tokens).map((at) => tokens[at] ?? ''),
  )
  return drawn.filter((_, at) => partners[at] !== -1)
}

function dropSideWords(tokens: readonly LatexToken[]): readonly LatexToken[] {
  const array = findWholeArray(tokens)
  const lines = splitLines(tokens)
  if (array === undefined || lines.length < 2) return removeOuterText(tokens)
  const rows = array.rows.filter((_, at) => lines[at]?.some(({ kind }) => kind === 'math') ?? true)
  const bare = rows.map((row) => removeOuterText(row))
  const [only = []] = bare
  if (bare.length === 1) return only
  return [
    '\\begin{array}',
    '{',
    ...array.columns,
    '}',
    ...bare.flatMap((row, at) => [...(at > 0 ? ['\\\\'] : []), ...row]),
    '\\end{array}',
  ]
}

function joinRegions(lines: readonly ReadLine[]): Read['position'] {
  const left = Math.min(...lines.map(({ box }) => box.top_left_x))
  const top = Math.min(...lines.map(({ box }) => box.top_left_y))
  const right = Math.max(...lines.map(({ box }) => box.top_left_x + box.width))
  const bottom = Math.max(...lines.map(({ box }) => box.top_left_y + box.height))
  return { top_left_x: left, top_left_y: top, width: right - left, height: bottom - top }
}

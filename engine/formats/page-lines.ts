import type { LatexToken } from '../../shared/latex/tokens.ts'
import type { Read } from '../reading.ts'
import { splitLines, type Segment } from './segments.ts'
import { findClosing } from './token-groups.ts'

/**
 * The lines of a reading: those found on the page, or those that the formula itself tells. `rewrite` is applied to every formula.
 * Without `keepTags` the number of an equation stands behind it as words.
 */
export function listLines(
  reading: Read,
  rewrite: (tokens: readonly LatexToken[]) => readonly LatexToken[],
  keepTags: boolean,
): Segment[][] {
  const lines =
    reading.lines?.map(({ segments, isDisplay }) =>
      segments.map((segment): Segment => {
        if (segment.kind === 'prose') return { kind: 'prose', text: segment.text }
        const tokens = rewrite(segment.tokens)
        return isDisplay ? { kind: 'math', tokens, isDisplay } : { kind: 'math', tokens }
      }),
    ) ?? splitLines(rewrite(reading.tokens))
  return keepTags ? lines : lines.map((line) => line.flatMap(takeTagOut))
}

function takeTagOut(segment: Segment): Segment[] {
  if (segment.kind !== 'math') return [segment]
  const at = segment.tokens.indexOf('\\tag')
  if (at < 0) return [segment]
  const end = findClosing(segment.tokens, at + 1)
  const number = segment.tokens.slice(at + 2, end).join('')
  const tokens = [...segment.tokens.slice(0, at), ...segment.tokens.slice(end + 1)]
  return [...(tokens.length > 0 ? [{ ...segment, tokens }] : []), { kind: 'prose', text: `(${number})` }]
}

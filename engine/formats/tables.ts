import type { LatexToken } from '../../shared/latex/tokens.ts'
import { splitSegments, type Segment } from './segments.ts'
import { findWholeArray, splitOutside } from './token-groups.ts'

/** A line that is one array with rules between its cells is a table; every other line stays what it is. */
export function findTable(line: readonly Segment[]): readonly Segment[] {
  const [only] = line
  if (line.length !== 1 || only?.kind !== 'math') return line
  const array = findWholeArray(only.tokens)
  const columns = array?.columns.join('') ?? ''
  const hasRules = columns.includes('|') || array?.rows.some((row) => row.includes('\\hline')) === true
  if (!array || !hasRules || columns.replaceAll('|', '').length < 2) return line
  return [{ kind: 'table', columns, rows: array.rows.map(readRow) }]
}

function readRow(tokens: readonly LatexToken[]): { rules: number; cells: Segment[][] } {
  const content = tokens.filter((token) => token !== '\\hline')
  const rules = tokens.length - content.length
  return { rules, cells: content.length === 0 ? [] : splitOutside(content, '&').map(splitSegments) }
}

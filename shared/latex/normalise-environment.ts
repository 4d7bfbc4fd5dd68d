import type { TokenReader } from './token-reader.ts'
import type { LatexToken } from './tokens.ts'

/** What stands before the array: an opening brace (cases, systems), another delimiter (matrices), or nothing. */
export type ArraySurround = 'brace' | 'fence' | 'none'

const fences: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['pmatrix', ['(', ')']],
  ['bmatrix', ['[', ']']],
  ['Bmatrix', ['\\{', '\\}']],
  ['vmatrix', ['|', '|']],
  ['Vmatrix', ['\\|', '\\|']],
])

const lineEnvironments = new Set('aligned align alignat gathered gather split eqnarray multline'.split(' '))
const cellEnvironments = new Set('array matrix smallmatrix cases dcases rcases subarray tabular'.split(' '))

/** Reads up to a token for which `stop` is true. */
type ReadCell = (reader: TokenReader, stop: (token: LatexToken) => boolean) => LatexToken[]

/**
 * Reads an environment whose `\begin{…}` has just been read and writes it as `\begin{array}`. Systems of lines lose their
 * alignment marks and have the one column `l`; under a brace all columns are `l`, in a matrix all are `c`.
 */
export function normaliseEnvironment(
  reader: TokenReader,
  begin: LatexToken,
  surround: ArraySurround,
  readCell: ReadCell,
): LatexToken[] {
  const name = begin.slice('\\begin{'.length, -1).replace('*', '')
  const given = name === 'array' || name === 'tabular' || name === 'subarray' ? readColumns(reader) : []
  const isLines = lineEnvironments.has(name)
  const rows = readRows(reader, readCell)
  reader.next()
  if (!isLines && !cellEnvironments.has(name) && !fences.has(name)) return rows.flat(2)
  const fence = fences.get(name)
  const isCases = name === 'cases' || name === 'dcases'
  const place: ArraySurround = isCases || name === 'Bmatrix' ? 'brace' : fence ? 'fence' : surround
  const cells = isLines ? rows.map((row) => [row.flat()]) : rows
  const width = Math.max(1, ...cells.map((row) => row.length))
  const array = [
    '\\begin{array}',
    '{',
    ...chooseColumns(given, width, name === 'matrix' ? 'fence' : place, rows.flat(2).includes('\\hline')),
    '}',
    ...joinRows(cells),
    '\\end{array}',
  ]
  if (isCases) return ['\\left\\{', ...array, '\\right.']
  return fence ? [`\\left${fence[0]}`, ...array, `\\right${fence[1]}`] : array
}

function readColumns(reader: TokenReader): LatexToken[] {
  if (!reader.accept('{')) return []
  const columns = reader.takeUntil('}').filter((token) => /^[lcr|]$/.test(token))
  reader.accept('}')
  return columns
}

function readRows(reader: TokenReader, readCell: ReadCell): LatexToken[][][] {
  const rows: LatexToken[][][] = [[]]
  for (;;) {
    const cell = readCell(reader, (token) => token === '&' || token === '\\\\' || token === '\\cr')
    rows.at(-1)?.push(cell)
    const mark = reader.peek()
    if (mark === '&') reader.next()
    else if (mark === '\\\\' || mark === '\\cr') {
      reader.next()
      rows.push([])
    } else if (mark === '}') reader.next()
    else break
  }
  const last = rows.at(-1)
  if (rows.length > 1 && last?.length === 1 && last[0]?.length === 0) rows.pop()
  return rows
}

function chooseColumns(
  given: readonly LatexToken[],
  width: number,
  place: ArraySurround,
  hasRule: boolean,
): LatexToken[] {
  if (place === 'brace') return Array.from({ length: width }, () => 'l')
  const columns = given.filter((token) => token !== '|').length === width ? given : []
  if (place === 'fence') {
    if (columns.length === 0) return Array.from({ length: width }, () => 'c')
    return columns.map((token) => (token === '|' ? '|' : 'c'))
  }
  if (width === 1) return [hasRule ? 'r' : 'l']
  return columns.length > 0 ? [...columns] : Array.from({ length: width }, () => 'l')
}

function joinRows(rows: LatexToken[][][]): LatexToken[] {
  return rows.flatMap((row, index) => [
    ...(index > 0 ? ['\\\\'] : []),
    ...row.flatMap((cell, column) => [...(column > 0 ? ['&'] : []), ...cell]),
  ])
}

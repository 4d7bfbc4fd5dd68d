import type { LatexToken } from '../../../shared/latex/tokens.ts'
import type { SignBox } from '../spot/spotted-sign.ts'
import { placeCells } from './place-cells.ts'
import type { LinkedSign } from './sign-tree.ts'
import { unite, type TreeView } from './tree-view.ts'

const fences = {
  opening: new Set(['(', '[', '\\{', '|', '\\|', '\\lfloor', '\\lceil', '\\langle']),
  closing: new Set([')', ']', '\\}', '|', '\\|', '\\rfloor', '\\rceil', '\\rangle']),
}

/** The token of a sign beside a table when it is a bracket or bar as tall as most of the table. */
export function isFence(
  tree: TreeView,
  at: number | undefined,
  [, top, , bottom]: SignBox,
  side: keyof typeof fences,
): string | undefined {
  if (at === undefined) return undefined
  const { token, box } = tree.sign(at)
  return fences[side].has(token) && box[3] - box[1] > 0.7 * (bottom - top) ? token : undefined
}

/** A table as `array`, its columns told from where its cells stand and from what stands before it. */
export function writeTable(
  tree: TreeView,
  head: number,
  before: LinkedSign | undefined,
  writeCell: (cell: number) => LatexToken[],
): { readonly tokens: LatexToken[]; readonly box: SignBox } {
  const rows: number[][] = []
  for (let row: number | undefined = head; row !== undefined; row = tree.find(row, 'row')[0]) {
    const cells = [row]
    for (
      let cell: number | undefined = tree.find(row, 'cell')[0];
      cell !== undefined;
      cell = tree.find(cell, 'cell')[0]
    )
      cells.push(cell)
    rows.push(cells)
  }
  const boxes = rows.map((cells) => cells.map((cell) => tree.measureCell(cell)))
  const box = boxes.flat().reduce(unite)
  const columns = placeCells(boxes)
  const width = Math.max(...columns.flat()) + 1
  const rules = tree.find(head, 'rule').map((at) => tree.sign(at))
  const tops = boxes.map((row) => middle(row.reduce(unite), 1))
  const lines = rules
    .filter(({ token }) => token !== '|')
    .map((rule) => tops.filter((top) => top < middle(rule.box, 1)).length)
  const bars = rules
    .filter(({ token }) => token === '|')
    .map((rule) => countColumnsBefore(boxes, columns, middle(rule.box, 0)))
  const tokens = rows.flatMap((cells, at) => {
    const spread = Array.from({ length: width }, (_, column) => {
      const cell = cells[columns[at]?.indexOf(column) ?? -1]
      return [...(column > 0 ? ['&'] : []), ...(cell === undefined ? [] : writeCell(cell))]
    })
    return [
      ...(at > 0 ? ['\\\\'] : []),
      ...lines.flatMap((line) => (line === at ? ['\\hline'] : [])),
      ...spread.flat(),
    ]
  })
  const last = lines.filter((line) => line >= rows.length)
  return {
    box,
    tokens: [
      '\\begin{array}',
      '{',
      ...describeColumns(boxes, columns, width, bars, before, lines.length > 0),
      '}',
      ...tokens,
      ...last.flatMap((_, at) => (at === 0 ? ['\\\\', '\\hline'] : ['\\hline'])),
      '\\end{array}',
    ],
  }
}

function middle([left, top, right, bottom]: SignBox, axis: 0 | 1): number {
  return axis === 0 ? (left + right) / 2 : (top + bottom) / 2
}

function countColumnsBefore(boxes: SignBox[][], columns: number[][], x: number): number {
  const before = boxes.flatMap((row, at) =>
    row.flatMap((box, cell) => (middle(box, 0) < x ? [columns[at]?.[cell] ?? 0] : [])),
  )
  return Math.max(-1, ...before) + 1
}

/** Columns of systems are set from the left, those of matrices in the middle; others as their cells stand. */
// eslint-disable-next-line @typescript-eslint/max-params -- what is known of one table, and nothing else ever holds it together
function describeColumns(
  boxes: SignBox[][],
  columns: number[][],
  width: number,
  bars: readonly number[],
  before: LinkedSign | undefined,
  hasLine: boolean,
): LatexToken[] {
  const kind =
    before === undefined
      ? undefined
      : before.token === '\\{'
        ? 'l'
        : fences.opening.has(before.token)
          ? 'c'
          : undefined
  const alignments = Array.from({ length: width }, (_, column) => {
    if (kind !== undefined) return kind
    if (width === 1) return hasLine ? 'r' : 'l'
    return alignmentOf(boxes.flatMap((row, at) => row.filter((_box, cell) => columns[at]?.[cell] === column)))
  })
  return alignments.flatMap((alignment, column) => [
    ...bars.filter((bar) => bar === column).map(() => '|'),
    alignment,
    ...(column === width - 1 ? bars.filter((bar) => bar >= width).map(() => '|') : []),
  ])
}

function alignmentOf(cells: readonly SignBox[]): string {
  const spread = (value: (box: SignBox) => number) => {
    const values = cells.map(value)
    return Math.max(...values) - Math.min(...values)
  }
  const [left, center, right] = [spread(([x]) => x), spread((box) => middle(box, 0)), spread(([, , x]) => x)]
  if (cells.length < 2 || (left <= center && left <= right)) return cells.length < 2 ? 'c' : 'l'
  return center <= right ? 'c' : 'r'
}

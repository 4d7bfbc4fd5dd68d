import type { SignBox } from '../spot/spotted-sign.ts'

/**
 * The column of every cell of every row, where empty cells are told only by the place they leave: cells whose ink overlaps from left to right
 * share a column, and each cell stands right of the one before it in its row.
 */
export function placeCells(rows: readonly (readonly SignBox[])[]): number[][] {
  const columns = findColumns(rows)
  return rows.map((row) => {
    let next = 0
    return row.map((box, at) => {
      const left = row.length - 1 - at
      const free = columns.length - left
      let best = Math.min(next, columns.length - 1)
      for (let column = next; column < free; column += 1)
        if (gap(columns[column], box) < gap(columns[best], box)) best = column
      next = best + 1
      return best
    })
  })
}

/** Extents of the columns: the cells of the fullest row, and those of other rows that overlap with none of them. */
function findColumns(rows: readonly (readonly SignBox[])[]): (readonly [number, number])[] {
  const fullest = Math.max(...rows.map((row) => row.length))
  let columns: (readonly [number, number])[] = []
  for (const row of [...rows].sort((one, other) => other.length - one.length)) {
    for (const [left, , right] of row) {
      const touched = columns.filter(([from, to]) => left < to && right > from)
      if (touched.length === 0) columns.push([left, right])
      else if (touched.length === 1 || row.length === fullest)
        columns = columns.map((column) =>
          column === touched[0] ? [Math.min(column[0], left), Math.max(column[1], right)] : column,
        )
    }
  }
  columns.sort(([one], [other]) => one - other)
  return columns.length < fullest ? spreadEvenly(rows, fullest) : columns
}

/** Where cells of different columns overlap, as in loose handwriting: the fullest row alone tells. */
function spreadEvenly(rows: readonly (readonly SignBox[])[], fullest: number): (readonly [number, number])[] {
  const row = rows.find(({ length }) => length === fullest) ?? []
  return row.map(([left, , right]) => [left, right] as const)
}

function gap(column: readonly [number, number] | undefined, [left, , right]: SignBox): number {
  if (!column) return Infinity
  const overlap = Math.min(right, column[1]) - Math.max(left, column[0])
  return overlap > 0 ? 0 - overlap / 1e6 : Math.abs((left + right - column[0] - column[1]) / 2)
}

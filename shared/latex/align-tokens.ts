/** Cells of the table beyond which only what is the same at both ends is paired. */
const mostCells = 4_000_000

/**
 * For each place of `one` its partner in `other`, -1 for none: as many pairs as there can be, in the order of both, what is the
 * same at both ends first.
 * @param isPair whether the elements at two places may be partners; sameness where it is left out
 */
export function alignTokens(
  one: readonly string[],
  other: readonly string[],
  isPair: (row: number, column: number) => boolean = (row, column) => one[row] === other[column],
): number[] {
  const partners = one.map(() => -1)
  let start = 0
  let [end, otherEnd] = [one.length, other.length]
  for (; start < Math.min(end, otherEnd) && isPair(start, start); start += 1) partners[start] = start
  for (; end > start && otherEnd > start && isPair(end - 1, otherEnd - 1); end -= 1, otherEnd -= 1)
    partners[end - 1] = otherEnd - 1
  const [rows, columns] = [end - start, otherEnd - start]
  if (rows === 0 || columns === 0 || rows * columns > mostCells) return partners
  const width = columns + 1
  const best = new Uint32Array((rows + 1) * width)
  const at = (row: number, column: number) => best[row * width + column] ?? 0
  for (let row = rows - 1; row >= 0; row -= 1)
    for (let column = columns - 1; column >= 0; column -= 1)
      best[row * width + column] = isPair(start + row, start + column)
        ? at(row + 1, column + 1) + 1
        : Math.max(at(row + 1, column), at(row, column + 1))
  for (let row = 0, column = 0; row < rows && column < columns;) {
    if (isPair(start + row, start + column)) {
      partners[start + row] = start + column
      row += 1
      column += 1
    } else if (at(row, column) === at(row + 1, column)) row += 1
    else column += 1
  }
  return partners
}

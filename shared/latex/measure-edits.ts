/** Number of tokens to insert, delete or replace. */
export function measureEdits(one: readonly string[], other: readonly string[]): number {
  let previous = Array.from({ length: other.length + 1 }, (_, at) => at)
  one.forEach((token, row) => {
    const current = [row + 1]
    other.forEach((wanted, column) => {
      const replaced = (previous[column] ?? 0) + (token === wanted ? 0 : 1)
      current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1))
    })
    previous = current
  })
  return previous.at(-1) ?? 0
}

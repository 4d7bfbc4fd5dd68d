/** One decision: the measures of each option, which was right, and how much it counts. */
export type Choice = {
  readonly options: readonly (readonly number[])[]
  readonly chosen: number
  readonly weight: number
}

/**
 * Weights w for which the probability of an option, exp(w·x) over the sum of all options', is highest for what was chosen. With the
 * options x and 0 this is logistic regression. Newton's method with a small pull towards 0: same choices, same weights.
 * @param pull strength of that pull for measures of size 1, in choices
 */
export function fitChoice(choices: readonly Choice[], pull: number): number[] {
  const size = choices[0]?.options[0]?.length ?? 0
  let weights = new Array<number>(size).fill(0)
  for (let round = 0; round < 40; round += 1) {
    const slope = weights.map((weight) => pull * weight)
    const curve = weights.map((_, row) => weights.map((_other, column) => (row === column ? pull : 0)))
    for (const { options, chosen, weight } of choices) {
      const shares = toShares(options.map((option) => dot(option, weights)))
      const mean = weights.map((_, at) =>
        options.reduce((sum, option, which) => sum + (shares[which] ?? 0) * (option[at] ?? 0), 0),
      )
      for (let row = 0; row < size; row += 1) {
        slope[row] = (slope[row] ?? 0) + weight * ((mean[row] ?? 0) - (options[chosen]?.[row] ?? 0))
        const line = curve[row]
        if (!line) continue
        for (let column = 0; column < size; column += 1) {
          let product = 0
          options.forEach((option, which) => {
            product +=
              (shares[which] ?? 0) *
              ((option[row] ?? 0) - (mean[row] ?? 0)) *
              ((option[column] ?? 0) - (mean[column] ?? 0))
          })
          line[column] = (line[column] ?? 0) + weight * product
        }
      }
    }
    const step = solve(curve, slope)
    const longest = Math.max(...step.map(Math.abs))
    // Far from the goal the parabola misleads: go at most one unit at a time.
    const damping = Math.min(1, 1 / Math.max(1e-12, longest))
    weights = weights.map((value, at) => value - damping * (step[at] ?? 0))
    if (longest < 1e-6) break
  }
  return weights
}

function dot(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0)
}

function toShares(scores: readonly number[]): number[] {
  const most = Math.max(...scores)
  const raised = scores.map((score) => Math.exp(score - most))
  const total = raised.reduce((sum, value) => sum + value, 0)
  return raised.map((value) => value / total)
}

/** Gauss with pivots. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, at) => [...row, right[at] ?? 0])
  const size = rows.length
  for (let column = 0; column < size; column += 1) {
    let pivot = column
    for (let row = column + 1; row < size; row += 1)
      if (Math.abs(rows[row]?.[column] ?? 0) > Math.abs(rows[pivot]?.[column] ?? 0)) pivot = row
    const [top, bottom] = [rows[column], rows[pivot]]
    if (!top || !bottom) continue
    rows[column] = bottom
    rows[pivot] = top
    for (let row = 0; row < size; row += 1) {
      const line = rows[row]
      if (row === column || !line) continue
      const factor = (line[column] ?? 0) / (bottom[column] ?? 1)
      for (let at = column; at <= size; at += 1) line[at] = (line[at] ?? 0) - factor * (bottom[at] ?? 0)
    }
  }
  return rows.map((row, at) => (row[size] ?? 0) / (row[at] ?? 1))
}

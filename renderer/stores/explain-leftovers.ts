/** Says that formulas stand as LaTeX where another format was wanted, and why the first of them does. */
export function explainLeftovers(problems: readonly string[], format: string): string {
  const [first = ''] = problems
  const what = problems.length === 1 ? 'One formula stays' : `${problems.length} formulas stay`
  return `${what} LaTeX, because it cannot be written as ${format}: ${first}`
}

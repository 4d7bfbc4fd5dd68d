/** How many lines the label has: rows of arrays that stand for lines of writing count like rows of matrices. */
export function nameLines({ wanted }: { readonly wanted: string }): string {
  const rows = wanted.split(/\\\\(?![a-z])/).length
  return rows === 1 ? '1 line' : rows > 4 ? '5 lines and more' : `${String(rows)} lines`
}

/** The range of label tokens. */
export function nameLength({ length }: { readonly length: number }): string {
  const edge = [10, 25, 50, 75].find((most) => length <= most)
  return edge === undefined ? 'over 75 tokens' : `up to ${String(edge)} tokens`
}

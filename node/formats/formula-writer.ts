/** How one format writes what an image says: a formula by itself, or prose with formulas in it. */
export type FormulaWriter = {
  /** A formula by itself. */
  readonly alone: (latex: string) => string
  /** A formula within prose; `source` has the delimiters that it had. */
  readonly inside: (math: InsideMath) => string
  /** A stretch of prose, whose lines end where they end in the image. */
  readonly prose: (text: string) => string
  /** Puts around prose with its formulas what the format needs there. */
  readonly passage?: (text: string) => string
  /** Several formulas, each by itself, as one; absent: one after the other. */
  readonly together?: (formulas: readonly string[]) => string
}

export type InsideMath = {
  readonly latex: string
  readonly kind: 'inline' | 'display'
  readonly source: string
}

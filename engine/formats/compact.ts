import type { LatexToken } from '../../shared/latex/tokens.ts'
import { joinCompact } from '../../shared/latex/write.ts'

/** Compact LaTeX with its arrays as the text behaviour has them: `\begin{array}{ll}x^{2} & y \\ …`. */
export function writeCompact(tokens: readonly LatexToken[]): string {
  return joinCompact(tokens).replace(
    /(\\begin\{array\}\{)([^}]*)\} ?/g,
    (_, begin: string, columns: string) => `${begin}${columns.replaceAll(' ', '')}}`,
  )
}

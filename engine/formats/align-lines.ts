import type { LatexToken, Tokens } from '../../shared/latex/tokens.ts'
import { findWholeArray } from './token-groups.ts'

const words = (list: string): ReadonlySet<LatexToken> => new Set(list.split(' '))

/** What lines are aligned at, the first kind that a line has. */
const relations: readonly ReadonlySet<LatexToken>[] = [
  words(
    '= < > \\leq \\geq \\leqslant \\geqslant \\leqq \\geqq \\neq \\approx \\equiv \\sim \\simeq \\cong \\propto \\ll \\gg \\doteq \\triangleq \\lesssim \\gtrsim \\prec \\succ \\preceq \\succeq',
  ),
  words('\\in \\notin \\subset \\subseteq \\supset \\supseteq \\vdash \\models \\mapsto'),
  words(
    '\\rightarrow \\leftarrow \\leftrightarrow \\Rightarrow \\Leftarrow \\Leftrightarrow \\rightleftharpoons',
  ),
]
const opening = /^(?:[([{]|\\\{|\\left.*|\\begin\{.*)$/
const closing = /^(?:[)\]}]|\\\}|\\right(?![a-z]).*|\\end\{.*)$/

/**
 * Lines of a derivation as `aligned`, with `&` before the relation of each; a line without one goes on behind it. What is no
 * derivation (fewer than two lines with a relation, or than half of them) stays as it is.
 */
export function alignLines(tokens: Tokens): LatexToken[] {
  const lines = findWholeArray(tokens)
  if (lines?.columns.join('') !== 'l' || lines.rows.flat().includes('\\hline')) return [...tokens]
  const places = lines.rows.map(findRelation)
  const found = places.filter((at) => at !== undefined).length
  if (found < 2 || found * 2 < places.length) return [...tokens]
  const rows = lines.rows.flatMap((row, index) => {
    const at = places[index] ?? 0
    return [...(index > 0 ? ['\\\\'] : []), ...row.slice(0, at), '&', ...row.slice(at)]
  })
  return ['\\begin{aligned}', ...rows, '\\end{aligned}']
}

function findRelation(row: Tokens): number | undefined {
  for (const kind of relations) {
    let depth = 0
    for (const [at, token] of row.entries()) {
      if (opening.test(token) && !/^\\left[a-z]/.test(token)) depth += 1
      else if (closing.test(token)) depth -= 1
      else if (depth <= 0 && kind.has(token)) return at
    }
  }
  return undefined
}

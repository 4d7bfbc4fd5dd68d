import type { LatexToken } from '../../../shared/latex/tokens.ts'
import type { LinkedSign, Relation } from './sign-tree.ts'
import { TreeView } from './tree-view.ts'

/** What hangs on a sign, in the order in which it is written: before the sign, after it, and what follows in the row. */
const before: readonly Relation[] = ['presubscript', 'presuperscript']
const inner: readonly Relation[] = ['index', 'inside', 'over', 'under', 'subscript', 'superscript']
const following: readonly Relation[] = [
  'letter',
  'word',
  'right',
  'wide',
  'cell',
  'row',
  'rule',
  'after',
  'tag',
]

/**
 * The sign that each token was written from: its place in the list, -1 for marks of structure. Tokens and signs are both in the
 * order of writing, nearly, so the longest common subsequence of their names tells; what spells several letters as one (`\sin`)
 * is of the first of them.
 */
export function traceTokens(tokens: readonly LatexToken[], signs: readonly LinkedSign[]): number[] {
  const order = listInOrder(new TreeView(signs))
  const width = order.length + 1
  const best = new Int32Array((tokens.length + 1) * width)
  const isPair = (row: number, column: number) => isWrittenAs(signs, order, column, tokens[row] ?? '')
  for (let row = tokens.length - 1; row >= 0; row -= 1)
    for (let column = order.length - 1; column >= 0; column -= 1)
      best[row * width + column] = Math.max(
        best[(row + 1) * width + column] ?? 0,
        best[row * width + column + 1] ?? 0,
        isPair(row, column) ? (best[(row + 1) * width + column + 1] ?? 0) + 1 : 0,
      )
  const traced = tokens.map(() => -1)
  for (let row = 0, column = 0; row < tokens.length && column < order.length;) {
    const here = best[row * width + column] ?? 0
    if (isPair(row, column) && here === (best[(row + 1) * width + column + 1] ?? 0) + 1) {
      traced[row] = order[column] ?? -1
      row += 1
      column += 1
    } else if (here === best[(row + 1) * width + column]) row += 1
    else column += 1
  }
  return traced
}

function listInOrder(tree: TreeView): number[] {
  const order: number[] = []
  const seen = new Set<number>()
  const walk = (at: number) => {
    if (seen.has(at)) return
    seen.add(at)
    for (const child of tree.find(at, ...before)) walk(child)
    order.push(at)
    for (const relation of [...inner, ...following]) for (const child of tree.find(at, relation)) walk(child)
  }
  if (tree.root >= 0) walk(tree.root)
  return order
}

/** Whether a token spells a sign, or the word that begins with it. */
function isWrittenAs(
  signs: readonly LinkedSign[],
  order: readonly number[],
  column: number,
  token: LatexToken,
): boolean {
  const sign = signs[order[column] ?? -1]
  if (!sign) return false
  if (sign.token === token) return true
  if (token.startsWith('\\left') || token.startsWith('\\right')) return token.endsWith(sign.token)
  if (!/^\\[a-z]{2,}$/.test(token) || sign.spelling === 'plain') return false
  const letters = token.slice(1)
  return (
    letters.startsWith(sign.token) &&
    order
      .slice(column, column + letters.length)
      .map((at) => signs[at]?.token ?? '')
      .join('') === letters
  )
}

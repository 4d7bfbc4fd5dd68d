import type { LatexToken } from '../../../shared/latex/tokens.ts'
import { alignTokens } from '../../../shared/latex/align-tokens.ts'
import { findDrawn, nameDrawn } from '../../../shared/latex/drawn-tokens.ts'
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
  const tree = new TreeView(signs)
  const order = listInOrder(tree)
  return pairInOrder(tokens, tree, order).map((column) => order[column] ?? -1)
}

/** The signs of a token; `isSame` where they say the same, otherwise they are what was read in its place. */
export type TracedToken = { readonly signs: readonly number[]; readonly isSame: boolean }

/** For each token of any reading of the same ink its signs: all letters of a name, and what stands where the two readings differ. */
export function traceSigns(tokens: readonly LatexToken[], signs: readonly LinkedSign[]): TracedToken[] {
  const tree = new TreeView(signs)
  const order = listInOrder(tree)
  const columns = pairInOrder(tokens, tree, order)
  const traced = columns.map((column, row): TracedToken => {
    const at = order[column]
    return {
      signs: at === undefined ? [] : (findWritten(tree, at, tokens[row] ?? '') ?? []),
      isSame: at !== undefined,
    }
  })
  const taken = new Set(traced.flatMap((token) => token.signs))
  for (const { rows, from, to } of findGaps(findDrawn(tokens), columns, order.length)) {
    const between = order.slice(from, to).filter((at) => !taken.has(at))
    const isOneToOne = between.length === rows.length
    rows.forEach((row, at) => {
      traced[row] = { signs: isOneToOne ? between.slice(at, at + 1) : between, isSame: false }
    })
  }
  return traced
}

type Gap = { readonly rows: readonly number[]; readonly from: number; readonly to: number }

/** Runs of drawn tokens without a sign, each with the stretch of signs between those of its neighbours. */
function findGaps(drawn: readonly number[], columns: readonly number[], signs: number): Gap[] {
  const gaps: Gap[] = []
  let rows: number[] = []
  let from = 0
  const close = (to: number) => {
    if (rows.length > 0) gaps.push({ rows, from, to })
    rows = []
  }
  for (const row of drawn) {
    const column = columns[row] ?? -1
    if (column < 0) rows.push(row)
    else {
      close(column)
      from = column + 1
    }
  }
  close(signs)
  return gaps
}

function pairInOrder(tokens: readonly LatexToken[], tree: TreeView, order: readonly number[]): number[] {
  const names = order.map((at) => tree.sign(at).token)
  return alignTokens(tokens, names, (row, column) => {
    const at = order[column]
    return at !== undefined && findWritten(tree, at, tokens[row] ?? '') !== undefined
  })
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

/** The signs that a token spells, from a certain one on: that alone, or the letters of the name that it begins. */
function findWritten(tree: TreeView, at: number, token: LatexToken): readonly number[] | undefined {
  const sign = tree.sign(at)
  if (sign.token === token || sign.token === nameDrawn(token)) return [at]
  if (!/^\\[a-z]{2,}$/.test(token) || sign.spelling === 'plain') return undefined
  const letters = [at]
  while (letters.length < token.length - 1) {
    const [next] = tree.find(letters.at(-1) ?? at, 'letter')
    if (next === undefined) return undefined
    letters.push(next)
  }
  return letters.map((letter) => tree.sign(letter).token).join('') === token.slice(1) ? letters : undefined
}

import { functionNames } from '../../../shared/latex/tables.ts'
import type { LatexToken } from '../../../shared/latex/tokens.ts'
import type { Spelling } from './sign-tree.ts'
import type { TreeView } from './tree-view.ts'

/** The letters of a name or of a text, or a single sign. */
export type SignRun = { readonly signs: readonly number[]; readonly last: number }

/** The run that a sign begins. */
export function readRun(tree: TreeView, first: number, isCell: boolean): SignRun {
  const signs = [first]
  for (;;) {
    const last = signs.at(-1) ?? first
    // The first cell of a table may hold a word as well.
    const isInTable = signs.length > 1 || !isCell
    if (isInTable && tree.isTableHead(last)) return { signs, last }
    const [next, ...others] = tree.find(last, 'letter', 'word')
    if (next === undefined || others.length > 0 || tree.isTableHead(next)) return { signs, last }
    signs.push(next)
  }
}

/** A run as the command that most of its letters are spelled with, functions by their names. */
export function spellRun(tree: TreeView, { signs }: SignRun): LatexToken[] {
  const letters = signs.map((at) => tree.sign(at).token)
  const name = letters.join('')
  const spelling = chooseSpelling(signs.map((at) => tree.sign(at).spelling))
  if (spelling === 'operatorname' || spelling === 'mathrm') {
    if (name === 'mod') return ['\\bmod']
    if (spelling === 'operatorname' && functionNames.has(`\\${name}`)) return [`\\${name}`]
  }
  if (spelling === 'plain') return letters
  if (spelling !== 'text') return [`\\${spelling}`, '{', ...letters, '}']
  return [
    '\\text',
    '{',
    ...signs.flatMap((at, place) => {
      const { token, relation } = tree.sign(at)
      return place > 0 && relation === 'word' ? [' ', token] : [token]
    }),
    '}',
  ]
}

function chooseSpelling(spellings: readonly Spelling[]): Spelling {
  const counts = new Map<Spelling, number>()
  for (const spelling of spellings) counts.set(spelling, (counts.get(spelling) ?? 0) + 1)
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0] ?? 'plain'
}

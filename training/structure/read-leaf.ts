import { functionNames } from '../../shared/latex/tables.ts'
import type { SignGroup } from '../generate/signs/find-signs.ts'
import type { Item, TreeBuilder } from './tree-builder.ts'

/** Links the signs of a letter, a number, an operator or a text: the letters of names and words as such, the figures of a number as items of the row. */
export function readLeaf(tree: TreeBuilder, node: SignGroup): Item | undefined {
  const [first, ...others] = node.signs
  if (first === undefined) return undefined
  const isText = node.name === 'mtext'
  const isName = !isText && node.signs.length > 1 && node.signs.every((at) => tree.isUprightLetter(at))
  if (isText) for (const at of node.signs) tree.spell(at, 'text')
  let last = first
  others.forEach((sign, at) => {
    const hasBlank = isText && node.blanks.includes(at + 1)
    tree.hang(sign, last, !isText && !isName ? 'right' : hasBlank ? 'word' : 'letter')
    last = sign
  })
  if (isName) {
    const isFunction =
      node.name === 'mo' || functionNames.has(`\\${node.signs.map((at) => tree.token(at)).join('')}`)
    if (isFunction) tree.nameFunction(node.signs)
    else for (const at of node.signs) tree.spell(at, 'mathrm')
  }
  return { first, last, isTable: false }
}

/** Makes the name of a function of the upright letters that end with a sign. */
export function nameFunction(tree: TreeBuilder, last: number): void {
  if (!tree.isUprightLetter(last)) return
  const letters = [last]
  for (let at = tree.letterBefore(last); at !== undefined; at = tree.letterBefore(at)) letters.unshift(at)
  tree.nameFunction(letters)
}

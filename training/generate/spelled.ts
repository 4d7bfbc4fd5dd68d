const words = new Set([
  '\\text',
  '\\mathrm',
  '\\operatorname',
  '\\mathbf',
  '\\mathit',
  '\\mathsf',
  '\\mathtt',
])
const shortest = 4

/**
 * Whether letters follow each other as in a name of a program (`c o m b`): only the italics of a math typeface tell them
 * from a word, so in other faces such a formula has no label that a reader could find.
 */
export function isSpelled(label: readonly string[]): boolean {
  let [run, word] = [0, false]
  for (const token of label) {
    if (words.has(token)) word = true
    else if (token === '}') word = false
    run = !word && /^[a-zA-Z]$/.test(token) ? run + 1 : 0
    if (run >= shortest) return true
  }
  return false
}

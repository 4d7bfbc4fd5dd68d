/** Signs drawn in more or fewer pieces of ink than one. */
const pieceCounts: ReadonlyMap<string, number> = new Map([
  ...pairs(
    'i j = : ; ! ? " \\% \\leq \\geq \\leqslant \\geqslant \\pm \\mp \\simeq \\approx \\| \\left\\| \\right\\| \\Theta',
    2,
  ),
  ...pairs('\\preceq \\succeq \\subseteq \\supseteq \\subsetneq \\parallel \\models \\ddot \\odot \\iint', 2),
  ...pairs(
    '\\div \\equiv \\cong \\ldots \\cdots \\vdots \\ddots \\therefore \\because \\dddot \\iiint \\Xi \\doteq',
    3,
  ),
  ...pairs('\\longdiv', 1),
  ...pairs('{ } ^ _ & \\\\ \\begin{array} \\end{array} \\left. \\right. \\quad \\~', 0),
  ...pairs(
    '\\text \\operatorname \\mathrm \\mathbf \\mathbb \\mathcal \\mathfrak \\overset \\underset \\stackrel \\not',
    0,
  ),
  ...pairs('\\tag \\binom', 2),
])

/** Operators that are written with their name's letters. */
const names = new Set(
  'sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth log ln lg exp lim max min sup inf limsup liminf det dim ker gcd deg arg Pr bmod'.split(
    ' ',
  ),
)

function pairs(signs: string, count: number): [string, number][] {
  return signs.split(' ').map((sign) => [sign, count])
}

/** About how many connected pieces of ink a formula has when every sign stands apart. */
export function countPieces(tokens: readonly string[]): number {
  let count = 0
  tokens.forEach((token, at) => {
    // The column letters of an array are not drawn.
    if (token === '{' && tokens[at - 1] === '\\begin{array}') {
      count -= Math.max(0, tokens.indexOf('}', at) - at - 1)
      return
    }
    if (token === ' ') return
    const name = token.slice(1)
    count += names.has(name) ? name.length + (name.split('i').length - 1) : (pieceCounts.get(token) ?? 1)
  })
  return Math.max(0, count)
}

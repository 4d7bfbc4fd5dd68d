import type { LatexToken } from './tokens.ts'

/** Marks of structure, blanks and delimiters of mathematics. */
const silentMark = /^(?:[{}^_&$~\s]|\\(?:begin|end)\{.*\}|\\(?:left|right)\.|\\[\\()[\] ,;:!>/])$/
/** Commands that only arrange or letter what follows them. */
const silentCommands: ReadonlySet<LatexToken> = new Set(
  (
    'quad qquad displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits left right ' +
    'binom overset underset stackrel tag text textrm textbf textit textnormal mbox hbox ' +
    'operatorname operatorname* mathrm mathbf mathit mathbb mathcal mathscr mathfrak mathsf mathtt boldsymbol'
  )
    .split(' ')
    .map((name) => `\\${name}`),
)

/** The places of the tokens that put ink on paper, as a letter, a bar or a bracket does. */
export function findDrawn(tokens: readonly LatexToken[]): number[] {
  const drawn: number[] = []
  const silent = new Set<number>()
  tokens.forEach((token, at) => {
    const next = tokens[at + 1]
    // Columns of an array, and the brackets around the index of a root.
    if (token.startsWith('\\begin{') && next === '{') addBetween(silent, at + 1, tokens.indexOf('}', at + 1))
    if (token === '\\sqrt' && next === '[') silent.add(at + 1).add(tokens.indexOf(']', at + 1))
    if (!silent.has(at) && !silentMark.test(token) && !silentCommands.has(token)) drawn.push(at)
  })
  return drawn
}

/** What a token draws, whichever way it is spelled: `\left(` is a `(`. */
export function nameDrawn(token: LatexToken): LatexToken {
  return token.replace(/^\\(?:left|right|middle)(?![a-z]|$)/, '')
}

function addBetween(places: Set<number>, from: number, to: number): void {
  for (let at = from; at <= to; at += 1) places.add(at)
}

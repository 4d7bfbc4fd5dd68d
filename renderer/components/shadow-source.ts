import type { LocatedToken } from '../../shared/latex/tokens.ts'

/** Colours that stand for tokens: the first of them, then one more for each. Nobody sees them. */
const FIRST_COLOUR = 0x0a0000

const colourOf = (at: number) => `\\color{#${(FIRST_COLOUR + at).toString(16).padStart(6, '0')}}`

/** The token that a colour of `rgb(…)` stands for. */
export function tokenOfColour(colour: string): number | undefined {
  const parts = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(colour)
  if (!parts) return undefined
  const [red, green, blue] = parts.slice(1).map(Number)
  const at = ((red ?? 0) << 16) + ((green ?? 0) << 8) + (blue ?? 0) - FIRST_COLOUR
  return at >= 0 && at < 0x010000 ? at : undefined
}

/** What stands beside a word that needs it: a brace around the word alone would part them. */
const besidesLimits = /^\s*(?:[_^]|\\(?:no)?limits(?![A-Za-z])|[{[])/
const middleDelimiter = /^\\middle(?![a-z])/
/** A closing one takes the colour that was switched to last. */
const pairedDelimiter = /^\\(?:left|right)(?![a-z])/
const sizesDelimiter = /\\[bB]igg?[lrm]?\s*$/

/**
 * The same source with a colour for each of the tokens, by its index. A colour changes neither what is drawn nor its order, so what is
 * typeset of it tells which token each piece of ink belongs to.
 * @param wanted the indices of the tokens that are coloured
 */
export function colourTokens(
  latex: string,
  tokens: readonly LocatedToken[],
  wanted: readonly number[],
): string {
  let [coloured, end] = ['', 0]
  for (const at of wanted) {
    const token = tokens[at]
    if (!token) continue
    const { from, to } = token
    const [before, piece] = [latex.slice(0, from), latex.slice(from, to)]
    if (middleDelimiter.test(piece) || sizesDelimiter.test(before)) continue
    coloured += latex.slice(end, from)
    const isSwitch =
      pairedDelimiter.test(piece) ||
      sizesDelimiter.test(piece) ||
      (piece.length > 1 && besidesLimits.test(latex.slice(to)))
    coloured += isSwitch ? `${colourOf(at)}${piece}` : `{${colourOf(at)}${piece}}`
    end = to
  }
  return coloured + latex.slice(end)
}

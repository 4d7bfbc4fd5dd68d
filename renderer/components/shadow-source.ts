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

/** Words that take what follows them, so that a brace around them alone would leave them with nothing. */
const takesMore =
  /^\\(?:[dt]?frac|c?frac|[dt]?binom|genfrac|sqrt|x[A-Za-z]*arrow|(?:over|under)[a-z]+|wide[a-z]+|hat|check|tilde|acute|grave|dot|ddot|dddot|breve|bar|vec|mathring|not|overset|underset|stackrel|boxed|fbox|cancel|bcancel|xcancel|sout|phantom|[bB]igg?[lrm]?|limits|nolimits|color|textcolor|math[a-z]+|text[a-z]*|operatorname)\*?$/
const besidesLimits = /^\s*(?:[_^]|\\(?:no)?limits(?![A-Za-z])|[{[])/
const closesPair = /^\\(?:right|middle)(?![a-z])/
const opensPair = /^\\left(?![a-z])/
const sizesDelimiter = /\\[bB]igg?[lrm]?\s*$/

/**
 * The same source with a colour for each of the tokens, by its index. A colour changes neither what is drawn nor its order, so what is
 * typeset of it tells which token each piece of ink belongs to. A paired delimiter gives its colour to its partner.
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
    if (closesPair.test(piece) || sizesDelimiter.test(before)) continue
    coloured += latex.slice(end, from)
    const isSwitch =
      opensPair.test(piece) ||
      takesMore.test(piece) ||
      (piece.length > 1 && besidesLimits.test(latex.slice(to)))
    coloured += isSwitch ? `${colourOf(at)}${piece}` : `{${colourOf(at)}${piece}}`
    end = to
  }
  return coloured + latex.slice(end)
}

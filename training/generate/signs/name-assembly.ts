type Coded = { readonly code: string }

/** Upper and lower ends of brackets that are built of pieces, and what the bracket is with both, one or none of them. */
const brackets: readonly {
  readonly pieces: RegExp
  readonly upper: string
  readonly lower: string
  readonly names: readonly [string, string, string]
}[] = [
  { pieces: /^(?:ext-)?239[BCD]$/, upper: '239B', lower: '239D', names: ['(', '(', '('] },
  { pieces: /^(?:ext-)?(?:239[EF]|23A0)$/, upper: '239E', lower: '23A0', names: [')', ')', ')'] },
  { pieces: /^(?:ext-)?23A[123]$/, upper: '23A1', lower: '23A3', names: ['[', '\\lceil', '\\lfloor'] },
  { pieces: /^(?:ext-)?23A[456]$/, upper: '23A4', lower: '23A6', names: [']', '\\rceil', '\\rfloor'] },
  { pieces: /^(?:ext-)?23A[789A]$/, upper: '23A7', lower: '23A9', names: ['\\{', '\\{', '\\{'] },
  { pieces: /^(?:ext-)?23A[BCDA]$/, upper: '23AB', lower: '23AD', names: ['\\}', '\\}', '\\}'] },
]

/** Heads of long arrows; one font has the left head under the code point of the arrow with two. */
const arrows: readonly (readonly [readonly string[], string])[] = [
  [['2190', '2192'], '\\leftrightarrow'],
  [['2194', '2192'], '\\leftrightarrow'],
  [['2192'], '\\rightarrow'],
  [['2190'], '\\leftarrow'],
  [['2194'], '\\leftarrow'],
]

const stretched: readonly (readonly [RegExp, string])[] = [
  [/^(?:ext-)?(?:2016|2225)$/, '\\|'],
  [/^(?:ext-)?(?:7C|2223|23D0|23AA)$/, '|'],
  [/^(?:23DE|E150|E13B)$/, '\\overbrace'],
  [/^(?:23DF|E152|E13D)$/, '\\underbrace'],
  [/^(?:ext-)?(?:2013|2015|305|332|AF)$/, '\\overline'],
]

/** Whether two heads make one arrow with nothing between them. */
export function isArrowOfTwo(pieces: readonly Coded[]): boolean {
  return pieces.length === 2 && pieces.every(({ code }) => ['2190', '2192', '2194'].includes(code))
}

/** The token of a sign that is built of several pieces; `undefined` when it is not one, or is named like its first piece. */
export function nameAssembly(pieces: readonly Coded[], hasExtender: boolean): string | undefined {
  const codes = pieces.map(({ code }) => code)
  for (const { pieces: known, upper, lower, names } of brackets) {
    if (!codes.some((code) => known.test(code) && code !== 'ext-23AA')) continue
    if (codes.includes(upper) === codes.includes(lower)) return names[0]
    return codes.includes(upper) ? names[1] : names[2]
  }
  if (!hasExtender) return undefined
  const ends = codes.filter((code) => !code.startsWith('ext-'))
  const arrow = arrows.find(([heads]) => heads.every((head) => ends.includes(head)))
  if (arrow) return arrow[1]
  // A brace is told by its first piece: the same curves make both kinds.
  return stretched.find(([shape]) => shape.test(codes[0] ?? ''))?.[1]
}

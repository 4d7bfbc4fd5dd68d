/** A formula without the sentence's marks: `(x,` gives `(`, `x`, `,`. */
export function trimFormula(tokens: readonly string[]): {
  before: string
  tokens: readonly string[]
  after: string
} {
  let from = 0
  let to = tokens.length
  let before = ''
  let after = ''
  for (;;) {
    const last = tokens[to - 1] ?? ''
    const isMark = /^[.,;:!?]$/.test(last) && last !== '!'
    const isLoneBracket = last === ')' && count(tokens, from, to, '(') < count(tokens, from, to, ')')
    if (to - from <= 1 || !(isMark || isLoneBracket)) break
    after = last + after
    to -= 1
  }
  while (
    to - from > 1 &&
    tokens[from] === '(' &&
    count(tokens, from, to, ')') < count(tokens, from, to, '(')
  ) {
    before += '('
    from += 1
  }
  return { before, tokens: tokens.slice(from, to), after }
}

function count(tokens: readonly string[], from: number, to: number, sign: string): number {
  const family = sign === '(' ? ['(', '\\left('] : [')', '\\right)', ']']
  return tokens.slice(from, to).filter((token) => family.includes(token)).length
}

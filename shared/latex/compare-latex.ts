import { alignTokens } from './align-tokens.ts'
import { locateTokens } from './tokens.ts'

export type ComparedPart = { readonly kind: 'same' | 'gone' | 'new'; readonly text: string }

/** What became of one source in another, token by token; blanks belong to the token before them and count for nothing. */
export function compareLatex(before: string, after: string): ComparedPart[] {
  const old = locateTokens(before)
  const now = locateTokens(after)
  const partners = alignTokens(
    old.map(({ token }) => token),
    now.map(({ token }) => token),
  )
  const parts: ComparedPart[] = []
  const add = (kind: ComparedPart['kind'], text: string) => {
    const last = parts.at(-1)
    if (last?.kind === kind) parts[parts.length - 1] = { kind, text: last.text + text }
    else if (text !== '') parts.push({ kind, text })
  }
  const textOf = (source: string, tokens: readonly { from: number }[], at: number) =>
    source.slice(tokens[at]?.from ?? 0, tokens[at + 1]?.from ?? source.length)
  let next = 0
  partners.forEach((partner, at) => {
    if (partner < 0) {
      add('gone', textOf(before, old, at))
      return
    }
    for (; next < partner; next += 1) add('new', textOf(after, now, next))
    add('same', textOf(after, now, partner))
    next = partner + 1
  })
  for (; next < now.length; next += 1) add('new', textOf(after, now, next))
  return parts
}

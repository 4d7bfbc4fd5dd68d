import { locateTokens } from './tokens.ts'

/** `plain`: the signs as they stand; `token`: whole tokens of LaTeX, so that `\in` is not in `\int`; `pattern`: a regular expression. */
export type SearchMode = 'plain' | 'token' | 'pattern'

export type Search = {
  readonly find: string
  /** In a pattern `$1` and `$<name>` stand for groups. */
  readonly replace: string
  readonly mode: SearchMode
}

export type Replaced = { readonly latex: string; readonly count: number }

/** Why a pattern cannot be used; undefined when it can. */
export function findPatternMistake({ find, mode }: Search): string | undefined {
  if (mode !== 'pattern') return undefined
  try {
    new RegExp(find, 'gu')
    return undefined
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).replace(/^.*: (?=[^:]+$)/, '')
  }
}

/** What becomes of a source, and in how many places; undefined where nothing is found. A pattern may take any time: see `findInAll`. */
export function replaceInLatex(latex: string, { find, replace, mode }: Search): Replaced | undefined {
  if (find === '') return undefined
  if (mode === 'token') return replaceTokens(latex, find, replace)
  if (mode === 'plain') {
    const parts = latex.split(find)
    return parts.length === 1 ? undefined : { latex: parts.join(replace), count: parts.length - 1 }
  }
  const pattern = new RegExp(find, 'gu')
  const count = [...latex.matchAll(pattern)].filter(([found]) => found !== '').length
  return count === 0 ? undefined : { latex: latex.replace(pattern, replace), count }
}

function replaceTokens(latex: string, find: string, replace: string): Replaced | undefined {
  const wanted = locateTokens(find)
  const tokens = locateTokens(latex)
  if (wanted.length === 0) return undefined
  let written = ''
  let end = 0
  let count = 0
  for (let at = 0; at + wanted.length <= tokens.length; at += 1) {
    if (!wanted.every(({ token }, place) => tokens[at + place]?.token === token)) continue
    const from = tokens[at]?.from ?? 0
    written += latex.slice(end, from) + replace
    end = tokens[at + wanted.length - 1]?.to ?? from
    // A command and a letter behind it would become another command.
    if (/\\[A-Za-z]+$/.test(replace) && /^[A-Za-z]/.test(latex.slice(end))) written += ' '
    at += wanted.length - 1
    count += 1
  }
  return count === 0 ? undefined : { latex: written + latex.slice(end), count }
}

import { textCommands } from './tables.ts'

/**
 * A token is one word of the engine's alphabet: a control word (`\frac`), a control symbol (`\{`), one character, a paired
 * delimiter (`\left(`), an environment mark (`\begin{array}`), or, inside `\text { … }` only, one blank.
 */
export type LatexToken = string
export type Tokens = readonly LatexToken[]

const controlWord = /^\\[A-Za-z]+\*?/
const environmentMark = /^\\(?:begin|end)\s*\{\s*([A-Za-z]+\*?)\s*\}/
const pairedDelimiter = /^\\(?:left|right|middle)\s*(\\[{}|]|\\[A-Za-z]+|[^\s\\])/

/** Marks that stay apart although a letter follows, such as `\left` without any delimiter. */
const starredWords = new Set(['\\operatorname*'])

/**
 * Splits LaTeX into tokens. Blanks between tokens are dropped, except inside text arguments, where runs of blanks become one
 * `' '` token and the ends are trimmed. Never throws: unknown characters become tokens of their own.
 */
export function splitLatex(latex: string): LatexToken[] {
  const tokens: LatexToken[] = []
  let rest = latex
  while (rest !== '') {
    const blank = /^\s+/.exec(rest)
    if (blank) {
      rest = rest.slice(blank[0].length)
      continue
    }
    const { token, length } = readToken(rest)
    tokens.push(token)
    rest = rest.slice(length)
    if (textCommands.has(token)) {
      const argument = readTextArgument(rest)
      if (argument) {
        tokens.push('{', ...splitText(argument.content), '}')
        rest = rest.slice(argument.length)
      }
    }
  }
  return tokens
}

export type LocatedToken = { readonly token: LatexToken; readonly from: number; readonly to: number }

/** The tokens of a source, each with its place in it. Text arguments are read letter by letter, like everything else. */
export function locateTokens(latex: string): LocatedToken[] {
  const located: LocatedToken[] = []
  for (let from = 0; from < latex.length;) {
    const rest = latex.slice(from)
    const blank = /^\s+/.exec(rest)
    if (blank) {
      from += blank[0].length
      continue
    }
    const { token, length } = readToken(rest)
    located.push({ token, from, to: from + length })
    from += length
  }
  return located
}

function readToken(source: string): { token: LatexToken; length: number } {
  const environment = environmentMark.exec(source)
  if (environment) {
    const kind = source.startsWith('\\begin') ? 'begin' : 'end'
    return { token: `\\${kind}{${environment[1] ?? ''}}`, length: environment[0].length }
  }
  const paired = pairedDelimiter.exec(source)
  if (paired && !/^\\(?:left|right)[a-z]/.test(source)) {
    const side = /^\\(left|right|middle)/.exec(source)?.[1] ?? 'left'
    return { token: `\\${side}${paired[1] ?? '.'}`, length: paired[0].length }
  }
  const word = controlWord.exec(source)
  if (word) {
    const full = word[0]
    const token = full.endsWith('*') && !starredWords.has(full) ? full.slice(0, -1) : full
    return { token, length: token.length }
  }
  const symbolLength = source.startsWith('\\') && source.length > 1 ? 2 : 1
  const token = symbolLength === 2 ? source.slice(0, 2) : (/^[\s\S]/u.exec(source)?.[0] ?? source.slice(0, 1))
  return { token, length: token.length }
}

function readTextArgument(source: string): { content: string; length: number } | undefined {
  const start = /^\s*\{/.exec(source)
  if (!start) return undefined
  let depth = 1
  for (let at = start[0].length; at < source.length; at += 1) {
    const character = source[at]
    if (character === '\\') at += 1
    else if (character === '{') depth += 1
    else if (character === '}') depth -= 1
    if (depth === 0) return { content: source.slice(start[0].length, at), length: at + 1 }
  }
  return { content: source.slice(start[0].length), length: source.length }
}

function splitText(content: string): LatexToken[] {
  const words = content
    .replace(/\\[ ,;:!]|~/g, ' ')
    .replace(/[{}$]|\\[()]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  return words.match(/\\[A-Za-z]+|\\.|[\s\S]/gu) ?? []
}

import { functionNames } from './tables.ts'
import type { LatexToken } from './tokens.ts'

const spelledCommands = new Set(['\\operatorname', '\\mathrm', '\\text', '\\tag'])

/**
 * Tokens as the latex behaviour writes them: single blanks between tokens, digits of one number and the letters of a name
 * joined, words in `\text` padded: `12 + 5 x - 8 = 12 x - 10`, `\frac { x ^ { 2 } } { 3 }`, `\text { if }`.
 */
export function joinTokens(tokens: readonly LatexToken[]): string {
  return mergeWords(tokens)
    .map((word) => word.text)
    .join(' ')
}

/** Tokens as `rm_spaces` writes them: `\lim _{x \rightarrow 3}\left(\frac{x^{2}+9}{x-3}\right)`, `5 x`, `\text { if } x`. */
export function joinCompact(tokens: readonly LatexToken[]): string {
  const words = joinColumns(mergeWords(tokens))
  let output = ''
  let previous: Word | undefined
  for (const word of words) {
    if (previous && needsSpace(previous, word)) output += ' '
    output += word.text
    previous = word
  }
  return output
}

type TokenKind =
  'letter' | 'number' | 'symbol' | 'function' | 'command' | 'fence' | 'open' | 'close' | 'mark' | 'text'
type Word = { text: string; kind: TokenKind }

/** Joins what belongs together: numbers, names, words, `{ l l }`. */
function mergeWords(tokens: readonly LatexToken[]): Word[] {
  const words: Word[] = []
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] ?? ''
    if (spelledCommands.has(token) && tokens[at + 1] === '{') {
      const end = tokens.indexOf('}', at + 2)
      const letters = tokens.slice(at + 2, end < 0 ? tokens.length : end).join('')
      words.push({ text: token, kind: 'command' })
      if (token === '\\text') {
        words.pop()
        words.push({ text: `\\text { ${letters} }`, kind: 'text' })
      } else
        words.push(
          { text: '{', kind: 'open' },
          { text: letters, kind: 'letter' },
          { text: '}', kind: 'close' },
        )
      at = end < 0 ? tokens.length : end
    } else if (/^\d$/.test(token)) {
      const number = readNumber(tokens, at)
      words.push({ text: number, kind: 'number' })
      at += number.length - 1
    } else words.push({ text: token, kind: classify(token) })
  }
  return words
}

/** `{ l l }` behind `\\begin{array}` as the one word `{ll}`. */
function joinColumns(words: readonly Word[]): Word[] {
  const output: Word[] = []
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]
    if (!word) continue
    output.push(word)
    if (word.text !== '\\begin{array}' || words[at + 1]?.text !== '{') continue
    const end = words.findIndex((other, place) => place > at && other.text === '}')
    if (end < 0) continue
    const columns = words.slice(at + 1, end + 1).map(({ text }) => text)
    output.push({ text: columns.join(''), kind: 'fence' })
    at = end
  }
  return output
}

function readNumber(tokens: readonly LatexToken[], from: number): string {
  let number = ''
  for (let at = from; at < tokens.length; at += 1) {
    const token = tokens[at] ?? ''
    const isPoint = token === '.' && /^\d$/.test(tokens[at + 1] ?? '') && !number.includes('.')
    if (!/^\d$/.test(token) && !isPoint) break
    number += token
  }
  return number
}

function classify(token: LatexToken): TokenKind {
  if (/^[A-Za-z]$/.test(token)) return 'letter'
  if (token === '{') return 'open'
  if (token === '}') return 'close'
  if (functionNames.has(token)) return 'function'
  if (/^\\(?:left|right|begin\{|end\{)/.test(token) && !/^\\(?:left|right)[a-z]/.test(token)) return 'fence'
  if (/^\\[A-Za-z]/.test(token)) return 'command'
  if (token === '&' || token.startsWith('\\\\')) return 'mark'
  return 'symbol'
}

const operands: ReadonlySet<TokenKind> = new Set(['letter', 'number', 'command', 'function', 'text'])

function needsSpace(left: Word, right: Word): boolean {
  if (left.kind === 'mark' || right.kind === 'mark') return true
  if (left.kind === 'text') return operands.has(right.kind)
  if (left.kind === 'function') return right.kind !== 'close' && right.text !== ','
  if (left.text === ',' || left.text === ';') return right.kind !== 'close'
  if (right.text === '!') return operands.has(left.kind)
  if (/^\\(?:left|right).*[A-Za-z]$/.test(left.text) && /^[A-Za-z]/.test(right.text)) return true
  if (!operands.has(right.kind)) return false
  if (left.kind === 'letter' || left.kind === 'number' || left.kind === 'command') return true
  if (left.kind === 'close') return true
  return (
    left.text === ')' ||
    left.text === ']' ||
    left.text === '!' ||
    left.text === '\\right)' ||
    left.text === '\\right]'
  )
}

const closers: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['(', new Set([')', ']'])],
  ['[', new Set([')', ']'])],
  ['\\{', new Set(['\\}'])],
])

const tallTokens = new Set([
  ...[
    '\\frac',
    '\\binom',
    '\\sum',
    '\\prod',
    '\\int',
    '\\iint',
    '\\oint',
    '\\begin{array}',
    '\\underset',
    '\\overset',
  ],
  ...['\\bigcup', '\\bigcap', '\\underbrace', '\\overbrace'],
])

/** Puts `\left` and `\right` before brackets and bars whose content is taller than a line, as `latex_styled` shows them. */
export function addLeftRight(tokens: readonly LatexToken[]): LatexToken[] {
  const output = [...tokens]
  type Opening = { at: number; token: string }
  const open: Opening[] = []
  let isInText = false
  tokens.forEach((token, at) => {
    if (token === '\\text' || (token === '\\sqrt' && tokens[at + 1] === '[')) isInText = true
    else if (isInText) {
      if (token === '}' || token === ']') isInText = false
    } else if (closers.has(token) || token === '{' || token.startsWith('\\begin{')) open.push({ at, token })
    else if (token === '&' || token === '\\\\') dropUnclosed(open)
    else if (token === '}' || token.startsWith('\\end{')) closeGroup(open, token)
    else {
      const partner = open.at(-1)
      if (partner && closers.get(partner.token)?.has(token)) {
        open.pop()
        styleBetween(output, tokens, partner.at, at)
      }
    }
  })
  styleBars(output, tokens)
  return output
}

function dropUnclosed(open: { token: string }[]): void {
  while (open.length > 0 && closers.has(open.at(-1)?.token ?? '')) open.pop()
}

function closeGroup(open: { token: string }[], closing: string): void {
  dropUnclosed(open)
  const last = open.at(-1)?.token
  if (last !== undefined && (closing === '}') === (last === '{')) open.pop()
}

function styleBetween(output: LatexToken[], tokens: readonly LatexToken[], from: number, to: number): void {
  if (!tokens.slice(from, to).some((token) => tallTokens.has(token))) return
  output[from] = `\\left${tokens[from] ?? ''}`
  output[to] = `\\right${tokens[to] ?? ''}`
}

/** Bars open and close with one sign, so only a lone pair in one group is certain. */
function styleBars(output: LatexToken[], tokens: readonly LatexToken[]): void {
  const groups: number[][] = [[]]
  tokens.forEach((token, at) => {
    if (token === '{' || token.startsWith('\\begin{')) groups.push([])
    else if (token === '}' || token.startsWith('\\end{')) {
      pairBars(output, tokens, groups.pop() ?? [])
      if (groups.length === 0) groups.push([])
    } else if (token === '|') groups.at(-1)?.push(at)
  })
  for (const bars of groups) pairBars(output, tokens, bars)
}

function pairBars(output: LatexToken[], tokens: readonly LatexToken[], bars: readonly number[]): void {
  const [first, second] = bars
  if (bars.length !== 2 || first === undefined || second === undefined) return
  // Brackets that open inside and close outside (or the reverse) would break the pair.
  let depth = 0
  for (const token of output.slice(first + 1, second)) {
    if (token.startsWith('\\left')) depth += 1
    if (token.startsWith('\\right') && !/^\\right[a-z]/.test(token)) depth -= 1
    if (depth < 0) return
  }
  if (depth === 0) styleBetween(output, tokens, first, second)
}

import { splitMath } from '../split-math.ts'
import { isSameFormula } from './normalise.ts'
import { argumentCounts, commandSynonyms, textCommands } from './tables.ts'
import { locateTokens, type LatexToken } from './tokens.ts'
import { addLeftRight, joinCompact } from './write.ts'

/** Where a blank, a length or a definition counts as it stands. */
const untouchable =
  /%|\\(?:[mh]?kern|[mh]skip|[egx]?def|let|(?:re|provide)?newcommand|verb|char|above|lower|raise)(?![A-Za-z])/
/** Sizes of brackets that were chosen by hand. */
const sized = /\\[bB]igg?[lrm]?(?![A-Za-z])/

/**
 * LaTeX as it is written well: one blank where one is needed, braces around scripts and arguments and no braces around braces, `\left` and `\right` where a bracket holds
 * more than a line. What it means stays the same; what cannot be read safely comes back as it was. In prose only the formulas are tidied.
 */
export function tidyLatex(latex: string): string {
  const segments = splitMath(latex)
  if (segments.every(({ kind }) => kind === 'prose')) return tidyFormula(latex)
  return segments
    .map(({ kind, value, source }) =>
      kind === 'prose' ? source : source.replace(value, () => tidyFormula(value)),
    )
    .join('')
}

function tidyFormula(latex: string): string {
  if (untouchable.test(latex)) return latex
  const braced = dropDoubleBraces(addBraces(listWords(latex)))
  const tidied = joinCompact(sized.test(latex) ? braced : addLeftRight(braced))
  return isSameFormula(latex, tidied) ? tidied : latex
}

/** The tokens, with each argument that is not mathematics in one piece with its command. */
function listWords(latex: string): LatexToken[] {
  const words: LatexToken[] = []
  let end = 0
  for (const { token, from, to } of locateTokens(latex)) {
    if (from < end) continue
    end = to + (isMathCommand(token) ? 0 : lengthOfArguments(latex.slice(to), token))
    words.push(end > to ? latex.slice(from, end).trimEnd() : token)
  }
  return words
}

const isMathCommand = (token: LatexToken): boolean => {
  if (textCommands.has(token) || token === '\\tag' || token === '\\operatorname') return false
  return argumentCounts.has(token) || commandSynonyms.has(token)
}

/** Of what stands in brackets and braces right behind a command: names, words, lengths, columns. */
function lengthOfArguments(rest: string, token: LatexToken): number {
  if (token === '\\\\') return /^\[[^\]]*\]/.exec(rest)?.[0].length ?? 0
  if (!/^\\(?:[A-Za-z]|begin\{)/.test(token) || /^\\(?:left|right|middle|end\{)/.test(token)) return 0
  let length = token.startsWith('\\begin{') ? 0 : (/^\*/.exec(rest)?.[0].length ?? 0)
  for (;;) {
    const behind = rest.slice(length)
    const found = /^\s*(?=\{)/.exec(behind)
    const group = found ? readGroup(behind.slice(found[0].length)) : undefined
    if (!found || group === undefined) return length
    length += found[0].length + group
  }
}

/** The length of a group in braces that begins here; undefined where it has no end. */
function readGroup(source: string): number | undefined {
  let depth = 0
  for (let at = 0; at < source.length; at += 1) {
    if (source[at] === '\\') at += 1
    else if (source[at] === '{') depth += 1
    else if (source[at] === '}') {
      depth -= 1
      if (depth === 0) return at + 1
    }
  }
  return undefined
}

/** Braces around scripts and arguments of one sign. */
function addBraces(words: readonly LatexToken[]): LatexToken[] {
  const output: LatexToken[] = []
  let wanted = 0
  words.forEach((word) => {
    if (word === '^' || word === '_') wanted = 1
    else if (wanted > 0 && isSingle(word)) {
      output.push('{', word, '}')
      wanted -= 1
      return
    } else wanted = /^\\[dt]?(?:frac|binom)$/.test(word) ? 2 : 0
    output.push(word)
  })
  return output
}

const isSingle = (word: LatexToken): boolean =>
  /^[A-Za-z0-9*+]$/.test(word) ||
  (/^\\[A-Za-z]+$/.test(word) &&
    !isMathCommand(word) &&
    !/^\\(?:left|right|middle|math|text|big|Big)/.test(word))

/** `{{x}}` is `{x}`. */
function dropDoubleBraces(words: readonly LatexToken[]): LatexToken[] {
  const partners = new Map<number, number>()
  const open: number[] = []
  words.forEach((word, at) => {
    if (word === '{') open.push(at)
    else if (word === '}') {
      const from = open.pop()
      if (from !== undefined) partners.set(from, at)
    }
  })
  const gone = new Set<number>()
  for (const [from, to] of partners) if (partners.get(from + 1) === to - 1) gone.add(from + 1).add(to - 1)
  return words.filter((_, at) => !gone.has(at))
}

import { normaliseEnvironment } from './normalise-environment.ts'
import {
  accentWidths,
  argumentCounts,
  commandSynonyms,
  droppedTokens,
  functionNames,
  synonyms,
  textCommands,
} from './tables.ts'
import { TokenReader } from './token-reader.ts'
import { splitLatex, type LatexToken } from './tokens.ts'

/**
 * The canonical tokens of a formula, the form of the model's labels: single arguments braced, subscript before superscript,
 * primes as `^ { \prime }`, one spelling per sign, no spacing or style commands, no `\left`/`\right` except around an array.
 */
export function normaliseLatex(latex: string): LatexToken[] {
  return normaliseTokens(splitLatex(latex))
}

/** As {@link normaliseLatex}, from tokens. Idempotent. Malformed input is read as far as it makes sense; never throws. */
export function normaliseTokens(tokens: readonly LatexToken[]): LatexToken[] {
  const reader = new TokenReader(tokens)
  const output: LatexToken[] = []
  while (!reader.isAtEnd()) {
    output.push(...readSequence(reader, () => false))
    // A closing mark without its partner: pass over it.
    if (!reader.isAtEnd()) reader.next()
  }
  return tidySequence(output)
}

/** True when two formulas are the same after normalising. */
export function isSameFormula(one: string, other: string): boolean {
  return normaliseLatex(one).join(' ') === normaliseLatex(other).join(' ')
}

type Stop = (token: LatexToken) => boolean

/** Reads atoms with their scripts up to a stop token, a closing brace or the end; the stop token stays unread. */
function readSequence(reader: TokenReader, stop: Stop): LatexToken[] {
  const output: LatexToken[] = []
  for (;;) {
    const token = reader.peek()
    if (token === undefined || token === '}' || stop(token)) return output
    if (token.startsWith('\\right') && isPaired(token)) return output
    if (token.startsWith('\\end{')) return output
    const atom = isScriptMark(token) ? [] : readAtom(reader, stop)
    const scripts = readScripts(reader, stop)
    const needsBraces = scripts.length > 0 && atom.braced && atom.length > 1
    if (needsBraces || (atom.braced && atom.length === 0)) output.push('{', ...atom, '}')
    else output.push(...atom)
    output.push(...scripts)
  }
}

type Atom = LatexToken[] & { braced?: boolean }

function isScriptMark(token: LatexToken | undefined): boolean {
  return token === '^' || token === '_' || token === "'" || token === '’'
}

function isPaired(token: LatexToken): boolean {
  return /^\\(?:left|right|middle)(?:[^A-Za-z]|\\)/.test(token)
}

function readScripts(reader: TokenReader, stop: Stop): LatexToken[] {
  const sub: LatexToken[] = []
  const sup: LatexToken[] = []
  for (;;) {
    const token = reader.peek()
    if (token === undefined) break
    if (token === '\\limits' || token === '\\nolimits') reader.next()
    else if (token === "'" || token === '’') {
      reader.next()
      sup.push('\\prime')
    } else if (token === '^' || token === '_') {
      reader.next()
      ;(token === '^' ? sup : sub).push(...readArgument(reader, stop))
    } else break
  }
  return [
    ...(sub.length > 0 ? ['_', '{', ...sub, '}'] : []),
    ...(sup.length > 0 ? ['^', '{', ...sup, '}'] : []),
  ]
}

/** One argument without its braces: a group or a single atom. */
function readArgument(reader: TokenReader, stop: Stop): LatexToken[] {
  while (droppedTokens.has(reader.peek() ?? '')) reader.next()
  const token = reader.peek()
  if (token === undefined || token === '}' || stop(token)) return []
  return [...readAtom(reader, stop)]
}

function readAtom(reader: TokenReader, stop: Stop): Atom {
  const token = reader.next() ?? ''
  if (token === '{') {
    const inner: Atom = tidySequence(readSequence(reader, () => false))
    reader.accept('}')
    inner.braced = true
    return inner
  }
  if (token.startsWith('\\begin{')) return normaliseEnvironment(reader, token, 'none', readSequence)
  if (token.startsWith('\\left') && isPaired(token)) return readPaired(reader, token)
  if (token.startsWith('\\middle') && isPaired(token)) return spellDelimiter(token)
  if (token === '\\pmod') return ['(', '\\bmod', ...readArgument(reader, stop), ')']
  if (token === '\\not') return readNegated(reader, stop)
  if (token === '\\degree') return ['^', '{', '\\circ', '}']
  if (droppedTokens.has(token)) return []
  const command = commandSynonyms.get(token) ?? token
  if (argumentCounts.has(command)) return readCommand(reader, command, stop)
  return [...(synonyms.get(token) ?? [token])]
}

function readNegated(reader: TokenReader, stop: Stop): LatexToken[] {
  const [first = '', ...rest] = readArgument(reader, stop)
  const negated = new Map([
    ['=', '\\neq'],
    ['\\in', '\\notin'],
    ['\\exists', '\\nexists'],
  ]).get(first)
  return negated === undefined ? ['\\not', first, ...rest] : [negated, ...rest]
}

function readCommand(reader: TokenReader, command: string, stop: Stop): LatexToken[] {
  if (command === '\\sqrt' && reader.accept('[')) {
    const index = readSequence(reader, (token) => token === ']')
    reader.accept(']')
    const root = readArgument(reader, stop)
    return [command, ...(index.length > 0 ? ['[', ...index, ']'] : []), '{', ...root, '}']
  }
  if (textCommands.has(command)) return readText(reader, command)
  const output: LatexToken[] = [command]
  for (let count = argumentCounts.get(command) ?? 0; count > 0; count -= 1) {
    output.push('{', ...readArgument(reader, stop), '}')
  }
  return simplifyCommand(output)
}

function readText(reader: TokenReader, command: string): LatexToken[] {
  if (!reader.accept('{')) return []
  const letters = reader.takeUntil('}')
  reader.accept('}')
  return letters.length > 0 ? [command, '{', ...letters, '}'] : []
}

function simplifyCommand(tokens: LatexToken[]): LatexToken[] {
  const [command = '', , ...tail] = tokens
  const content = tail.slice(0, -1)
  if (command === '\\operatorname') {
    const name = `\\${content.join('')}`
    return functionNames.has(name) ? [name] : tokens
  }
  if (command === '\\phantom') return []
  // Upright single letters (`\mathrm{d}x`, `\mathrm{e}`) look like a matter of taste: the plain letter stands for both.
  if (command === '\\mathrm' && content.length <= 1) return content
  for (const { narrow, wide } of accentWidths) {
    if (command === narrow || command === wide) {
      return [content.length > 1 ? wide : narrow, '{', ...content, '}']
    }
  }
  return tokens
}

function readPaired(reader: TokenReader, opening: LatexToken): LatexToken[] {
  const brace = opening === '\\left\\{' || opening === '\\left\\lbrace' ? 'brace' : 'fence'
  const start = reader.peek() ?? ''
  const inner = start.startsWith('\\begin{')
    ? (reader.next(), normaliseEnvironment(reader, start, brace, readSequence))
    : []
  const isArrayOnly = inner.length > 0 && isPaired(reader.peek() ?? '')
  inner.push(...readSequence(reader, () => false))
  const closing = reader.peek()?.startsWith('\\right') ? (reader.next() ?? '') : '\\right.'
  if (isArrayOnly) {
    return [`\\left${pairName(opening)}`, ...inner, `\\right${pairName(closing)}`]
  }
  return [...spellDelimiter(opening), ...tidySequence(inner), ...spellDelimiter(closing)]
}

function spellDelimiter(token: LatexToken): LatexToken[] {
  const name = pairName(token)
  return name === '.' ? [] : [name]
}

function pairName(token: LatexToken): LatexToken {
  const name = token.replace(/^\\(?:left|right|middle)/, '')
  if (name === '<') return '\\langle'
  if (name === '>') return '\\rangle'
  return synonyms.get(name)?.[0] ?? name
}

/** What depends on neighbours: three full stops, wide blanks beside words. */
function tidySequence(tokens: LatexToken[]): LatexToken[] {
  const output: LatexToken[] = []
  for (const token of tokens) {
    if (token === '.' && output.at(-1) === '.' && output.at(-2) === '.') {
      output.splice(-2, 2, '\\ldots')
    } else if (token === '\\text' && output.at(-1) === '\\quad') output.splice(-1, 1, token)
    else output.push(token)
  }
  while (output.at(-1) === '\\quad') output.pop()
  while (output[0] === '\\quad') output.shift()
  return dropBlankAfterText(output)
}

function dropBlankAfterText(tokens: LatexToken[]): LatexToken[] {
  let isInText = false
  let isAfterText = false
  return tokens.filter((token) => {
    if (token === '\\text') isInText = true
    const keep = !(isAfterText && token === '\\quad')
    isAfterText = isInText && token === '}'
    if (isAfterText) isInText = false
    return keep
  })
}

import { functionNames } from '../../shared/latex/tables.ts'
import type { LatexToken, Tokens } from '../../shared/latex/tokens.ts'
import { alignLines } from './align-lines.ts'
import { findClosing, findWholeArray, readArray, splitOutside } from './token-groups.ts'

const fontCommands = new Set(
  '\\mathbb \\mathbf \\mathcal \\mathrm \\mathfrak \\mathscr \\boldsymbol'.split(' '),
)
const styledSymbols = /^\\big(?=(?:cap|cup|vee|wedge|oplus|otimes|odot|sqcup|uplus)$)/
const relations = new Set(
  '= < > \\leq \\geq \\neq \\approx \\equiv \\Rightarrow \\rightarrow , ; & \\\\'.split(' '),
)
const operators = new Set('+ - \\times \\cdot \\div \\pm'.split(' '))

/** `\mathbb { R }` becomes `R`; braces stay where a script refers to several tokens. */
export function removeFonts(tokens: Tokens): LatexToken[] {
  const output: LatexToken[] = []
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] ?? ''
    if (!fontCommands.has(token) || tokens[at + 1] !== '{') {
      output.push(token)
      continue
    }
    const end = findClosing(tokens, at + 1)
    const content = removeFonts(tokens.slice(at + 2, end))
    const hasScript = tokens[end + 1] === '^' || tokens[end + 1] === '_'
    output.push(...(hasScript && content.length > 1 ? ['{', ...content, '}'] : content))
    at = end
  }
  return output
}

/** `\bigoplus` becomes `\oplus`. */
export function removeStyledSymbols(tokens: Tokens): LatexToken[] {
  return tokens.map((token) => (styledSymbols.test(token) ? `\\${token.slice('\\big'.length)}` : token))
}

/** Drops words at the very left and right of the mathematics; words between stay, and words alone stay. */
export function removeOuterText(tokens: Tokens): LatexToken[] {
  let from = 0
  let to = tokens.length
  while (tokens[from] === '\\text') from = findClosing(tokens, from + 1) + 1
  const starts = tokens.flatMap((token, at) => (token === '\\text' && at > from ? [at] : []))
  for (const start of starts.reverse()) if (findClosing(tokens, start + 1) === to - 1) to = start
  return from < to ? tokens.slice(from, to) : [...tokens]
}

/** `\lim` becomes `\operatorname { lim }`, the transcription that `latex_normal` gives. */
export function spellOperators(tokens: Tokens): LatexToken[] {
  return tokens.flatMap((token) =>
    functionNames.has(token) ? ['\\operatorname', '{', ...token.slice(1).split(''), '}'] : [token],
  )
}

/** `8 \longdiv { 7200 }` becomes `\frac { 7200 } { 8 }`: the divisor reaches back to a relation or the start of its group. */
export function divideLong(tokens: Tokens): LatexToken[] {
  const at = tokens.lastIndexOf('\\longdiv')
  if (at < 0 || tokens[at + 1] !== '{') return [...tokens]
  const end = findClosing(tokens, at + 1)
  const from = findDivisorStart(tokens, at)
  const divisor = tokens.slice(from, at)
  const dividend = tokens.slice(at + 2, end)
  const division = divisor.length > 0 ? ['\\frac', '{', ...dividend, '}', '{', ...divisor, '}'] : dividend
  return divideLong([...tokens.slice(0, from), ...division, ...tokens.slice(end + 1)])
}

function findDivisorStart(tokens: Tokens, at: number): number {
  let depth = 0
  for (let from = at; from > 0; from -= 1) {
    const token = tokens[from - 1] ?? ''
    if (token === '}' || token === ')') depth += 1
    else if (token === '{' || token === '(') depth -= 1
    if (depth < 0 || (depth === 0 && relations.has(token))) return from
  }
  return 0
}

/** Written addition, `2000` over `-1999` over a rule, becomes one formula; a column that does not say how stays. */
export function joinColumn(tokens: Tokens): LatexToken[] {
  const array = findWholeArray(tokens)
  if (array?.columns.length !== 1 || !array.rows.flat().includes('\\hline')) return [...tokens]
  const ruleRow = array.rows.findIndex((row) => row[0] === '\\hline')
  const operands = array.rows.slice(0, ruleRow)
  const [first, ...others] = operands
  if (!first || others.length === 0 || !others.every((row) => operators.has(row[0] ?? ''))) return [...tokens]
  const sum = array.rows.slice(ruleRow).flatMap((row) => row.filter((token) => token !== '\\hline'))
  return [...first, ...others.flat(), ...(sum.length > 0 ? ['=', ...sum] : [])]
}

/** The equations of a system, one by one; a single formula is a list of itself. */
export function splitEquations(tokens: Tokens): LatexToken[][] {
  const bare = tokens[0] === '\\left\\{' && tokens.at(-1) === '\\right.' ? tokens.slice(1, -1) : tokens
  const array = findWholeArray(bare)
  if (!array || array.rows.length < 2 || !array.rows.every((row) => row.includes('='))) return [[...tokens]]
  return array.rows.map((row) => row.filter((token) => token !== '&' && token !== '\\hline'))
}

/** Arrays as the latex behaviour spells them: every cell in braces, `\left.` and `\right.` around one that stands alone. */
export function spellArrays(tokens: Tokens): LatexToken[] {
  const output: LatexToken[] = []
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] ?? ''
    if (token !== '\\begin{array}') {
      output.push(token)
      continue
    }
    const array = readArray(tokens, at)
    const isFramed = /^\\left(?![a-z])/.test(tokens[at - 1] ?? '')
    const rows = array.rows.map((row) => splitOutside(row, '&').map(braceCell))
    output.push(...(isFramed ? [] : ['\\left.']), token, '{', ...array.columns, '}')
    rows.forEach((row, index) => {
      if (index > 0) output.push('\\\\')
      row.forEach((cell, column) => output.push(...(column > 0 ? ['&'] : []), ...cell))
    })
    output.push('\\end{array}', ...(isFramed ? [] : ['\\right.']))
    at = array.to
  }
  return output
}

function braceCell(cell: Tokens): LatexToken[] {
  const rules = cell.filter((token) => token === '\\hline')
  const content = spellArrays(cell.filter((token) => token !== '\\hline'))
  return [...rules, ...(content.length > 0 || rules.length === 0 ? ['{', ...content, '}'] : [])]
}

/** `aligned`, `cases` and `gathered` instead of `array`, where that is what the array is. */
export function useIdiomaticArrays(tokens: Tokens): LatexToken[] {
  const aligned = alignLines(tokens)
  if (aligned[0] === '\\begin{aligned}') return aligned
  const whole = findWholeArray(tokens)
  if (whole?.columns.join('') === 'l') {
    return [
      '\\begin{gathered}',
      ...whole.rows.flatMap((row, at) => [...(at > 0 ? ['\\\\'] : []), ...row]),
      '\\end{gathered}',
    ]
  }
  const at = tokens.findIndex(
    (token, index) => token === '\\left\\{' && tokens[index + 1] === '\\begin{array}',
  )
  if (at < 0) return [...tokens]
  const array = readArray(tokens, at + 1)
  const rest = tokens.slice(array.to + 2)
  if (tokens[array.to + 1] !== '\\right.') return [...tokens]
  const rows = array.rows.flatMap((row, index) => [...(index > 0 ? ['\\\\'] : []), ...row])
  return [...tokens.slice(0, at), '\\begin{cases}', ...rows, '\\end{cases}', ...useIdiomaticArrays(rest)]
}

/** `x^2` instead of `x^{2}`; braces stay where the next digit would join. */
export function dropSingleBraces(tokens: Tokens): LatexToken[] {
  const output: LatexToken[] = []
  for (let at = 0; at < tokens.length; at += 1) {
    const [mark = '', open, content = '', close, next = ''] = tokens.slice(at, at + 5)
    output.push(mark)
    const isSingle =
      (mark === '^' || mark === '_') && open === '{' && close === '}' && /^[A-Za-z0-9]$/.test(content)
    if (!isSingle || /^[\d.]$/.test(next)) continue
    output.push(content)
    at += 3
  }
  return output
}

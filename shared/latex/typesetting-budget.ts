import { argumentCounts } from './tables.ts'

/**
 * How much of a formula is typeset, found by one linear look at its source. KaTeX takes time and makes elements in proportion to its cost, and
 * nests elements about ten deep for each level, which the page can only carry so far; definitions would let a short source grow without end.
 */
export type TypesettingBudget = {
  /** The most a formula, or all formulas of one text together, may cost; a plain character costs 1. */
  readonly cost: number
  /** The most formulas and stretches of prose in a text of which any formula is typeset. */
  readonly pieces: number
  /** The most characters of a text that are shown at all. */
  readonly characters: number
}

/** One line of the list. */
export const ROW_BUDGET: TypesettingBudget = { cost: 1200, pieces: 120, characters: 2000 }
/** What is looked at alone. */
export const REVIEW_BUDGET: TypesettingBudget = { cost: 5000, pieces: 400, characters: 20_000 }

export type OverBudget = 'length' | 'pieces' | 'nesting' | 'definitions'

const DEEPEST = 40
const word = /\\([A-Za-z@]+)|\\[\s\S]|[\s\S]/gu
const definitions =
  /^\\(?:[egx]?def|(?:re)?newcommand|providecommand|(?:future)?let|global|long|newenvironment|DeclareMathOperator|expandafter|noexpand)$/
/** What holds until its group ends, and so nests all that follows. */
const switches =
  /^\\(?:display|text|script|scriptscript)style$|^\\(?:tiny|sixptsize|scriptsize|footnotesize|small|normalsize|large|Large|LARGE|huge|Huge|color|rm|sf|tt|bf|it|cal|frak|Bbb|middle)$/
/** What takes the next thing as its argument, with or without braces. */
const takers =
  /^\\(?:math[a-z]+|text[a-z]+|over[a-z]+|under[a-z]+|x?cancel|bcancel|sout|phase|boxed|fbox|[hv]?phantom|smash|[rlc]lap|d?t?c?frac|genfrac|d?t?binom|not|pmb|ce|pu|bold|bm|raisebox|vcenter|x[a-zA-Z]*arrow|operatorname|acute|grave|ddot|mathring)$/
/** Spelled by KaTeX as several copies of its argument, or as several elements for each of its characters. */
const copies: ReadonlyMap<string, number> = new Map([
  ['\\pmb', 5],
  ['\\ce', 5],
  ['\\pu', 5],
])

type Group = { readonly weight: number; levels: number }

/** What the formula costs, or why it is not typeset. */
export function measureFormula(latex: string, most: number): number | OverBudget {
  if (latex.length > most) return 'length'
  const groups: Group[] = [{ weight: 1, levels: 0 }]
  let [cost, depth, chain, copied] = [0, 0, 0, 1]
  for (const [token] of latex.matchAll(word)) {
    if (definitions.test(token)) return 'definitions'
    const group = groups.at(-1) ?? { weight: 1, levels: 0 }
    cost += costOf(token) * group.weight * copied
    if (cost > most) return 'length'
    if (isOpening(token)) {
      groups.push({ weight: group.weight * copied, levels: 1 })
      depth += 1
      ;[chain, copied] = [0, 1]
    } else if (isClosing(token)) {
      if (groups.length > 1) depth -= groups.pop()?.levels ?? 0
      ;[chain, copied] = [0, 1]
    } else if (switches.test(token)) {
      group.levels += 1
      depth += 1
    } else if (takers.test(token) || argumentCounts.has(token)) {
      chain += 1
      copied *= copies.get(token) ?? 1
    } else if (!/\s/.test(token)) [chain, copied] = [0, 1]
    if (depth + chain > DEEPEST) return 'nesting'
  }
  return cost
}

function isOpening(token: string): boolean {
  return token === '{' || token === '\\begin' || token === '\\left' || token === '\\begingroup'
}

function isClosing(token: string): boolean {
  return token === '}' || token === '\\end' || token === '\\right' || token === '\\endgroup'
}

/** Measured in elements against plain characters: a cell makes thirteen. */
function costOf(token: string): number {
  if (token === '&') return 8
  if (token === '\\\\' || token === '\\cr') return 5
  return token.length > 1 ? 3 : 1
}

const SENTENCES: Readonly<Record<OverBudget, string>> = {
  length: 'Too long to typeset: the source is shown.',
  pieces: 'Too many formulas to typeset: the source is shown.',
  nesting: 'Nested too deep to typeset: the source is shown.',
  definitions: 'Definitions of commands are not typeset: the source is shown.',
}

/** One sentence that says why the source is shown. */
export const explainOverBudget = (reason: OverBudget): string => SENTENCES[reason]

import type { Rng } from '../rng.ts'
import { digit, integer, variable } from './atoms.ts'
import { expression, fraction, polynomial, sum } from './algebra.ts'
import { analysis } from './templates/analysis.ts'
import { discrete } from './templates/discrete-templates.ts'
import { fillTemplate } from './templates/fill.ts'
import { linearAlgebra } from './templates/linear.ts'
import { science } from './templates/physics.ts'
import { schoolAlgebra } from './templates/algebra-templates.ts'
import { sentences } from './templates/sentences.ts'

const shelves = [analysis, discrete, linearAlgebra, science, schoolAlgebra, schoolAlgebra]

export const fromShelf =
  (shelf: readonly string[]) =>
  (rng: Rng): string =>
    vary(fillTemplate(rng.pick(shelf), rng), rng)

export const naturalShelves = { analysis, discrete, linearAlgebra, science, schoolAlgebra }

const isWhole = (side: string) =>
  side.length > 1 && !/\\(?:begin|end|text|quad|left|right)/.test(side) && isBalanced(side)

function isBalanced(text: string): boolean {
  let depth = 0
  for (const character of text) {
    if (character === '{') depth += 1
    if (character === '}') depth -= 1
    if (depth < 0) return false
  }
  return depth === 0
}

/** One side alone, sides exchanged, another side appended: so that a formula is not one fixed string. */
function vary(formula: string, rng: Rng): string {
  const sides = formula.split('=')
  if (sides.length < 2 || !sides.every(isWhole)) return formula
  return rng.weighted([
    [70, () => formula],
    [8, () => sides[1] ?? formula],
    [3, () => sides[0] ?? formula],
    [5, () => [...sides].reverse().join('=')],
    [3, () => `${formula}=${rng.pick([integer(rng), expression(rng)])}`],
    [
      3,
      () =>
        `${sides[0] ?? ''}${rng.pick(['\\leq ', '\\geq ', '<', '\\approx ', '\\neq ', ':='])}${sides[1] ?? ''}`,
    ],
    [3, () => `${digit(rng)}${sides[1] ?? ''}${rng.pick(['+', '-'])}${variable(rng)}`],
    [3, () => `${variable(rng)}=${sides[1] ?? ''}`],
  ])()
}

/** A line of words and formulas as exercise sheets and lecture notes have it. */
export function sentence(rng: Rng): string {
  const filled = fillTemplate(rng.pick(sentences), rng)
  const gap = () => rng.pick(['~', '~', '~', '\\;', '\\, '])
  const pieces = filled.split(/(?<!\\)\$/)
  const parts = pieces.map((part, at) => {
    if (at % 2 === 1) return part
    const words = part.trim()
    if (words === '') return ''
    const mark = /^([.,;:?!])\s*(.*)$/.exec(words)
    if (!mark || at === 0) return `${at > 0 ? gap() : ''}\\text{${words}}${gap()}`
    const [, sign = '', rest = ''] = mark
    const isLast = rest === '' && at === pieces.length - 1
    if (isLast) return sign
    return `${sign}${gap()}${rest === '' ? '' : `\\text{${rest}}${gap()}`}`
  })
  return parts.join('').trim()
}

const relationSign = /^(?:=|<|>|\\(?:leq|geq|equiv|approx) )/

/** Puts the alignment mark before the first relation outside braces. */
function align(line: string): string {
  let depth = 0
  for (let at = 0; at < line.length; at += 1) {
    if (line[at] === '{') depth += 1
    else if (line[at] === '}') depth -= 1
    else if (depth === 0 && relationSign.test(line.slice(at))) return `${line.slice(0, at)}&${line.slice(at)}`
  }
  return line
}

/** Two to four lines that belong together: a calculation, a system, a list of formulas. */
export function lines(rng: Rng): string {
  const count = rng.weighted([
    [6, 2],
    [5, 3],
    [3, 4],
  ])
  const shelf = rng.pick(shelves)
  const short = (make: () => string) => {
    let line = make()
    for (let tries = 0; line.length > 60 && tries < 6; tries += 1) line = make()
    return line
  }
  const clean = (line: string) => (/\\(?:begin|quad|boxed)|&/.test(line) ? equationLine(rng) : line)
  const book = () => clean(short(() => fillTemplate(rng.pick(shelf), rng)))
  const join = (rows: readonly string[]) => rows.join(' \\\\ ')
  const environment = (rows: readonly string[]) =>
    rng.weighted([
      [5, () => `\\begin{aligned}${join(rows.map(align))}\\end{aligned}`],
      [2, () => `\\begin{array}{l}${join(rows)}\\end{array}`],
      [1.5, () => `\\begin{gathered}${join(rows)}\\end{gathered}`],
    ])()
  return rng.weighted([
    [6, () => environment(Array.from({ length: count }, () => equationLine(rng)))],
    [4, () => environment(Array.from({ length: count }, book))],
    [6, () => derivation(rng, count)],
    [3, () => environment(solveLinear(rng))],
    [2, () => `\\begin{cases}${join(Array.from({ length: count }, () => equationLine(rng)))}\\end{cases}`],
    [
      2,
      () =>
        environment(
          Array.from(
            { length: count },
            (_, at) => `${variable(rng)}_{${at + 1}}=${short(() => expression(rng))}`,
          ),
        ),
    ],
    [
      1.5,
      () =>
        `\\begin{array}{l}${join(Array.from({ length: Math.min(3, count) }, () => sentence(rng)))}\\end{array}`,
    ],
    [1, () => environment(Array.from({ length: count }, () => integer(rng)))],
    [
      1,
      () =>
        environment(
          Array.from(
            { length: count },
            () =>
              `${integer(rng)}${rng.pick(['+', '-', '\\times ', '\\div '])}${integer(rng)}=${integer(rng)}`,
          ),
        ),
    ],
  ])()
}

function equationLine(rng: Rng): string {
  return rng.weighted([
    [4, () => `${polynomial(rng)}=${rng.chance(0.7) ? integer(rng) : polynomial(rng)}`],
    [2, () => `${variable(rng)}=${expression(rng)}`],
    [2, () => `${sum(rng, 0, 2)}=${integer(rng)}`],
    [1, () => `${sum(rng, 0, 2)}${rng.pick(['\\leq ', '\\geq ', '<', '>'])}${integer(rng)}`],
  ])()
}

/** `left = step = step …`, each step on a line of its own. */
function derivation(rng: Rng, count: number): string {
  const name = rng.weighted([
    [3, () => `${rng.pick([...'fghy'])}${rng.pick(['(x)', '', "'(x)"])}`],
    [3, () => polynomial(rng)],
    [2, () => fraction(rng, 0)],
    [2, () => `\\int ${polynomial(rng)}\\,dx`],
    [1, () => `\\lim_{x\\to ${integer(rng)}}${fraction(rng, 0)}`],
    [
      1,
      () =>
        rng.pick([
          'A',
          'V',
          'P(A)',
          'S_{n}',
          'E(X)',
          '\\bar{x}',
          '\\frac{dy}{dx}',
          'LHS',
          '\\sin 2x',
          '|v|^{2}',
        ]),
    ],
  ])()
  const step = () => {
    for (;;) {
      const text = rng.pick([
        polynomial,
        expression,
        integer,
        (r: Rng) => fraction(r, 0),
        (r: Rng) => sum(r, 0, 2),
      ])(rng)
      if (text.length < 50) return text
    }
  }
  const [first = '', ...rest] = Array.from({ length: count }, step)
  const rows = [
    `${name}&=${first}`,
    ...rest.map((text) => `${rng.chance(0.05) ? '&\\approx ' : '&='}${text}`),
  ]
  return `\\begin{aligned}${rows.join(' \\\\ ')}\\end{aligned}`
}

/** The lines of solving a linear equation, with true numbers. */
function solveLinear(rng: Rng): string[] {
  const name = rng.pick([...'xxxxxytnabmzk'])
  const factor = rng.int(2, 12)
  const solution = rng.int(-12, 15)
  const shift = rng.int(1, 30)
  const isPlus = rng.chance(0.5)
  const right = factor * solution + (isPlus ? shift : -shift)
  const rows = [
    `${factor}${name}${isPlus ? '+' : '-'}${shift}=${right}`,
    `${factor}${name}=${right}${isPlus ? '-' : '+'}${shift}`,
    `${factor}${name}=${factor * solution}`,
    `${name}=\\frac{${factor * solution}}{${factor}}`,
    `${name}=${solution}`,
  ]
  return rows.filter((_, at) => at === 0 || at === 4 || rng.chance(0.5)).slice(0, 4)
}

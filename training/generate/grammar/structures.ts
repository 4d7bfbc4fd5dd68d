import type { Rng } from '../rng.ts'
import { capital, decimal, digit, integer, number, variable } from './atoms.ts'
import { equation, expression, fraction, leftSide, polynomial, sum, term } from './algebra.ts'
import { derivative } from './calculus.ts'

function cell(rng: Rng, kind: number): string {
  if (kind < 0.45)
    return `${rng.chance(0.25) ? '-' : ''}${rng.chance(0.85) ? rng.int(0, 9) : rng.int(10, 30)}`
  if (kind < 0.6) return rng.pick([...'abcdefghxyzpqrs'])
  if (kind < 0.78)
    return rng.pick([
      () => digit(rng),
      () => variable(rng),
      () => `${digit(rng)}${variable(rng)}`,
      () => `-${variable(rng)}`,
      () => '0',
      () => `${rng.pick(['\\sin', '\\cos'])}\\theta`,
    ])()
  if (kind < 0.86) return rng.pick([() => fraction(rng, 0), () => digit(rng)])()
  if (kind < 0.93) return rng.pick([() => decimal(rng), () => integer(rng)])()
  return rng.pick([() => polynomial(rng), () => digit(rng), () => term(rng, 0)])()
}

function matrix(rng: Rng, bars = false): string {
  const rows = rng.weighted([
    [1, 1],
    [10, 2],
    [7, 3],
    [1.2, 4],
  ])
  const columns = rng.weighted([
    [4, 1],
    [8, 2],
    [7, 3],
    [1.2, 4],
  ])
  const isIndexed = rng.chance(0.12)
  const letter = rng.pick([...'abxm'])
  const kind = rng.next()
  const isSquare = bars || rng.chance(0.4)
  const width = isSquare ? Math.max(2, rows) : columns
  const height = isSquare ? Math.max(2, rows) : Math.max(width === 1 ? 2 : 1, rows)
  const body = Array.from({ length: height }, (_, row) =>
    Array.from({ length: width }, (__, column) =>
      isIndexed ? `${letter}_{${width === 1 ? row + 1 : `${row + 1}${column + 1}`}}` : cell(rng, kind),
    ).join(' & '),
  ).join(' \\\\ ')
  if (!bars && !isIndexed && width >= 3 && rng.chance(0.12)) {
    return `\\left${rng.pick(['[', '('])}\\begin{array}{${'c'.repeat(width - 1)}|c}${body}\\end{array}\\right${rng.pick([']', ')'])}`
      .replace(/\[(.*)\\right\)/s, '[$1\\right]')
      .replace(/\((\\begin.*)\\right\]/s, '($1\\right)')
  }
  const name = bars ? 'vmatrix' : rng.chance(0.5) ? 'bmatrix' : 'pmatrix'
  return `\\begin{${name}}${body}\\end{${name}}`
}

function dottedMatrix(rng: Rng): string {
  const name = rng.pick(['bmatrix', 'pmatrix', 'vmatrix'])
  const a = rng.pick([...'abx'])
  return `\\begin{${name}}${a}_{11} & ${rng.pick([`${a}_{12} & `, ''])}\\cdots & ${a}_{1n} \\\\ \\vdots & ${rng.chance(0.5) ? '\\ddots & \\vdots' : ' & \\vdots'} \\\\ ${a}_{${rng.pick(['m', 'n'])}1} & \\cdots & ${a}_{${rng.pick(['m', 'n'])}n}\\end{${name}}`
}

export function matrixFormula(rng: Rng): string {
  return rng.weighted([
    [6, () => matrix(rng)],
    [4, () => matrix(rng, true)],
    [3, () => `${capital(rng)}=${matrix(rng)}`],
    [2.5, () => `${matrix(rng)}${rng.pick(['+', '-', '', '', '\\cdot '])}${matrix(rng)}`],
    [2.5, () => `${matrix(rng)}${matrix(rng)}=${matrix(rng)}`],
    [2, () => `${matrix(rng, true)}=${rng.pick([integer(rng), '0', 'ad-bc', expression(rng)])}`],
    [
      1,
      () =>
        `${rng.pick(['\\det ', '\\det(A)=', '|A|=', '\\det A='])}${matrix(rng, true)}`.replace(
          '\\det \\begin{vmatrix}',
          '\\begin{vmatrix}',
        ),
    ],
    [1, () => `${rng.pick(['\\vec{', '\\mathbf{'])}${rng.pick([...'uvwabx'])}}=${matrix(rng)}`],
    [0.5, () => `${matrix(rng)}^{${rng.pick(['T', '-1', '2', 'n'])}}`],
    [0.5, () => dottedMatrix(rng)],
    [0.7, () => `A\\mathbf{x}=${rng.pick(['\\mathbf{b}', '\\lambda\\mathbf{x}', '0'])}`],
  ])()
}

const conditionWords = ['if', 'if', 'if', 'if', 'for', 'for', 'when', 'otherwise', 'where']

export function cases(rng: Rng): string {
  const count = rng.weighted([
    [8, 2],
    [3, 3],
    [0.5, 4],
  ])
  const style = rng.next()
  const word = rng.pick(conditionWords.filter((name) => name !== 'otherwise'))
  const name = rng.pick([...'xxxxxtn'])
  const mark = rng.weighted([
    [4, ''],
    [3, ','],
    [0.4, ';'],
  ])
  const rows = Array.from({ length: count }, (_, row) => {
    const isLast = row === count - 1
    const value = rng.weighted([
      [5, () => polynomial(rng)],
      [2, () => integer(rng)],
      [1.5, () => sum(rng, 1, rng.int(1, 2))],
      [1, () => fraction(rng, 0)],
      [0.7, () => `-${variable(rng)}`],
    ])()
    const bound = `${rng.chance(0.3) ? '-' : ''}${rng.chance(0.9) ? digit(rng) : '0'}`
    const condition = rng.weighted([
      [7, () => `${name}${rng.pick(['<', '>', '\\leq ', '\\geq ', '<', '>', '=', '\\neq '])}${bound}`],
      [
        2,
        () =>
          `${rng.chance(0.3) ? '-' : ''}${digit(rng)}${rng.pick(['<', '\\leq '])}${name}${rng.pick(['<', '\\leq '])}${digit(rng)}`,
      ],
      [
        1,
        () => `${name}\\in ${rng.pick(['A', '\\mathbb{Q}', '[0,1]', '(0,1)', '\\mathbb{Z}', '\\mathbb{R}'])}`,
      ],
    ])()
    const separator = rng.chance(0.85) ? ' & ' : ', & '
    const end = isLast ? (mark !== '' && rng.chance(0.6) ? '.' : '') : mark
    if (isLast && style > 0.75) return `${value}${separator}\\text{otherwise}${end}`
    if (style < 0.62) return `${value}${separator}\\text{${word}} ${condition}${end}`
    if (style < 0.7)
      return `${value}${separator}\\text{${word} $${condition}$}${end}`.replace(
        /\\text\{(\w+) \$(.*)\$\}/,
        '\\text{$1 }$2',
      )
    return `${value}${separator}${condition}${end}`
  })
  const left = rng.weighted([
    [8, () => `${rng.pick([...'ffffgh'])}(${name})=`],
    [2, () => `${leftSide(rng)}=`],
    [0.6, () => '|x|='],
    [0.4, () => ''],
  ])()
  return `${left}\\begin{cases}${rows.join(' \\\\ ')}\\end{cases}`
}

function linear(rng: Rng): string {
  const names = rng.pick([
    ['x', 'y'],
    ['x', 'y'],
    ['x', 'y'],
    ['a', 'b'],
    ['x', 'y', 'z'],
    ['x_1', 'x_2'],
    ['x_1', 'x_2', 'x_3'],
    ['u', 'v'],
    ['m', 'n'],
  ])
  const parts = names.map(
    (name, at) =>
      `${at === 0 ? (rng.chance(0.15) ? '-' : '') : rng.pick(['+', '-'])}${rng.chance(0.7) ? rng.int(2, 12) : ''}${name}`,
  )
  return `${parts.join('')}=${rng.chance(0.15) ? '-' : ''}${rng.chance(0.9) ? rng.int(0, 40) : decimal(rng)}`
}

export function system(rng: Rng): string {
  const count = rng.weighted([
    [8, 2],
    [3, 3],
  ])
  const isLinear = rng.chance(0.65)
  const mark = rng.chance(0.2) ? ',' : ''
  const lines = Array.from(
    { length: count },
    (_, at) => `${isLinear ? linear(rng) : equation(rng)}${at < count - 1 ? mark : mark && '.'}`,
  )
  const alignLines = () => lines.map((line) => line.replace(/(?<!\{[^}]*)=/, '&=')).join(' \\\\ ')
  return rng.weighted([
    [5, () => `\\begin{cases}${lines.join(' \\\\ ')}\\end{cases}`],
    [3, () => `\\begin{aligned}${alignLines()}\\end{aligned}`],
    [2.5, () => `\\begin{array}{l}${lines.join(' \\\\ ')}\\end{array}`],
    [1.5, () => `\\begin{gathered}${lines.join(' \\\\ ')}\\end{gathered}`],
  ])()
}

/** A calculation continued line by line. */
export function steps(rng: Rng): string {
  const first = `${rng.chance(0.5) ? leftSide(rng) : polynomial(rng)}&=${polynomial(rng)}`
  const count = rng.int(1, 2)
  const more = Array.from({ length: count }, () =>
    rng.chance(0.5) ? `&=${expression(rng)}` : `${polynomial(rng)}&=${integer(rng)}`,
  )
  return `\\begin{aligned}${[first, ...more].join(' \\\\ ')}\\end{aligned}`
}

/** Column arithmetic and long division. */
export function stacked(rng: Rng): string {
  return rng.weighted([
    [
      3,
      () =>
        `\\begin{array}{r}${rng.int(10, 9999)} \\\\ ${rng.pick(['+', '-', '\\times '])}${rng.int(1, 999)} \\\\ \\hline${rng.chance(0.4) ? ` ${rng.int(10, 9999)}` : ''}\\end{array}`,
    ],
    [2, () => `${rng.int(2, 99)}\\longdiv{${rng.int(10, 9999)}}`],
    [0.7, () => derivative(rng)],
    [0.5, () => `\\begin{array}{r}${number(rng)} \\\\ +${number(rng)} \\\\ \\hline\\end{array}`],
  ])()
}

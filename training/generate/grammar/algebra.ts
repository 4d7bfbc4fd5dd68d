import type { Rng } from '../rng.ts'
import {
  accented,
  anyLetter,
  coefficient,
  decimal,
  digit,
  exponent,
  greekLetter,
  indexed,
  integer,
  number,
  variable,
} from './atoms.ts'

const functionNames = [
  'sin',
  'sin',
  'cos',
  'cos',
  'tan',
  'cot',
  'sec',
  'csc',
  'ln',
  'ln',
  'log',
  'log',
  'exp',
  'arcsin',
  'arctan',
  'arccos',
  'sinh',
  'cosh',
  'tanh',
  'lg',
]

/** One factor without an operator at the top level. */
export function factor(rng: Rng, depth: number): string {
  return rng.weighted([
    [34, () => variable(rng)],
    [14, () => `${variable(rng)}^{${exponent(rng)}}`],
    [10, () => number(rng)],
    [7, () => indexed(rng)],
    [
      2,
      () => `${variable(rng)}_{${rng.pick(['1', '2', 'i', 'n', '0'])}}^{${rng.pick(['2', '2', '3', 'n'])}}`,
    ],
    [2, () => accented(rng)],
    [3, () => anyLetter(rng)],
    [depth > 0 ? 9 : 0, () => `(${sum(rng, depth - 1, 2)})${rng.chance(0.3) ? `^{${exponent(rng)}}` : ''}`],
    [depth > 0 ? 8 : 0, () => fraction(rng, depth - 1)],
    [depth > 0 ? 7 : 0, () => root(rng, depth - 1)],
    [depth > 0 ? 8 : 1, () => functionCall(rng, depth - 1)],
    [depth > 0 ? 2 : 0, () => `|${sum(rng, depth - 1, 2)}|`],
    [2, () => `${rng.pick([...'efab2'])}^{${smallExponent(rng, depth)}}`],
    [
      1,
      () =>
        `${rng.pick([...'fgh'])}${rng.pick(['', "'", "''", '^{-1}', '^{(n)}'])}(${rng.pick(['x', 'x', 't', 'a', '0', '1', 'x+h', '2x', '-x', 'x,y', 'g(x)'])})`,
    ],
    [0.7, () => `${rng.pick(['n', 'k', 'm', '5', '(n-1)', '(n+1)', '(2n)'])}!`],
    [
      0.5,
      () => `\\binom{${rng.pick(['n', 'm', digit(rng), 'n+1'])}}{${rng.pick(['k', 'r', digit(rng), 'k-1'])}}`,
    ],
  ])()
}

function smallExponent(rng: Rng, depth: number): string {
  return rng.weighted([
    [
      3,
      () =>
        rng.pick([
          'x',
          '-x',
          '2x',
          'i\\theta',
          '-t',
          'kt',
          'x^2',
          '-x^2',
          '\\pi i',
          'n',
          'i\\pi',
          '-\\lambda t',
          'at',
          'i\\omega t',
        ]),
    ],
    [2, () => (depth > 0 ? sum(rng, 0, 2) : variable(rng))],
  ])()
}

export function root(rng: Rng, depth: number): string {
  const inside = rng.weighted([
    [4, () => integer(rng)],
    [3, () => variable(rng)],
    [6, () => sum(rng, depth, 2)],
    [1, () => fraction(rng, 0)],
  ])()
  const order = rng.chance(0.2) ? `[${rng.pick(['3', '3', '4', '5', 'n', 'm'])}]` : ''
  return `\\sqrt${order}{${inside}}`
}

export function fraction(rng: Rng, depth: number): string {
  return rng.weighted([
    [4, () => `\\frac{${digit(rng)}}{${rng.int(2, 20)}}`],
    [3, () => `\\frac{${variable(rng)}}{${rng.chance(0.5) ? variable(rng) : digit(rng)}}`],
    [5, () => `\\frac{${sum(rng, depth, rng.int(1, 3))}}{${sum(rng, depth, rng.int(1, 2))}}`],
    [2, () => `\\frac{1}{${sum(rng, depth, 2)}}`],
    [1, () => `\\frac{${term(rng, depth)}}{${term(rng, depth)}}`],
    [0.6, () => `\\frac{\\pi}{${rng.int(2, 12)}}`],
  ])()
}

export function functionCall(rng: Rng, depth: number): string {
  const name = rng.pick(functionNames)
  const power = rng.chance(0.18) ? `^{${rng.pick(['2', '2', '2', '3', '-1', 'n'])}}` : ''
  const base = name === 'log' && rng.chance(0.5) ? `_{${rng.pick(['2', '3', '10', 'a', 'b', '5', 'x'])}}` : ''
  const argument = rng.weighted([
    [5, () => ` ${rng.pick(['x', 'x', '\\theta', '\\alpha', 't', '2x', '3x', '\\beta', '\\omega t', 'y'])}`],
    [3, () => `(${sum(rng, Math.max(0, depth), rng.int(1, 2))})`],
    [
      1,
      () => ` ${rng.pick([`${rng.int(10, 90)}^{\\circ}`, '\\frac{\\pi}{2}', '\\frac{x}{2}', '\\pi', '0'])}`,
    ],
  ])()
  return `\\${name}${base}${power}${argument}`
}

/** Coefficient and one or two factors. */
export function term(rng: Rng, depth: number): string {
  const front = rng.chance(0.42) ? coefficient(rng) : ''
  const first = rng.weighted([
    [20, () => variable(rng)],
    [14, () => `${variable(rng)}^{${exponent(rng)}}`],
    [16, () => factor(rng, depth)],
  ])()
  const isNumber = /^\d/.test(first)
  if (front !== '' && isNumber) return rng.chance(0.3) ? `${front}\\cdot ${first}` : first
  const second = rng.chance(0.22) ? factor(rng, Math.max(0, depth - 1)) : ''
  const isJoined = second === '' || /^\d/.test(second)
  return `${front}${first}${isJoined ? '' : ` ${second}`}`
}

export function sum(rng: Rng, depth: number, count: number): string {
  let text = rng.chance(0.1) ? '-' : ''
  for (let at = 0; at < count; at += 1) {
    if (at > 0)
      text += rng.weighted([
        [10, '+'],
        [9, '-'],
        [0.5, '\\pm '],
        [0.4, '\\cdot '],
        [0.4, '\\times '],
      ])
    text += at === count - 1 && rng.chance(0.3) ? number(rng) : term(rng, depth)
  }
  return text
}

export function polynomial(rng: Rng, given?: string): string {
  const name = given ?? (rng.chance(0.8) ? (rng.letters[0] ?? 'x') : rng.pick([...'xxxxxxyztnab']))
  const degree = rng.weighted([
    [4, 1],
    [8, 2],
    [4, 3],
    [2, 4],
    [0.5, 5],
  ])
  const other = rng.chance(0.15) ? rng.pick([...'yzb']) : ''
  let text = rng.chance(0.12) ? '-' : ''
  let isFirst = true
  for (let power = degree; power >= 0; power -= 1) {
    if (!isFirst && power > 0 && rng.chance(0.25)) continue
    if (!isFirst) text += rng.chance(0.5) ? '+' : '-'
    isFirst = false
    const front = rng.chance(power === 0 ? 1 : 0.65)
      ? rng.chance(0.06)
        ? decimal(rng)
        : String(rng.int(power === 0 ? 1 : 2, rng.chance(0.3) ? 40 : 9))
      : ''
    text += `${front}${power === 0 ? '' : `${name} `}${power > 1 ? `^{${power}}` : ''}${other !== '' && power > 0 && power < degree ? other : ''}`
  }
  return text
}

const relations: readonly (readonly [number, string])[] = [
  [60, '='],
  [6, '<'],
  [6, '>'],
  [6, '\\leq '],
  [6, '\\geq '],
  [3, '\\neq '],
  [3, '\\approx '],
  [1.5, '\\equiv '],
  [0.8, '\\sim '],
  [0.5, '\\propto '],
  [0.4, '\\cong '],
  [0.4, '\\ll '],
  [0.4, '\\gg '],
  [0.4, '\\leqslant '],
  [0.4, '\\geqslant '],
  [0.3, '\\simeq '],
]

export function relation(rng: Rng): string {
  return rng.weighted(relations)
}

export function expression(rng: Rng): string {
  return rng.weighted([
    [5, () => polynomial(rng)],
    [5, () => sum(rng, rng.int(0, 2), rng.int(1, 3))],
    [2, () => fraction(rng, 1)],
    [2, () => `\\frac{${polynomial(rng)}}{${polynomial(rng)}}`],
    [1.2, () => product(rng)],
    [0.6, () => root(rng, 1)],
    [0.8, () => functionCall(rng, 1)],
  ])()
}

function product(rng: Rng): string {
  const bracket = () => `(${polynomial(rng)})`
  return `${rng.chance(0.3) ? digit(rng) : ''}${rng.chance(0.2) ? variable(rng) : ''}${bracket()}${rng.chance(0.7) ? bracket() : `^{${exponent(rng)}}`}`
}

export function equation(rng: Rng): string {
  return rng.weighted([
    [6, () => `${polynomial(rng)}${relation(rng)}${rng.chance(0.5) ? polynomial(rng) : integer(rng)}`],
    [5, () => `${expression(rng)}${relation(rng)}${expression(rng)}`],
    [4, () => `${leftSide(rng)}=${expression(rng)}`],
    [1, () => `${expression(rng)}=${expression(rng)}=${expression(rng)}`],
    [1.4, () => `${number(rng)}${relation(rng)}${variable(rng)}${relation(rng)}${number(rng)}`],
    [1.5, () => `${variable(rng)}=${rng.chance(0.2) ? '-' : ''}${number(rng)}`],
    [0.6, () => `${variable(rng)}_{1${rng.pick([',2', '', '/2'])}}=${expression(rng)}`],
  ])()
}

export function leftSide(rng: Rng): string {
  return rng.weighted([
    [6, () => `${rng.pick([...'ffffghhpqPQFRG'])}(${rng.pick([...'xxxxxxtnzs'])})`],
    [4, () => variable(rng)],
    [2, () => indexed(rng)],
    [1, () => `${rng.pick([...'fgy'])}'${rng.chance(0.5) ? '(x)' : ''}`],
    [0.7, () => `f(x,y)`],
    [0.5, () => `${rng.pick([...'fgh'])}^{-1}(x)`],
    [0.4, () => `(f\\circ g)(x)`],
    [0.6, () => greekLetter(rng)],
  ])()
}

/** Arithmetic with numbers only. */
export function arithmetic(rng: Rng): string {
  const operator = () => rng.pick(['+', '-', '\\times ', '\\div ', '\\cdot ', '+', '-', ':'])
  const operand = () =>
    rng.weighted([
      [6, () => integer(rng)],
      [2, () => decimal(rng)],
      [2, () => `\\frac{${rng.int(1, 20)}}{${rng.int(2, 40)}}`],
      [0.8, () => `${digit(rng)}\\frac{${digit(rng)}}{${rng.int(2, 12)}}`],
      [0.8, () => `${digit(rng)}^{${rng.int(2, 6)}}`],
      [
        0.8,
        () =>
          `(${rng.chance(0.6) ? '-' : ''}${integer(rng)}${rng.chance(0.5) ? operator() + integer(rng) : ''})`,
      ],
      [0.6, () => `\\sqrt{${integer(rng)}}`],
      [0.5, () => `${integer(rng)}\\%`],
      [0.2, () => `\\$${integer(rng)}`],
    ])()
  let text = operand()
  for (let count = rng.int(1, 3); count > 0; count -= 1) text += operator() + operand()
  return (
    text +
    rng.weighted([
      [4, ''],
      [3, `=${number(rng)}`],
      [2, '='],
      [1, '=x'],
      [0.5, `\\approx ${decimal(rng)}`],
    ])
  )
}

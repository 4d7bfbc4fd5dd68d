import type { Rng } from '../rng.ts'
import { digit, integer, variable } from './atoms.ts'
import { equation, expression, leftSide, polynomial } from './algebra.ts'
import { limit, integral } from './calculus.ts'
import { sets, interval } from './discrete.ts'

const joints = [
  'and',
  'and',
  'and',
  'and',
  'or',
  'or',
  'or',
  'if',
  'if',
  'where',
  'for',
  'when',
  'so',
  'then',
  'with',
  'thus',
  'but',
  'hence',
  'that is',
  'if and only if',
  'such that',
  'for all',
  'for every',
  'as',
  'is',
  'to',
  'at',
  'in',
  'on',
  'of',
  'is equal to',
]
const leads = [
  'Let',
  'If',
  'Find',
  'Solve',
  'Solve for',
  'Since',
  'Then',
  'Given',
  'Suppose',
  'Show that',
  'Prove that',
  'Evaluate',
  'Simplify',
  'Factor',
  'Note that',
  'Hence',
  'Therefore',
  'Thus',
  'So',
  'We have',
  'Assume',
  'where',
  'Calculate',
  'Compute',
  'Graph',
  'Determine',
  'For',
  'Consider',
  'Let us',
  'Write',
  'Differentiate',
  'Expand',
  'Answer',
  'Find the value of',
  'Step',
  'The equation',
  'The function',
  'Area',
  'Solution',
]
const tails = [
  'is a root',
  'is continuous',
  'is even',
  'units',
  'is true',
  'is prime',
  'is positive',
  'has no solution',
  'is odd',
  'is a real number',
  'for all real numbers',
  'is defined',
  'if possible',
  'is an integer',
  'as required',
  'meters',
  'hours',
  'square units',
  'otherwise',
  'is a solution',
  'diverges',
  'converges',
  'are real',
  'is not defined',
  'respectively',
]
const phrases = [
  'the',
  'a',
  'of',
  'is',
  'in',
  'to',
  'and',
  'line',
  'point',
  'number',
  'value',
  'function',
  'real',
  'root',
  'curve',
  'circle',
  'triangle',
  'equation',
  'sum',
  'set',
  'area',
  'that',
  'with',
  'for',
  'by',
  'all',
  'each',
  'two',
  'rate',
  'time',
  'speed',
  'length',
  'from',
  'between',
  'at',
  'are',
  'has',
  'be',
  'on',
  'given',
  'same',
  'every',
  'term',
  'vector',
  'graph',
  'slope',
  'solution',
  'system',
  'matrix',
  'angle',
  'side',
  'first',
  'second',
  'maximum',
  'minimum',
  'limit',
  'series',
  'price',
  'total',
  'cost',
  'height',
  'water',
  'people',
  'box',
  'left',
  'right',
  'how',
  'many',
  'What',
  'The',
  'Which',
]

function small(rng: Rng): string {
  return rng.weighted([
    [4, () => equation(rng)],
    [3, () => `${variable(rng)}=${rng.chance(0.3) ? '-' : ''}${integer(rng)}`],
    [2, () => polynomial(rng)],
    [1, () => `${variable(rng)}${rng.pick(['>', '<', '\\geq ', '\\leq ', '\\neq '])}${integer(rng)}`],
    [1, () => `${leftSide(rng)}=${polynomial(rng)}`],
    [0.6, () => sets(rng)],
    [0.6, () => interval(rng)],
    [1, () => variable(rng)],
    [0.5, () => `${rng.pick([...'fgh'])}(x)`],
  ])()
}

/** Words and formulas on one line. */
export function mixed(rng: Rng): string {
  const gap = () => rng.pick(['\\ ', '\\ ', '\\;', '\\quad ', '\\, '])
  const text = (content: string) => `\\text{${content}}`
  const comma = () => (rng.chance(0.2) ? ',' : '')
  return rng.weighted([
    [8, () => `${small(rng)}${comma()}${gap()}${text(rng.pick(joints))}${gap()}${small(rng)}`],
    [5, () => `${text(rng.pick(leads))}${gap()}${small(rng)}`],
    [
      2,
      () =>
        `${text(rng.pick(leads))}${gap()}${small(rng)}${comma()}${gap()}${text(rng.pick(joints))}${gap()}${small(rng)}`,
    ],
    [2, () => `${small(rng)}${gap()}${text(rng.pick(tails))}`],
    [1.5, () => `${text(rng.pick(leads))}${gap()}${small(rng)}${gap()}${text(rng.pick(tails))}`],
    [1, () => `${text(`${rng.pick(leads)} ${prose(rng, rng.int(1, 4))}`)}${gap()}${small(rng)}`],
    [
      1,
      () =>
        `${small(rng)}${gap()}${text(`${rng.pick(joints)} ${prose(rng, rng.int(1, 3))}`)}${gap()}${variable(rng)}`,
    ],
    [0.7, () => text(prose(rng, rng.int(2, 6)))],
    [
      0.7,
      () =>
        `${text(prose(rng, rng.int(1, 3)))}=${rng.pick([() => expression(rng), () => text(prose(rng, 1))])()}`,
    ],
    [
      0.6,
      () =>
        `${variable(rng)}_{\\text{${rng.pick(['max', 'min', 'avg', 'total', 'new', 'old'])}}}=${expression(rng)}`,
    ],
    [
      0.5,
      () =>
        `${text(rng.pick(['Evaluate', 'Find', 'Compute', 'Calculate']))}${gap()}${rng.chance(0.5) ? limit(rng) : integral(rng)}`,
    ],
    [0.5, () => `${rng.pick(['\\therefore', '\\because'])}${gap()}${small(rng)}`],
    [
      0.8,
      () => `${small(rng)}${rng.pick(['\\Rightarrow ', '\\Leftrightarrow ', '\\rightarrow '])}${small(rng)}`,
    ],
    [0.8, () => `${small(rng)},${rng.pick(['\\quad ', '\\quad ', '\\; '])}${small(rng)}`],
  ])()
}

function prose(rng: Rng, count: number): string {
  return Array.from({ length: count }, () => rng.pick(phrases)).join(' ')
}

/** A result in its frame, set closely or loosely. */
function boxed(rng: Rng, formula: string): string {
  const gap = rng.pick(['', '', '\\ro{\\;}', '\\ro{\\ \\ }', '\\ro{\\quad}'])
  return `\\boxed{${gap}${formula}${gap}}`
}

/** What stands before and behind formulas in books: item marks, numbers, punctuation. */
export function decorate(rng: Rng, formula: string): string {
  if (rng.chance(0.015)) return boxed(rng, formula)
  const isTall = formula.includes('\\begin')
  const front = rng.weighted([
    [92, () => ''],
    [1.2, () => `${rng.pick([...'abcdefi'])})\\quad `],
    [0.8, () => `(${rng.pick([...'abcdefi'])})\\quad `],
    [1.2, () => `${rng.int(1, 40)})\\quad `],
    [1.2, () => `${rng.int(1, 60)}.\\quad `],
    [0.5, () => `(${rng.int(1, 20)})\\quad `],
    [1.2, () => '\\ro{\\cdot\\quad}'],
    [0.6, () => '\\ro{\\bullet\\quad}'],
  ])()
  const back = rng.weighted([
    [70, () => ''],
    [11, () => `${isTall ? '\\,' : ''}.`],
    [6, () => ','],
    [0.6, () => ';'],
    [1, () => '?'],
    [
      2.2,
      () =>
        `\\tag{${rng.weighted([
          [6, () => String(rng.int(1, 40))],
          [3, () => `${digit(rng)}.${rng.int(1, 30)}`],
          [1, () => '*'],
        ])()}}`,
    ],
  ])()
  return `${front}${formula}${back}`
}

import type { Rng } from '../rng.ts'
import { digit, integer, variable } from './atoms.ts'
import { expression, factor, fraction, functionCall, polynomial, root, sum, term } from './algebra.ts'

const thin = (rng: Rng) => (rng.chance(0.7) ? '\\,' : '')

function differential(rng: Rng, name: string): string {
  return `${thin(rng)} ${rng.chance(0.12) ? '\\mathrm{d}' : 'd'} ${name}`
}

export function limit(rng: Rng): string {
  const name = rng.pick([...'xxxxxnnhtak'])
  const target = rng.weighted([
    [5, () => (rng.chance(0.5) ? '0' : digit(rng))],
    [4, () => '\\infty'],
    [1, () => '-\\infty'],
    [1, () => `-${digit(rng)}`],
    [0.8, () => `${rng.pick(['0', '1', '2', 'a'])}^{${rng.pick(['+', '-'])}}`],
    [0.8, () => rng.pick(['a', 'c', 'x_0', '\\pi', '\\frac{\\pi}{2}', 'x_{0}'])],
  ])()
  const arrow = rng.chance(0.96) ? '\\rightarrow ' : '\\to '
  const body = rng.weighted([
    [5, () => `\\frac{${polynomial(rng, name)}}{${polynomial(rng, name)}}`],
    [2, () => fraction(rng, 1)],
    [2, () => `(${fraction(rng, 0)})`],
    [1, () => `(\\frac{${polynomial(rng, name)}}{${polynomial(rng, name)}})${rng.chance(0.3) ? '^{n}' : ''}`],
    [
      1,
      () =>
        `(1+\\frac{${rng.pick(['1', 'x', 'a', '2'])}}{${rng.pick(['n', 'x'])}})^{${rng.pick(['n', 'x', '2n'])}}`,
    ],
    [1, () => `\\frac{${functionCall(rng, 0)}}{${rng.pick(['x', '2x', 'x^2', 't'])}}`],
    [2, () => `${rng.pick([...'fga'])}${rng.chance(0.7) ? `(${name})` : `_{n}`}`],
    [1, () => `\\frac{f(x+h)-f(x)}{h}`],
    [1, () => `(${polynomial(rng)})`],
    [0.7, () => `[${sum(rng, 1, 2)}]`],
    [0.7, () => root(rng, 1)],
  ])()
  return `\\lim_{${name}${arrow}${target}}${body}${rng.chance(0.35) ? `=${rng.pick([integer(rng), 'L', '\\infty', '0', 'e', '1'])}` : ''}`
}

export function integral(rng: Rng): string {
  const name = rng.pick([...'xxxxxxtuyzs'])
  const bounds = rng.weighted([
    [4, () => ''],
    [
      3,
      () =>
        `_{0}^{${rng.pick(['1', '2', '\\pi', '\\infty', 'a', 't', 'x', '2\\pi', digit(rng), '\\frac{\\pi}{2}', 'T'])}}`,
    ],
    [
      2,
      () =>
        `_{${rng.pick(['a', '-1', '1', '-\\infty', '-a', '-\\pi', digit(rng), 'x_0'])}}^{${rng.pick(['b', '1', '\\infty', 'a', '\\pi', digit(rng), 'x'])}}`,
    ],
    [0.6, () => `_{${rng.pick(['C', 'D', '\\gamma', 'S', 'V', '\\Omega', '\\mathbb{R}'])}}`],
  ])()
  const body = rng.weighted([
    [3, () => `${rng.pick([...'fgFh'])}(${name})`],
    [3, () => polynomial(rng, name)],
    [2, () => `(${polynomial(rng, name)})`],
    [
      3,
      () =>
        `${rng.pick(['', name, digit(rng)])} ${rng.pick(['e^{x}', 'e^{-x^2}', `e^{${digit(rng)}x}`, `e^{-${name}}`, `e^{${digit(rng)}x-${digit(rng)}}`, '\\sin x', '\\cos x', '\\ln x', '\\sin^{2} x'])}`,
    ],
    [2, () => fraction(rng, 1)],
    [1, () => `\\frac{1}{\\sqrt{${digit(rng)}-${name}^{2}}}`],
    [1, () => root(rng, 0)],
    [1, () => term(rng, 1)],
  ])()
  const sign = rng.weighted([
    [20, '\\int'],
    [1.5, '\\iint'],
    [0.6, '\\iiint'],
    [1.5, '\\oint'],
  ])
  const isDouble = sign === '\\iint'
  const end = rng.weighted([
    [5, () => ''],
    [2, () => `=${expression(rng)}${rng.chance(0.5) ? '+C' : ''}`],
    [1, () => `=[${factor(rng, 1)}]_{${digit(rng)}}^{${digit(rng)}}`],
    [1, () => `=F(b)-F(a)`],
  ])()
  const measure = isDouble
    ? rng.pick([`${thin(rng)} d A`, `${thin(rng)} d x${thin(rng)} d y`])
    : differential(rng, name)
  return `${sign}${bounds} ${body}${measure}${end}`
}

export function series(rng: Rng): string {
  const name = rng.pick([...'nnnkkkiijm'])
  const sign = rng.weighted([
    [10, '\\sum'],
    [2, '\\prod'],
    [0.3, '\\bigcup'],
    [0.3, '\\bigcap'],
  ])
  const upper = rng.pick([
    '\\infty',
    '\\infty',
    '\\infty',
    'n',
    'n',
    'N',
    'm',
    digit(rng),
    '10',
    '100',
    'n-1',
    'k',
  ])
  const range = rng.weighted([
    [9, () => `_{${name}=${rng.pick(['0', '1', '1', '1', '2', 'k', '-\\infty'])}}^{${upper}}`],
    [1, () => `_{${name}}`],
    [0.6, () => `_{${name}\\in ${rng.pick(['I', 'S', 'A', '\\mathbb{N}', '\\mathbb{Z}'])}}`],
    [0.5, () => `_{1\\leq i<j\\leq n}`],
  ])()
  const body = sign.startsWith('\\big')
    ? `A_{${name}}`
    : rng.weighted([
        [3, () => `${rng.pick([...'axbcf'])}_{${name}}`],
        [2, () => `\\frac{1}{${name}${rng.pick(['', '^2', '^{2}', '!', '^p', '^{3}', `(${name}+1)`])}}`],
        [
          2,
          () =>
            `\\frac{${rng.pick(['x^{' + name + '}', '(-1)^{' + name + '}', '1', name, '2^{' + name + '}', '(-1)^{' + name + '+1}'])}}{${rng.pick([name + '!', name, '2' + name + '+1', '2^{' + name + '}', name + '^{2}+1', '(2' + name + ')!'])}}`,
        ],
        [1, () => `${name}${rng.pick(['', '^2', '^{2}', '^{3}'])}`],
        [1, () => `(${digit(rng)}${name}${rng.pick(['+', '-'])}${digit(rng)})`],
        [
          1,
          () =>
            `${rng.pick(['a', 'c', 'r'])}${rng.pick(['_{' + name + '}', ''])}${rng.pick(['x^{' + name + '}', 'r^{' + name + '}', 'z^{' + name + '}', 'r^{' + name + '-1}'])}`,
        ],
        [
          1,
          () =>
            `\\binom{n}{${name}}${rng.pick(['', 'x^{n-' + name + '}y^{' + name + '}', 'p^{' + name + '}(1-p)^{n-' + name + '}'])}`,
        ],
        [0.7, () => `${rng.pick([...'axp'])}_{${name}}${rng.pick([...'bywq'])}_{${name}}`],
        [0.7, () => `(x_{${name}}-\\bar{x})^{2}`],
        [1, () => fraction(rng, 0)],
      ])()
  const end = rng.weighted([
    [5, () => ''],
    [2, () => `=${fraction(rng, 0)}`],
    [
      1,
      () =>
        `=${rng.pick(['1', '\\frac{\\pi^2}{6}', '\\frac{n(n+1)}{2}', 'e', 'S', '\\frac{a}{1-r}', '\\ln 2', '2', 'e^{x}', '(x+y)^{n}'])}`,
    ],
    [0.7, () => `${rng.pick(['<', '\\leq ', '+'])}${rng.pick(['\\infty', integer(rng), 'C', 'x'])}`],
  ])()
  return `${rng.chance(0.25) ? `${rng.pick(['S', 'S_n', 'f(x)', '\\bar{x}', 'a', 's^{2}', 'E(X)', 'e^{x}'])}=${rng.chance(0.2) ? '\\frac{1}{n}' : ''}` : ''}${sign}${range}${body}${end}`
}

export function derivative(rng: Rng): string {
  const [upper, lower] = rng.pick([
    ['y', 'x'],
    ['y', 'x'],
    ['f', 'x'],
    ['x', 't'],
    ['u', 'x'],
    ['V', 't'],
    ['v', 't'],
    ['z', 'x'],
    ['r', '\\theta'],
  ] as const)
  const sign = rng.chance(0.35) ? '\\partial ' : 'd'
  const quotient = rng.weighted([
    [6, () => `\\frac{${sign} ${upper}}{${sign} ${lower}}`],
    [2, () => `\\frac{${sign}^{2} ${upper}}{${sign} ${lower}^{2}}`],
    [
      1.5,
      () =>
        `\\frac{${sign}}{${sign} ${lower}}${rng.pick([`(${polynomial(rng)})`, `[${functionCall(rng, 0)}]`, ` ${functionCall(rng, 0)}`])}`,
    ],
    [0.5, () => `\\frac{\\partial^{2} ${upper}}{\\partial x\\partial y}`],
  ])()
  return rng.weighted([
    [4, () => `${quotient}=${expression(rng)}`],
    [2, () => `${quotient}${rng.pick(['+', '-'])}${term(rng, 0)}=${rng.pick(['0', expression(rng)])}`],
    [1, () => quotient],
    [1, () => `\\frac{d y}{d x}=\\frac{d y}{d u}\\cdot\\frac{d u}{d x}`],
    [
      2,
      () =>
        `${rng.pick([...'fgy'])}${rng.pick(["'", "'", "''", "'''"])}${rng.chance(0.7) ? '(x)' : ''}=${expression(rng)}`,
    ],
    [
      1,
      () =>
        `y''${rng.pick(['+', '-'])}${rng.pick(['', digit(rng)])}y'${rng.pick(['+', '-'])}${rng.pick(['', digit(rng)])}y=${rng.pick(['0', 'e^{x}', '\\sin x', 'x'])}`,
    ],
    [0.7, () => `\\dot{${rng.pick([...'xqyr'])}}=${expression(rng)}`],
    [
      0.6,
      () =>
        `\\nabla ${rng.pick(['\\cdot', '\\times', ''])} ${rng.pick(['\\mathbf{F}', '\\vec{E}', '\\mathbf{B}', 'f', '\\vec{v}'])}=${rng.pick(['0', '\\frac{\\rho}{\\varepsilon_0}', '-\\frac{\\partial\\mathbf{B}}{\\partial t}', '\\lambda\\nabla g'])}`,
    ],
    [
      0.6,
      () =>
        `${rng.pick(['\\max', '\\min', '\\sup', '\\inf'])}_{${variable(rng)}${rng.pick(['\\in A', '\\in S', '>0', ''])}}f(x)`,
    ],
  ])()
}

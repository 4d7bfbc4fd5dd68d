import type { Rng } from '../rng.ts'
import { capital, decimal, digit, index, integer, number, variable } from './atoms.ts'
import { equation, expression, fraction, polynomial } from './algebra.ts'

export function logic(rng: Rng): string {
  const names = rng.pick([
    ['p', 'q', 'r'],
    ['p', 'q', 'r'],
    ['p', 'q', 'r'],
    ['A', 'B', 'C'],
    ['a', 'b', 'c'],
    ['P', 'Q', 'R'],
    ['x', 'y', 'z'],
  ])
  const literal = () =>
    `${rng.chance(0.25) ? rng.pick(['\\neg ', '\\neg ', '\\sim ']) : ''}${rng.pick(names)}${rng.chance(0.12) ? "'" : ''}`
  const operator = () =>
    rng.weighted([
      [6, '\\wedge '],
      [6, '\\vee '],
      [2, '\\rightarrow '],
      [2, '\\Rightarrow '],
      [1, '\\leftrightarrow '],
      [1, '\\Leftrightarrow '],
      [0.4, '\\oplus '],
    ])
  const group = () =>
    `${rng.chance(0.15) ? '\\neg ' : ''}(${literal()}${operator()}${literal()})${rng.chance(0.25) ? "'" : ''}`
  return rng.weighted([
    [3, () => `${literal()}${operator()}${literal()}`],
    [4, () => `${group()}${operator()}${literal()}`],
    [2, () => `${literal()}${operator()}${group()}`],
    [2, () => `${group()}${operator()}${group()}`],
    [1.5, () => `${group()}${rng.pick(['\\equiv ', '\\Leftrightarrow ', '='])}${group()}`],
    [
      1.5,
      () =>
        `${rng.pick(['\\forall ', '\\exists ', '\\nexists '])}${rng.pick([...'xynk'])}${rng.pick([`\\in ${rng.pick(['\\mathbb{R}', '\\mathbb{N}', 'A', '\\mathbb{Z}'])}`, ''])}${rng.pick([':', ',', '\\,', '\\ '])} ${rng.pick([`P(x)`, equation(rng), 'P(x)\\rightarrow Q(x)', 'x>0', `\\exists y${rng.pick([':', '\\,'])} x<y`])}`,
    ],
  ])()
}

const blackboard = ['R', 'R', 'R', 'N', 'Z', 'Q', 'C']

export function sets(rng: Rng): string {
  const one = () =>
    rng.chance(0.8) ? capital(rng) : rng.pick(['A_1', 'A_{i}', "A'", 'A^{c}', '\\overline{A}', '\\emptyset'])
  const operator = () => rng.pick(['\\cap ', '\\cap ', '\\cup ', '\\cup ', '\\backslash ', '\\times '])
  const field = () =>
    `\\mathbb{${rng.pick(blackboard)}}${rng.chance(0.25) ? `^{${rng.pick(['n', '2', '3', '+', '*'])}}` : ''}`
  const listing = () =>
    Array.from({ length: rng.int(1, 5) }, () => (rng.chance(0.7) ? integer(rng) : variable(rng))).join(', ')
  return rng.weighted([
    [3, () => `${one()}${operator()}${one()}`],
    [
      2,
      () =>
        `${one()}${operator()}${one()}${rng.pick(['=', '\\subseteq ', '\\subset ', '\\neq '])}${rng.pick([one(), '\\emptyset', `\\{${listing()}\\}`])}`,
    ],
    [2, () => `${one()}${operator()}(${one()}${operator()}${one()})`],
    [3, () => `${one()}=\\{${listing()}${rng.chance(0.25) ? ', \\ldots' : ''}\\}`],
    [
      2.5,
      () =>
        `${rng.chance(0.5) ? `${one()}=` : ''}\\{${variable(rng)}${rng.pick([`\\in ${field()}`, ''])}${rng.pick([' \\mid ', ':', ' | '])}${equation(rng)}\\}`,
    ],
    [2.5, () => `${variable(rng)}\\in ${rng.pick([interval(rng), field(), one()])}`],
    [1, () => `${variable(rng)}\\notin ${rng.pick([field(), one()])}`],
    [2.5, () => interval(rng)],
    [1, () => `${interval(rng)}\\cup ${interval(rng)}`],
    [1.5, () => `${rng.pick([...'fgT'])}:${field()}\\rightarrow ${field()}`],
    [0.5, () => `${variable(rng)}\\mapsto ${expression(rng)}`],
    [0.4, () => `${one()}\\subset ${one()}`],
    [0.4, () => `n(${one()}\\cup ${one()})=${integer(rng)}`],
  ])()
}

export function interval(rng: Rng): string {
  const low = rng.pick(['-\\infty', '0', `-${digit(rng)}`, digit(rng), 'a'])
  const high = rng.pick(['\\infty', '+\\infty', digit(rng), integer(rng), 'b', '1', '\\frac{1}{2}'])
  return `${low === '-\\infty' ? '(' : rng.pick(['(', '['])}${low}${rng.chance(0.9) ? ',' : ';'} ${high}${high.endsWith('infty') ? ')' : rng.pick([')', ']'])}`
}

export function probability(rng: Rng): string {
  return rng.weighted([
    [
      3,
      () =>
        `P(${capital(rng)}${rng.pick([' | B', '\\cap B', '\\cup B', '', '=k', '>x', '\\leq 2'])})=${rng.pick([fraction(rng, 0), decimal(rng), 'P(A)+P(B)'])}`,
    ],
    [1, () => `P(A|B)=\\frac{P(B|A)P(A)}{P(B)}`],
    [1, () => `E(X)=${expression(rng)}`],
    [
      1,
      () =>
        `X\\sim ${rng.pick(['N', 'B', '\\mathcal{N}'])}(${rng.pick(['\\mu', '0', 'n'])}, ${rng.pick(['\\sigma^{2}', '1', 'p'])})`,
    ],
    [
      1,
      () => `${rng.pick(['{}_{n}C_{r}', '{}^{n}C_{r}', '\\binom{n}{r}', 'C_{n}^{k}'])}=\\frac{n!}{r!(n-r)!}`,
    ],
    [1, () => `z=\\frac{x-\\mu}{\\sigma}`],
    [0.7, () => `\\sigma^{2}=${expression(rng)}`],
    [0.7, () => `${integer(rng)}\\equiv ${integer(rng)}\\pmod{${rng.pick([integer(rng), 'n', 'p', 'm'])}}`],
    [0.5, () => `\\gcd(${rng.pick(['a,b', `${integer(rng)},${integer(rng)}`])})=${integer(rng)}`],
    [0.5, () => `\\lfloor ${rng.pick(['x', fraction(rng, 0), decimal(rng)])}\\rfloor=${integer(rng)}`],
    [0.3, () => `\\lceil ${rng.pick(['x', fraction(rng, 0), decimal(rng)])}\\rceil`],
  ])()
}

export function geometry(rng: Rng): string {
  const point = () => rng.pick([...'ABCDEFPQRSTO'])
  const angle = () => `\\angle ${point()}${rng.chance(0.8) ? `${point()}${point()}` : ''}`
  return rng.weighted([
    [3, () => `${angle()}=${rng.pick([`${rng.int(10, 179)}^{\\circ}`, angle(), 'x', '(2x+10)^{\\circ}'])}`],
    [
      2,
      () =>
        `\\triangle ${point()}${point()}${point()}${rng.pick(['\\cong ', '\\sim '])}\\triangle ${point()}${point()}${point()}`,
    ],
    [
      2,
      () =>
        `${rng.pick([`\\overline{${point()}${point()}}`, `${point()}${point()}`, `\\overrightarrow{${point()}${point()}}`])}${rng.pick(['\\parallel ', '\\perp ', '=', '\\cong '])}${rng.pick([`\\overline{${point()}${point()}}`, `${point()}${point()}`, integer(rng)])}`,
    ],
    [
      2,
      () =>
        `${point()}(${number(rng)}${rng.pick([',', ', ', ';'])} ${rng.chance(0.3) ? '-' : ''}${number(rng)})`,
    ],
    [1, () => `(${integer(rng)},${integer(rng)}${rng.chance(0.3) ? `,${integer(rng)}` : ''})`],
    [
      1,
      () =>
        `${rng.pick(['A', 'V', 'S', 'C'])}=${rng.pick(['\\pi r^{2}', '2\\pi r', '\\frac{1}{2}bh', '\\frac{4}{3}\\pi r^{3}', '\\pi r^{2}h', 'lw', '\\frac{1}{3}\\pi r^{2}h', '4\\pi r^{2}', 's^{2}', '\\frac{a+b}{2}h'])}`,
    ],
    [
      1,
      () =>
        `\\vec{${rng.pick([...'abuv'])}}\\cdot\\vec{${rng.pick([...'bvwc'])}}=${rng.pick(['0', integer(rng), '|\\vec{a}||\\vec{b}|\\cos\\theta'])}`,
    ],
    [
      1,
      () =>
        `\\|${rng.pick(['x', '\\mathbf{x}', 'v', 'x-y', '\\vec{v}'])}\\|${rng.pick(['', '_{2}', '^{2}'])}${rng.pick(['=', '\\leq '])}${expression(rng)}`,
    ],
    [0.6, () => `\\langle ${rng.pick(['u,v', 'x,y', '1,2,3', 'a,b'])}\\rangle${rng.pick(['', '=0'])}`],
    [0.6, () => `${rng.int(0, 359)}^{\\circ}${rng.pick(['', `${rng.int(1, 59)}'`])}`],
  ])()
}

const units = [
  'cm',
  'cm',
  'mm',
  'km',
  'kg',
  'm',
  'm',
  's',
  'g',
  'N',
  'J',
  'Hz',
  'mol',
  'min',
  'ml',
  'kJ',
  'Pa',
  'V',
  'W',
  'K',
]

export function physics(rng: Rng): string {
  const unit = () => {
    const name = rng.pick(units)
    const upright = `\\mathrm{${name}}`
    return rng.weighted([
      [4, upright],
      [2, `${upright}/\\mathrm{${rng.pick(['s', 's', 'min', 'kg', 'h'])}}`],
      [1, `${upright}^{${rng.pick(['2', '3', '-1'])}}`],
    ])
  }
  return rng.weighted([
    [4, () => `${number(rng)}\\,${unit()}`],
    [3, () => `${variable(rng)}=${number(rng)}\\,${unit()}`],
    [
      2,
      () =>
        `${rng.pick([digit(rng), decimal(rng)])}\\times 10^{${rng.chance(0.5) ? '-' : ''}${rng.int(2, 31)}}${rng.chance(0.5) ? `\\,${unit()}` : ''}`,
    ],
    [
      3,
      () =>
        rng.pick([
          'F=ma',
          'E=mc^{2}',
          'v=v_{0}+at',
          's=ut+\\frac{1}{2}at^{2}',
          'F=G\\frac{m_{1}m_{2}}{r^{2}}',
          'PV=nRT',
          'V=IR',
          'E_{k}=\\frac{1}{2}mv^{2}',
          'T=2\\pi\\sqrt{\\frac{l}{g}}',
          '\\lambda=\\frac{h}{p}',
          'E=h\\nu',
          'p=\\frac{F}{A}',
          'i\\hbar\\frac{\\partial\\psi}{\\partial t}=\\hat{H}\\psi',
          'v^{2}=u^{2}+2as',
          '\\frac{1}{f}=\\frac{1}{u}+\\frac{1}{v}',
          'Q=mc\\Delta T',
          '\\Delta x\\Delta p\\geq\\frac{\\hbar}{2}',
          'R=\\frac{\\rho l}{A}',
          'P=\\frac{W}{t}',
          '\\omega=2\\pi f',
        ]),
    ],
    [
      1.5,
      () =>
        `\\Delta ${rng.pick([...'xtTEvUSHG'])}=${rng.pick([number(rng), expression(rng), `${variable(rng)}_{2}-${variable(rng)}_{1}`])}`,
    ],
    [1, () => `${rng.pick([...'vaxFTE'])}_{${index(rng)}}=${expression(rng)}`],
  ])()
}

export function sequence(rng: Rng): string {
  const name = rng.pick([...'aaxub'])
  return rng.weighted([
    [2, () => `${name}_{1}, ${name}_{2}, \\ldots, ${name}_{n}`],
    [1, () => `${name}_{n}=${expression(rng)}`],
    [2, () => `${name}_{n+1}=${polynomial(rng)}`],
    [1.5, () => `${name}_{n}=${name}_{1}${rng.pick(['+(n-1)d', 'r^{n-1}', 'q^{n-1}'])}`],
    [2, () => `${Array.from({ length: rng.int(3, 5) }, () => integer(rng)).join(', ')}, \\ldots`],
    [
      1,
      () =>
        `1+${Array.from({ length: 3 }, () => digit(rng)).join('+')}+\\cdots${rng.chance(0.5) ? '+n' : ''}`,
    ],
    [1, () => `\\{${name}_{n}\\}${rng.pick(['', '_{n=1}^{\\infty}'])}`],
    [1, () => `0.\\overline{${rng.int(1, 99)}}`],
  ])()
}

/** Formulas that everybody writes. */
export function wellKnown(rng: Rng): string {
  return rng.pick([
    'x=\\frac{-b\\pm\\sqrt{b^{2}-4ac}}{2a}',
    'x_{1,2}=\\frac{-b\\pm\\sqrt{b^{2}-4ac}}{2a}',
    'a^{2}+b^{2}=c^{2}',
    'ax^{2}+bx+c=0',
    'y=mx+b',
    'y=mx+c',
    'x^{2}+y^{2}=r^{2}',
    '(x-h)^{2}+(y-k)^{2}=r^{2}',
    '(a+b)^{2}=a^{2}+2ab+b^{2}',
    'a^{2}-b^{2}=(a+b)(a-b)',
    '\\sin^{2} x+\\cos^{2} x=1',
    '\\sin^{2}\\theta+\\cos^{2}\\theta=1',
    'e^{i\\pi}+1=0',
    'e^{i\\theta}=\\cos\\theta+i\\sin\\theta',
    '\\tan x=\\frac{\\sin x}{\\cos x}',
    '\\frac{x^{2}}{a^{2}}+\\frac{y^{2}}{b^{2}}=1',
    'd=\\sqrt{(x_{2}-x_{1})^{2}+(y_{2}-y_{1})^{2}}',
    'm=\\frac{y_{2}-y_{1}}{x_{2}-x_{1}}',
    'y-y_{1}=m(x-x_{1})',
    'c^{2}=a^{2}+b^{2}-2ab\\cos C',
    '\\frac{a}{\\sin A}=\\frac{b}{\\sin B}=\\frac{c}{\\sin C}',
    '\\log_{a} xy=\\log_{a} x+\\log_{a} y',
    "f'(x)=\\lim_{h\\rightarrow 0}\\frac{f(x+h)-f(x)}{h}",
    '\\int_{a}^{b} f(x)\\,dx=F(b)-F(a)',
    '\\int u\\,dv=uv-\\int v\\,du',
    '\\sum_{k=1}^{n}k=\\frac{n(n+1)}{2}',
    '\\lim_{x\\rightarrow 0}\\frac{\\sin x}{x}=1',
    'e=\\lim_{n\\rightarrow\\infty}(1+\\frac{1}{n})^{n}',
    'x^{2}+y^{2}+z^{2}=1',
    '\\sqrt{a^{2}+b^{2}}',
    'A=P(1+\\frac{r}{n})^{nt}',
    '|x-a|<\\delta',
    '|f(x)-L|<\\varepsilon',
    '\\cos 2\\theta=1-2\\sin^{2}\\theta',
    "f''(x)=0",
    'z=a+bi',
    'i^{2}=-1',
    "(fg)'=f'g+fg'",
    '\\Delta=b^{2}-4ac',
    'D=b^{2}-4ac',
    '\\int_{-\\infty}^{\\infty}e^{-x^{2}}\\,dx=\\sqrt{\\pi}',
    '\\frac{d}{dx}\\sin x=\\cos x',
    '\\sum_{n=1}^{\\infty}\\frac{1}{n^{2}}=\\frac{\\pi^{2}}{6}',
  ])
}

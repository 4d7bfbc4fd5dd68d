import type { Rng } from '../rng.ts'

/**
 * Expressions that mean nothing in particular: any sign may stand beside any other. Formulas that people write hold combinations
 * that no list of families foresees; a reader that has only seen sensible ones guesses instead of looking.
 */
export function wild(rng: Rng): string {
  const scene: Scene = { rng, palette: [], left: rng.weighted(budgets) }
  scene.palette = Array.from({ length: rng.int(2, 5) }, () => sign(rng))
  const sides = rng.weighted([
    [5, 1],
    [7, 2],
    [1.5, 3],
  ])
  const parts = Array.from({ length: sides }, () => row(scene, 0))
  return parts.reduce((all, part) => `${all}${relation(rng)}${part}`)
}

/** Matrices, cases and lines of such expressions. */
export function wildLines(rng: Rng): string {
  const scene: Scene = { rng, palette: [], left: 0 }
  scene.palette = Array.from({ length: rng.int(2, 4) }, () => sign(rng))
  const cell = (budget: number) => {
    scene.left = budget
    return row(scene, rng.chance(0.6) ? 3 : 2)
  }
  const lines = rng.int(2, rng.chance(0.3) ? 5 : 3)
  const head = rng.chance(0.6) ? `${known(scene)}${rng.chance(0.3) ? bracketed(scene, 3) : ''}=` : ''
  const join = (parts: readonly string[]) => parts.join(' \\\\ ')
  const repeat = (make: () => string) => Array.from({ length: lines }, make)
  return rng.weighted<() => string>([
    [
      6,
      () => {
        const name = rng.pick([
          'pmatrix',
          'pmatrix',
          'bmatrix',
          'bmatrix',
          'vmatrix',
          'matrix',
          'Vmatrix',
          'Bmatrix',
        ])
        // One column without brackets is a pile of lines, which has another spelling.
        const columns = rng.int(name === 'matrix' ? 2 : 1, 4)
        const size = rng.int(1, 2)
        const entry = () => (rng.chance(0.06) ? rng.pick(['\\cdots', '\\vdots', '\\ddots']) : cell(size))
        const rows = repeat(() => Array.from({ length: columns }, entry).join(' & '))
        return `${head}\\begin{${name}}${join(rows)}\\end{${name}}${rng.chance(0.3) ? scripted(scene, 3, '') : ''}`
      },
    ],
    [
      4,
      () => {
        const condition = () =>
          rng.chance(0.6)
            ? `\\text{${rng.pick(['if ', 'if ', 'for ', 'when ', 'where '])}}${cell(2)}${relation(rng)}${cell(1)}`
            : rng.pick(['\\text{otherwise}', '\\text{else}', `${cell(1)}${relation(rng)}${cell(1)}`])
        const comma = rng.chance(0.5) ? ',' : ''
        return `${head}\\begin{cases}${join(repeat(() => `${cell(4)}${comma} & ${condition()}`))}\\end{cases}`
      },
    ],
    [
      4,
      () =>
        `\\begin{aligned}${join(repeat(() => `${cell(3)} & ${relation(rng)}${cell(rng.int(2, 6))}`))}\\end{aligned}`,
    ],
    [
      2,
      () => `\\begin{gathered}${join(repeat(() => `${cell(3)}${relation(rng)}${cell(3)}`))}\\end{gathered}`,
    ],
    [
      1.5,
      () =>
        `\\left\\{\\begin{array}{l}${join(repeat(() => `${cell(3)}${relation(rng)}${cell(3)}`))}\\end{array}\\right.`,
    ],
  ])()
}

/** The signs a formula uses again and again, and how many more atoms it may hold. */
type Scene = { readonly rng: Rng; palette: string[]; left: number }

const budgets: readonly (readonly [number, number])[] = [
  [5, 3],
  [8, 6],
  [7, 10],
  [5, 15],
  [3, 22],
]

const spread = (list: string): string[] => list.trim().split(/\s+/)
const small = [...'abcdefghijklmnopqrstuvwxyz']
const large = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
const greek = spread(
  '\\alpha \\beta \\gamma \\delta \\epsilon \\varepsilon \\zeta \\eta \\theta \\vartheta \\iota \\kappa \\lambda \\mu \\nu \\xi \\pi \\rho \\sigma \\tau \\upsilon \\phi \\varphi \\chi \\psi \\omega',
)
const largeGreek = spread('\\Gamma \\Delta \\Theta \\Lambda \\Xi \\Pi \\Sigma \\Upsilon \\Phi \\Psi \\Omega')
const special = spread(
  '\\infty \\partial \\nabla \\ell \\hbar \\emptyset \\Re \\Im \\aleph \\wp \\top \\bot \\star \\dagger \\bullet \\circ \\angle \\triangle',
)
const functions = spread(
  '\\sin \\cos \\tan \\cot \\sec \\csc \\arcsin \\arccos \\arctan \\sinh \\cosh \\tanh \\log \\ln \\exp \\det \\dim \\ker \\gcd \\deg \\arg \\Pr \\max \\min \\sup \\inf',
)
const words = spread(
  'if otherwise and or for all where with when else max min eff tot in out ext const span rank sgn diag tr var cov erf sinc lcm Re Im arg mod res Hom id vol supp kin pot rot ref obs true false',
)
const binary = spread(
  '+ + + + - - - - \\cdot \\times / * \\pm \\mp \\div \\oplus \\otimes \\circ \\wedge \\vee \\cap \\cup \\backslash \\ominus \\odot',
)
const relations = spread(
  '= = = = = = = \\leq \\geq < > \\neq \\approx \\equiv \\sim \\simeq \\cong \\propto \\in \\notin \\subset \\subseteq \\supset \\ll \\gg \\to \\rightarrow \\Rightarrow \\Leftrightarrow \\leftarrow \\mapsto := \\mid | \\parallel \\perp \\prec \\succ \\leqslant \\geqslant \\vdash \\models \\asymp \\doteq',
)
const operators = spread(
  '\\sum \\sum \\sum \\prod \\bigcup \\bigcap \\bigoplus \\bigotimes \\coprod \\bigvee \\bigwedge',
)
const integrals = spread('\\int \\int \\int \\iint \\oint \\iiint')
const limits = spread('\\lim \\max \\min \\sup \\inf \\limsup \\liminf')
const accents = spread(
  '\\hat \\hat \\bar \\bar \\tilde \\vec \\dot \\ddot \\overline \\underline \\widehat \\widetilde \\check \\breve \\overrightarrow',
)
const fonts = spread('\\mathbf \\mathbf \\mathbf \\mathcal \\mathcal \\mathbb \\mathbb \\mathfrak \\mathrm')
const brackets: readonly (readonly [number, string, string])[] = [
  [12, '(', ')'],
  [4, '[', ']'],
  [2, '\\{', '\\}'],
  [2.5, '|', '|'],
  [1, '\\|', '\\|'],
  [1, '\\langle ', '\\rangle '],
  [0.7, '\\lfloor ', '\\rfloor '],
  [0.5, '\\lceil ', '\\rceil '],
]

function relation(rng: Rng): string {
  return `${rng.pick(relations)} `
}

/** One letter, digit or sign, of any kind. */
function sign(rng: Rng): string {
  return rng.weighted([
    [30, () => rng.pick(small)],
    [16, () => rng.pick(large)],
    [14, () => `${rng.pick(greek)} `],
    [4, () => `${rng.pick(largeGreek)} `],
    [3, () => `${rng.pick(special)} `],
    [4, () => styled(rng)],
    [4, () => `${rng.pick(accents)}{${rng.pick(rng.chance(0.6) ? small : [...large, ...greek])}}`],
  ])()
}

/** Calligraphic and blackboard faces have capitals only. */
function styled(rng: Rng): string {
  const font = rng.pick(fonts)
  const hasSmall = !['\\mathcal', '\\mathbb'].includes(font)
  return `${font}{${rng.pick(hasSmall && rng.chance(0.45) ? small : large)}}`
}

function number(rng: Rng): string {
  return rng.weighted([
    [30, () => String(rng.int(0, 9))],
    [10, () => String(rng.int(10, 999))],
    [3, () => `${String(rng.int(0, 99))}.${String(rng.int(0, 9999))}`],
    [1, () => String(rng.int(1000, 999999))],
  ])()
}

function known(scene: Scene): string {
  const { rng, palette } = scene
  return rng.chance(0.65) ? rng.pick(palette) : sign(rng)
}

/** A few atoms with what joins them. */
function row(scene: Scene, depth: number): string {
  const { rng } = scene
  const count = depth === 0 ? rng.int(1, 5) : rng.int(1, 3)
  let text = ''
  for (let at = 0; at < count && (at === 0 || scene.left > 0); at += 1) {
    if (at > 0) {
      text += rng.weighted([
        [9, () => `${rng.pick(binary)} `],
        [6, () => ' '],
        [1, () => ', '],
        [0.4, () => '\\ldots '],
        [0.4, () => ',\\ldots,'],
        [0.4, () => '+\\cdots+'],
      ])()
    } else if (rng.chance(0.1)) text += '-'
    text += atom(scene, depth)
  }
  return text
}

function atom(scene: Scene, depth: number): string {
  const { rng } = scene
  scene.left -= 1
  const isDeep = depth >= 3 || scene.left <= 0
  if (isDeep) return rng.chance(0.25) ? number(rng) : scripted(scene, depth, known(scene))
  return rng.weighted<() => string>([
    [34, () => scripted(scene, depth, known(scene))],
    [10, () => number(rng)],
    [8, () => `${known(scene)}${bracketed(scene, depth)}`],
    [6, () => scripted(scene, depth, bracketed(scene, depth))],
    [7, () => `\\frac{${row(scene, depth + 1)}}{${row(scene, depth + 1)}}`],
    [
      3,
      () =>
        `\\sqrt${rng.chance(0.2) ? `[${rng.chance(0.6) ? number(rng) : known(scene)}]` : ''}{${row(scene, depth + 1)}}`,
    ],
    [4, () => `${named(rng)}${rng.chance(0.5) ? bracketed(scene, depth) : ` ${known(scene)}`}`],
    [3.5, () => `${rng.pick(operators)}${bounds(scene)} ${atom(scene, depth + 1)}`],
    [
      3.5,
      () =>
        `${rng.pick(integrals)}${bounds(scene)} ${row(scene, depth + 1)}${rng.chance(0.8) ? `\\,d ${known(scene)}` : ''}`,
    ],
    [1.5, () => `${rng.pick(limits)}_{${row(scene, 2)}\\to ${atom(scene, 3)}} ${atom(scene, depth + 1)}`],
    [1, () => `\\binom{${row(scene, 3)}}{${row(scene, 3)}}`],
    [2, () => derivative(scene, depth)],
    [1, () => `\\text{${rng.pick(words)}}`],
    [
      0.8,
      () =>
        `${rng.chance(0.5) ? '\\overline' : rng.pick(['\\underbrace', '\\overbrace', '\\widehat', '\\underline'])}{${row(scene, depth + 1)}}`,
    ],
    [0.8, () => `\\mathrm{${rng.pick(words)}}`],
    [0.6, () => Array.from({ length: rng.int(2, 6) }, () => rng.pick(small)).join('')],
  ])()
}

function named(rng: Rng): string {
  return rng.chance(0.7)
    ? `${rng.pick(functions)}${rng.chance(0.25) ? `^{${rng.chance(0.6) ? '2' : '-1'}}` : ''}`
    : `\\operatorname{${rng.pick(words)}}`
}

function bracketed(scene: Scene, depth: number): string {
  const { rng } = scene
  const [, open, close] = rng.weighted(brackets.map((entry) => [entry[0], entry] as const))
  const count = rng.weighted([
    [7, 1],
    [3, 2],
    [1, 3],
  ])
  const inner = Array.from({ length: count }, () => row(scene, depth + 1))
  const separator = rng.weighted([
    [10, ', '],
    [1, '; '],
    [1.5, '\\mid '],
  ])
  return `${open}${inner.join(separator)}${close}`
}

function derivative(scene: Scene, depth: number): string {
  const { rng } = scene
  const d = rng.weighted([
    [4, '\\partial '],
    [3, 'd'],
    [1, '\\mathrm{d}'],
  ])
  const order = rng.chance(0.3) ? `^{${rng.chance(0.7) ? '2' : known(scene)}}` : ''
  const above = rng.chance(0.75) ? known(scene) : ''
  const tail = above === '' ? atom(scene, depth + 1) : ''
  return `\\frac{${d}${order}${above}}{${d}${known(scene)}${order}}${tail}`
}

function scripted(scene: Scene, depth: number, base: string): string {
  const { rng } = scene
  if (/[\^_']/.test(base.slice(-2)) || /^[-\d]/.test(base)) return base
  const below = () => `_{${script(scene, depth)}}`
  const above = () => `^{${script(scene, depth)}}`
  return `${base}${rng.weighted<() => string>([
    [10, () => ''],
    [6, below],
    [5, above],
    [2.5, () => below() + above()],
    [1.2, () => rng.pick(["'", "'", "''", "'''"])],
    [
      0.8,
      () => `^{${rng.pick(['*', '-1', '\\top', 'T', '\\dagger', '\\prime', '+', '-', '\\circ', '\\perp'])}}`,
    ],
    [0.8, () => `^{(${rng.chance(0.5) ? number(rng) : known(scene)})}`],
    [0.8, () => `_{${rng.chance(0.5) ? '\\text' : '\\mathrm'}{${rng.pick(words)}}}`],
  ])()}`
}

function script(scene: Scene, depth: number): string {
  const { rng } = scene
  return rng.weighted<() => string>([
    [8, () => known(scene)],
    [8, () => number(rng)],
    [
      3,
      () =>
        `${known(scene)}${rng.pick(['+', '-', ',', ''])}${rng.chance(0.5) ? String(rng.int(1, 9)) : known(scene)}`,
    ],
    [1.5, () => `-${rng.chance(0.5) ? String(rng.int(1, 9)) : known(scene)}`],
    [1.5, () => (depth >= 2 ? known(scene) : row(scene, 3))],
    [0.7, () => `${known(scene)}/${rng.chance(0.6) ? String(rng.int(2, 9)) : known(scene)}`],
    [0.7, () => `${known(scene)}_{${rng.chance(0.6) ? number(rng) : known(scene)}}`],
  ])()
}

function bounds(scene: Scene): string {
  const { rng } = scene
  const low = rng.weighted<() => string>([
    [6, () => `_{${known(scene)}=${rng.chance(0.7) ? String(rng.int(0, 2)) : known(scene)}}`],
    [3, () => `_{${known(scene)}}`],
    [2, () => `_{${known(scene)}\\in ${known(scene)}}`],
    [2, () => `_{${rng.pick(['0', '1', '-\\infty', 'a', '-1', '-\\pi'])}}`],
    [1, () => `_{${row(scene, 3)}}`],
    [2, () => ''],
  ])()
  if (low === '' || rng.chance(0.25)) return low
  const high = rng.weighted<() => string>([
    [4, () => known(scene)],
    [4, () => '\\infty'],
    [2, () => number(rng)],
    [1.5, () => `${known(scene)}-1`],
    [1, () => row(scene, 3)],
  ])()
  return `${low}^{${high}}`
}

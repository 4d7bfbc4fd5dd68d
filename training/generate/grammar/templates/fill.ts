import type { Rng } from '../../rng.ts'
import { fraction, polynomial, root, sum, term } from '../algebra.ts'
import { decimal, digit, integer } from '../atoms.ts'

const words = (list: string): readonly string[] => list.trim().split(/\s+/)

/**
 * Names by their role, often ones more often: `@x` in a template is the same name throughout a formula, `@x2` another of that role.
 */
const names: Readonly<Record<string, readonly string[]>> = {
  x: words('x x x x x x x x y y t t t z u s r'),
  f: words('f f f f f f g g h F G u v \\phi \\psi \\varphi p q'),
  n: words('n n n n n m m N k p'),
  i: words('i i i i j j k k k l m n'),
  a: words('a a a b b c c d k p q r \\alpha \\beta \\lambda \\mu'),
  A: words('A A A A B B C M T S P Q U V K E'),
  g: words(
    '\\theta \\theta \\alpha \\alpha \\beta \\beta \\gamma \\lambda \\lambda \\mu \\sigma \\omega \\phi \\varphi \\rho \\tau \\delta \\varepsilon \\eta \\xi \\kappa \\nu \\psi \\chi \\zeta',
  ),
  X: words('X X X X Y Y Z W T S U'),
  P: words('A B C D E P Q R O M N S'),
  G: words('\\Omega \\Omega \\Gamma \\Delta \\Lambda \\Sigma \\Phi \\Psi \\Theta \\Pi \\Xi'),
  R: words(
    '\\mathbb{R} \\mathbb{R} \\mathbb{R} \\mathbb{R}^{n} \\mathbb{R}^{2} \\mathbb{R}^{3} \\mathbb{C} \\mathbb{C} \\mathbb{Z} \\mathbb{Z} \\mathbb{N} \\mathbb{N} \\mathbb{Q} \\mathbb{F} \\mathbb{F}_{p} \\mathbb{R}^{m} \\mathbb{R}^{d} \\mathbb{R}_{+}',
  ),
  L: words(
    '\\mathcal{L} \\mathcal{L} \\mathcal{F} \\mathcal{H} \\mathcal{A} \\mathcal{O} \\mathcal{D} \\mathcal{N} \\mathcal{S} \\mathcal{P} \\mathcal{C} \\mathcal{X} \\mathcal{M} \\mathcal{B} \\mathcal{G} \\mathfrak{g} \\mathfrak{p} \\mathfrak{m} \\mathscr{F}',
  ),
}

const vectorLetters = words('x x y u v v w a b r p q e n k F E B A')
const labels = words(
  'max min max min in out eff tot total kin pot ref avg eq net obs ext int rms opt true test train model new old i f rel cm crit air water th exp s t A B x y z 0',
)
const vectorStyles = ['\\mathbf', '\\mathbf', '\\vec', '\\vec', '\\boldsymbol', '']

/** Slots that are drawn anew wherever they stand. */
const fresh: Readonly<Record<string, (rng: Rng) => string>> = {
  d: (rng) => String(rng.int(2, 9)),
  D: integer,
  c: (rng) => (rng.chance(0.4) ? '' : String(rng.int(2, rng.chance(0.2) ? 30 : 9))),
  m: (rng) => (rng.chance(0.6) ? decimal(rng) : integer(rng)),
  s: (rng) => `\\text{${rng.pick(labels)}}`,
  S: (rng) => rng.pick(['+', '+', '-', '-', '\\pm ']),
  r: (rng) => rng.pick(['=', '=', '=', '=', '<', '>', '\\leq ', '\\geq ', '\\approx ', '\\neq ', '\\equiv ']),
  e: (rng) => rng.pick([polynomial, (r: Rng) => sum(r, 0, r.int(1, 2)), (r: Rng) => term(r, 0)])(rng),
  E: (rng) =>
    rng.weighted([
      [3, () => polynomial(rng)],
      [3, () => fraction(rng, 1)],
      [3, () => sum(rng, 1, rng.int(1, 3))],
      [1, () => root(rng, 1)],
    ])(),
  h: (rng) => rng.pick(['h', '1', digit(rng), '\\Delta x', '\\varepsilon']),
}

/** Fills the slots of a template: `@` and a letter, a digit behind it for another name of the same role. */
export function fillTemplate(template: string, rng: Rng): string {
  const bound = new Map<string, string>()
  const taken = new Set<string>()
  const style = rng.pick(vectorStyles)
  const bind = (slot: string): string => {
    const known = bound.get(slot)
    if (known !== undefined) return known
    const role = slot[0] ?? ''
    const choices = role === 'v' ? vectorLetters : names[role]
    if (!choices) throw new Error(`No slot @${slot}`)
    let name = rng.pick(choices)
    for (let tries = 0; taken.has(name) && tries < 20; tries += 1) name = rng.pick(choices)
    taken.add(name)
    const value =
      role === 'v' && style !== '' ? `${style}{${name}}` : `${name}${name.startsWith('\\') ? ' ' : ''}`
    bound.set(slot, value)
    return value
  }
  return template.replace(/@([a-zA-Z])(\d?)/g, (_whole, role: string, place: string) => {
    const draw = fresh[role]
    return draw ? draw(rng) : bind(`${role}${place}`)
  })
}

/** One template a line. */
export function listTemplates(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

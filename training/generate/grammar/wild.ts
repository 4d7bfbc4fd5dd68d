import type { Rng } from '../rng.ts'
import {
  binary,
  brackets,
  integrals,
  limits,
  named,
  number,
  operators,
  relation,
  sign,
  small,
  spelledName,
  words,
} from './wild-signs.ts'

/**
 * Expressions that mean nothing in particular: any sign may stand beside any other. Formulas that people write hold combinations
 * that no list of families foresees; a reader that has only seen sensible ones guesses instead of looking.
 */
export function wild(rng: Rng): string {
  const scene = setScene(rng, rng.weighted(budgets), 5)
  const sides = rng.weighted([
    [5, 1],
    [7, 2],
    [1.5, 3],
  ])
  const parts = Array.from({ length: sides }, () => row(scene, 0))
  const formula = parts.reduce((all, part) => `${all}${relation(rng)}${part}`)
  return sides > 1 && rng.chance(0.08) ? `${formula}${condition(scene)}` : formula
}

/** What stands behind a wide gap and says where the formula holds. */
function condition(scene: Scene): string {
  const { rng } = scene
  scene.left = 3
  const gap = rng.pick([',\\quad ', ',\\quad ', '\\quad ', ',\\qquad ', ',\\ '])
  const word = rng.chance(0.3) ? `\\text{${rng.pick(['for ', 'for all ', 'if ', 'where ', 'when '])}}` : ''
  const holds = rng.weighted<() => string>([
    [5, () => `${row(scene, 2)}${relation(rng)}${row(scene, 2)}`],
    [
      3,
      () =>
        `${number(rng)}${rng.pick(['\\leq ', '<'])}${known(scene)}${rng.pick(['\\leq ', '<'])}${row(scene, 3)}`,
    ],
    [2, () => `${known(scene)}=${number(rng)},${rng.pick(['', `${number(rng)},`])}\\ldots,${known(scene)}`],
    [1, () => `${known(scene)}\\in ${rng.pick(['\\mathbb{R}', '\\mathbb{N}', '\\mathbb{Z}', known(scene)])}`],
  ])()
  return `${gap}${word}${holds}`
}

/** The signs a formula uses again and again, its atoms so far, and how many more it may hold. */
type Scene = {
  readonly rng: Rng
  readonly palette: readonly string[]
  readonly written: string[]
  left: number
}

/** Up to `most` signs to use again and again. */
export function setScene(rng: Rng, left: number, most: number): Scene {
  return { rng, palette: Array.from({ length: rng.int(2, most) }, () => sign(rng)), written: [], left }
}

const budgets: readonly (readonly [number, number])[] = [
  [2.5, 1],
  [5, 3],
  [7, 6],
  [7, 10],
  [6, 15],
  [4.5, 22],
]

/** Most often one of the scene's own signs. */
export function known(scene: Scene): string {
  const { rng, palette } = scene
  return rng.chance(0.65) ? rng.pick(palette) : sign(rng)
}

/** A few atoms with what joins them. */
export function row(scene: Scene, depth: number): string {
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
        [0.4, () => '+\\ldots+'],
        [0.2, () => '\\cdots '],
      ])()
    } else if (rng.chance(0.1)) text += '-'
    text += atom(scene, depth)
  }
  return text
}

/** A new atom or, so that a reader has to keep its place, one that stands in the formula already. */
function atom(scene: Scene, depth: number): string {
  const { rng, written } = scene
  if (written.length > 0 && rng.chance(0.12)) {
    scene.left -= 1
    return rng.pick(written)
  }
  const made = newAtom(scene, depth)
  if (made.length < 80) written.push(made)
  return made
}

function newAtom(scene: Scene, depth: number): string {
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
    [1.6, () => `${spelledName(rng)}${rng.chance(0.6) ? bracketed(scene, depth) : ''}`],
  ])()
}

/** One to three rows in brackets. */
export function bracketed(scene: Scene, depth: number): string {
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

/** The base with an index, an exponent, both or neither. */
export function scripted(scene: Scene, depth: number, base: string): string {
  const { rng } = scene
  if (/[\^_']/.test(base.slice(-2)) || /^[-\d]/.test(base)) return base
  const below = () => `_{${script(scene, depth)}}`
  const above = () => `^{${script(scene, depth)}}`
  return `${base}${rng.weighted<() => string>([
    [10, () => ''],
    [6, below],
    [5, above],
    [2.5, () => below() + above()],
    [0.8, () => `${below()}'`],
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
    [0.5, () => rng.pick(['*', '*', '+', '-', '\\pm ', '\\infty ', '\\star '])],
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
    [1, () => `${known(scene)}=${number(rng)}`],
    [1, () => row(scene, 3)],
  ])()
  return `${low}^{${high}}`
}

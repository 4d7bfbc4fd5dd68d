import { tokenIds } from '../../vocabulary.ts'
import { normaliseLatex } from '../../../shared/latex/normalise.ts'
import type { Rng } from '../rng.ts'
import { anyLetter, chooseLetters, indexed, integer, number, variable } from './atoms.ts'
import { arithmetic, equation, expression, factor, fraction, polynomial, root, sum, term } from './algebra.ts'
import { derivative, integral, limit, series } from './calculus.ts'
import { geometry, logic, physics, probability, sequence, sets, wellKnown } from './discrete.ts'
import { cases, matrixFormula, stacked, steps, system } from './structures.ts'
import { matrixFormulas } from './matrices.ts'
import { fromShelf, lines, naturalShelves, sentence } from './natural.ts'
import { wild } from './wild.ts'
import { wildLines } from './wild-lines.ts'
import { decorate, mixed } from './words.ts'

/** A formula to typeset and what a reader should write down for it. */
export type Formula = {
  readonly source: string
  readonly label: readonly string[]
  readonly category: string
}

const categories: readonly (readonly [number, string, (rng: Rng) => string])[] = [
  [
    8,
    'short',
    (rng) =>
      rng.pick(
        [
          variable,
          number,
          integer,
          indexed,
          anyLetter,
          term,
          (r: Rng) => factor(r, 0),
          (r: Rng) => `${variable(r)}=${number(r)}`,
        ].map((make) => () => make(rng, 0)),
      )(),
  ],
  [5, 'polynomial', (rng) => polynomial(rng)],
  [10, 'equation', (rng) => equation(rng)],
  [4, 'expression', (rng) => (rng.chance(0.5) ? expression(rng) : sum(rng, 2, rng.int(1, 3)))],
  [
    5,
    'fraction',
    (rng) =>
      rng.pick([
        () => fraction(rng, 2),
        () => `h(x)=\\frac{${polynomial(rng)}}{${polynomial(rng)}}`.replace('h', rng.pick([...'fghrRy'])),
        () => root(rng, 2),
        () =>
          `${fraction(rng, 1)}${rng.pick(['+', '-', '\\div ', '\\times ', '\\cdot ', '='])}${fraction(rng, 1)}`,
      ])(),
  ],
  [5, 'arithmetic', (rng) => arithmetic(rng)],
  [4, 'limit', (rng) => limit(rng)],
  [5, 'integral', (rng) => integral(rng)],
  [4.5, 'series', (rng) => series(rng)],
  [3, 'derivative', (rng) => derivative(rng)],
  [10, 'matrix', (rng) => (rng.chance(0.85) ? matrixFormulas(rng) : matrixFormula(rng))],
  [5.5, 'cases', (rng) => cases(rng)],
  [3, 'system', (rng) => (rng.chance(0.8) ? system(rng) : steps(rng))],
  [7, 'lines', (rng) => lines(rng)],
  [6, 'mixed', (rng) => mixed(rng)],
  [7, 'sentence', (rng) => sentence(rng)],
  [3, 'logic', (rng) => logic(rng)],
  [3, 'sets', (rng) => sets(rng)],
  [2.5, 'probability', (rng) => probability(rng)],
  [2.5, 'geometry', (rng) => geometry(rng)],
  [2.5, 'physics', (rng) => physics(rng)],
  [1.5, 'sequence', (rng) => sequence(rng)],
  [1, 'known', (rng) => wellKnown(rng)],
  [1.5, 'stacked', (rng) => stacked(rng)],
  [8, 'school', fromShelf(naturalShelves.schoolAlgebra)],
  [6.5, 'analysis', fromShelf(naturalShelves.analysis)],
  [5.5, 'discrete', fromShelf(naturalShelves.discrete)],
  [5.5, 'science', fromShelf(naturalShelves.science)],
  [3, 'linear', fromShelf(naturalShelves.linearAlgebra)],
  [45, 'wild', (rng) => wild(rng)],
  [9, 'wild lines', (rng) => wildLines(rng)],
]

const renderOnly = /\\ro\{([^{}]*)\}/g

/** Draws one formula of at most `maximum` label tokens. */
export function sampleFormula(rng: Rng, maximum: number): Formula {
  for (;;) {
    chooseLetters(rng)
    const [, category, make] = rng.weighted(categories.map((entry) => [entry[0], entry] as const))
    const drawn = make(rng)
    // Sentences bring their own punctuation.
    const source = category === 'sentence' ? drawn : decorate(rng, drawn)
    const label = normaliseLatex(source.replace(renderOnly, ' '))
    if (label.length === 0 || label.length > maximum) continue
    // Two commands that ran into each other: a slip of the grammar, too rare to stop a long run for.
    if (label.some((token) => !tokenIds.has(token))) continue
    // Long formulas are rarer in the world than the grammar makes them.
    if (label.length > 60 && rng.chance(0.45)) continue
    return { source: source.replace(renderOnly, '$1 '), label, category }
  }
}

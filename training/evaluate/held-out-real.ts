import { isHeldOut } from '../generate/held-out.ts'
import { labelReal, type RealFormulas } from '../generate/real/real-formulas.ts'
import { weighSource } from '../generate/real/sources.ts'
import type { Rng } from '../generate/rng.ts'
import { isSampleFormula } from '../generate/sample-formulas.ts'

export type HeldOutFormula = {
  readonly source: string
  readonly label: readonly string[]
  /** The name of the book or wiki. */
  readonly from: string
}

const longestLabel = 160

/** What is fitted is never what is reported: each formula serves one of the two. */
export type Purpose = 'fit' | 'report'

const purposeOf = (label: readonly string[]): Purpose =>
  [...label.join('')].reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0) % 2 === 0
    ? 'report'
    : 'fit'

/** Draws, without end and none twice, formulas that people wrote and that training never sees; sources by the weight that they have in training. */
export function* pickHeldOut(formulas: RealFormulas, rng: Rng, purpose: Purpose): Generator<HeldOutFormula> {
  const sources = [...formulas].map(
    ([from, list]) => [weighSource(from, list.length), { from, list }] as const,
  )
  const seen = new Set<string>()
  for (;;) {
    const { from, list } = rng.weighted(sources)
    const source = rng.pick(list)
    const label = labelReal(source)
    const key = label?.join(' ') ?? ''
    if (!label || label.length > longestLabel || seen.has(key)) continue
    if (!isHeldOut(label) || purposeOf(label) !== purpose || isSampleFormula(label)) continue
    seen.add(key)
    yield { source, label, from }
  }
}

import katex from 'katex'
import { describe, expect, it } from 'vitest'
import { katexMacros } from '../../shared/katex-macros.ts'
import { normaliseLatex, normaliseTokens } from '../../shared/latex/normalise.ts'
import { addLeftRight, joinCompact } from '../../shared/latex/write.ts'
import { tokenIds } from '../vocabulary.ts'
import { sampleFormula } from './grammar/formula.ts'
import { naturalShelves } from './grammar/natural.ts'
import { fillTemplate } from './grammar/templates/fill.ts'
import { isHeldOut } from './held-out.ts'
import { Rng } from './rng.ts'

const draw = (seed: number, count: number) => {
  const rng = new Rng(seed)
  return Array.from({ length: count }, () => sampleFormula(rng, 60))
}

describe('sampleFormula', () => {
  it('draws the same formulas from the same seed and others from another', () => {
    const labels = (seed: number) => draw(seed, 20).map(({ label }) => label.join(' '))
    expect(labels(5)).toEqual(labels(5))
    expect(labels(5)).not.toEqual(labels(6))
  })

  it('labels are canonical, in the alphabet and short enough', () => {
    for (const { label } of draw(1, 400)) {
      expect(normaliseTokens(label)).toEqual(label)
      expect(label.every((token) => tokenIds.has(token))).toBe(true)
      expect(label.length).toBeLessThanOrEqual(60)
    }
  })

  it('labels survive being written and read again, and KaTeX renders every one', () => {
    for (const { label } of draw(4, 600)) {
      const written = joinCompact(addLeftRight(label))
      expect(normaliseLatex(written)).toEqual(label)
      katex.renderToString(written, { displayMode: true, strict: 'ignore', macros: { ...katexMacros } })
    }
  })

  it('every template of the books stays within the alphabet', () => {
    const rng = new Rng(6)
    const unknown = Object.values(naturalShelves)
      .flat()
      .flatMap((template) =>
        normaliseLatex(fillTemplate(template, rng)).filter((token) => !tokenIds.has(token)),
      )
    expect(unknown).toEqual([])
  })

  it('reads the marks behind a formula with it', () => {
    const ends = draw(8, 400).filter(({ source }) => /(?<!\\right|\\)[.,;]$/.test(source.trim()))
    expect(ends.length).toBeGreaterThan(30)
    for (const { source, label } of ends) expect(label.at(-1)).toBe(source.trim().at(-1))
  })

  it('covers every category', () => {
    expect(new Set(draw(2, 1500).map(({ category }) => category)).size).toBeGreaterThanOrEqual(20)
  })
})

describe('isHeldOut', () => {
  it('keeps a formula with and without a mark behind it on one side', () => {
    for (const { label } of draw(9, 400)) expect(isHeldOut([...label, '.'])).toBe(isHeldOut(label))
  })

  it('keeps a formula with and without a frame on one side', () => {
    for (const { label } of draw(9, 400).filter((formula) => formula.label[0] !== '\\boxed'))
      expect(isHeldOut(['\\boxed', '{', ...label, '}'])).toBe(isHeldOut(label))
  })

  it('keeps a small, fixed share of formulas for evaluation', () => {
    const formulas = draw(3, 3000)
    const share = formulas.filter(({ label }) => isHeldOut(label)).length / formulas.length
    expect(share).toBeGreaterThan(0.012)
    expect(share).toBeLessThan(0.045)
    expect(isHeldOut(['x', '+', '1'])).toBe(isHeldOut(['x', '+', '1']))
  })
})

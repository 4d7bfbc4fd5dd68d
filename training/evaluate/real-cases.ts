import { dropEndMarks } from '../../shared/latex/end-marks.ts'
import { isHeldOut } from '../generate/held-out.ts'
import { openStudio, type Style } from '../generate/make-sample.ts'
import { labelReal, type RealFormulas } from '../generate/real/real-formulas.ts'
import { weighSource } from '../generate/real/sources.ts'
import { Rng } from '../generate/rng.ts'
import { isSampleFormula } from '../generate/sample-formulas.ts'
import type { Case } from './cases.ts'

/** Of ten pictures four are clean print, two photo-like print, three clean handwriting faces, one a photo-like one. */
const kinds: readonly (readonly [Style, boolean])[] = [
  ['math', false],
  ['hand', false],
  ['math', true],
  ['math', false],
  ['hand', false],
  ['text', false],
  ['hand', true],
  ['math', false],
  ['text', true],
  ['hand', false],
]
const longestLabel = 160

/**
 * Formulas that people wrote, of the fortieth that training never sees, drawn by MathJax in the kinds above: `real math`, `photo-like real hand` …
 * The category is the source.
 */
export async function drawRealCases(formulas: RealFormulas, count: number, seed: number): Promise<Case[]> {
  const studio = await openStudio()
  const rng = new Rng(seed)
  const sources = [...formulas].map(
    ([name, list]) => [weighSource(name, list.length), { name, list }] as const,
  )
  const cases: Case[] = []
  const seen = new Set<string>()
  while (cases.length < count) {
    const { name, list } = rng.weighted(sources)
    const source = rng.pick(list)
    const label = labelReal(source)
    const key = label?.join(' ') ?? ''
    if (!label || label.length > longestLabel || seen.has(key)) continue
    if (!isHeldOut(label) || isSampleFormula(label)) continue
    const [style, isPhoto] = kinds[cases.length % kinds.length] ?? ['math', false]
    const pixels = studio.draw({ source, label, category: name }, style, isPhoto, rng)
    if (!pixels) continue
    seen.add(key)
    cases.push({
      name: `${String(cases.length)} ${source}`,
      set: `${isPhoto ? 'photo-like ' : ''}real ${style}`,
      category: name,
      tokens: dropEndMarks(label),
      isPrinted: style !== 'hand',
      load: () => Promise.resolve(pixels),
    })
  }
  return cases
}

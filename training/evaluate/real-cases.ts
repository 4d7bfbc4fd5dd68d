import { dropEndMarks } from '../../shared/latex/end-marks.ts'
import { openStudio, type Style } from '../generate/make-sample.ts'
import type { RealFormulas } from '../generate/real/real-formulas.ts'
import { Rng } from '../generate/rng.ts'
import type { Case } from './cases.ts'
import { pickHeldOut, type Purpose } from './held-out-real.ts'

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

/**
 * Formulas that people wrote, of the fortieth that training never sees, drawn by MathJax in the kinds above: `real math`, `photo-like real hand` …
 * The category is the source.
 */
export async function drawRealCases(
  formulas: RealFormulas,
  count: number,
  seed: number,
  purpose: Purpose = 'report',
): Promise<Case[]> {
  const studio = await openStudio()
  const rng = new Rng(seed)
  const cases: Case[] = []
  for (const { source, label, from } of pickHeldOut(formulas, rng, purpose)) {
    if (cases.length === count) break
    const [style, isPhoto] = kinds[cases.length % kinds.length] ?? ['math', false]
    const pixels = studio.draw({ source, label, category: from }, style, isPhoto, rng)
    if (!pixels) continue
    cases.push({
      name: `${String(cases.length)} ${source}`,
      set: `${isPhoto ? 'photo-like ' : ''}real ${style}`,
      category: from,
      tokens: dropEndMarks(label),
      isPrinted: style !== 'hand',
      load: () => Promise.resolve(pixels),
    })
  }
  return cases
}

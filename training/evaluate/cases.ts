import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { decodeImage } from '../../node/images/open-image.ts'
import type { Pixels } from '../../node/images/pixels.ts'
import { dropEndMarks } from '../../shared/latex/end-marks.ts'
import { normaliseLatex } from '../../shared/latex/normalise.ts'
import { sampleFormula } from '../generate/grammar/formula.ts'
import { isHeldOut } from '../generate/held-out.ts'
import { openStudio, type Style } from '../generate/make-sample.ts'
import { Rng } from '../generate/rng.ts'

/** One picture to read and what is written in it. */
export type Case = {
  readonly name: string
  readonly set: string
  readonly category: string
  /** Without full stops and commas at the ends: the engine leaves them out. */
  readonly tokens: readonly string[]
  readonly isPrinted: boolean
  readonly load: () => Promise<Pixels>
}

const longestLabel = 60

/**
 * Formulas that training never draws: half in math typefaces, a quarter in text faces, a quarter in handwriting faces; then a
 * second, smaller series of the same mixture as photographs.
 */
export async function generateCases(count: number, photographs: number, seed: number): Promise<Case[]> {
  const studio = await openStudio()
  const rng = new Rng(seed)
  const cases: Case[] = []
  const seen = new Set<string>()
  while (cases.length < count + photographs) {
    const formula = sampleFormula(rng, longestLabel)
    const key = formula.label.join(' ')
    if (!isHeldOut(formula.label) || seen.has(key)) continue
    const place = cases.length % 4
    const style: Style = place < 2 ? 'math' : place === 2 ? 'text' : 'hand'
    const isPhoto = cases.length >= count
    const pixels = studio.draw(formula, style, isPhoto, rng)
    if (!pixels) continue
    seen.add(key)
    cases.push({
      name: `${String(cases.length)} ${formula.source}`,
      set: `${isPhoto ? 'photo-like ' : ''}${style}`,
      category: formula.category,
      tokens: dropEndMarks(formula.label),
      isPrinted: style !== 'hand',
      load: () => Promise.resolve(pixels),
    })
  }
  return cases
}

/** What a folder tells of a picture: its formula, of several pages that of each; what kind of picture it is, where kinds are told apart. */
type Truth = { readonly latex: string | readonly string[]; readonly printed: boolean; readonly kind?: string }

/** Pictures of a folder with a `truth.json` (`{ "name.png": { "latex": "…", "printed": true } }`), the first page of each. */
export function readFolder(folder: string, set: string): Case[] {
  const file = path.join(folder, 'truth.json')
  if (!existsSync(file)) return []
  const truth = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Truth>
  return Object.entries(truth).map(([name, { latex, printed, kind = set }]) => ({
    name,
    set,
    category: kind,
    tokens: dropEndMarks(normaliseLatex([latex].flat()[0] ?? '')),
    isPrinted: printed,
    load: () => decodeImage(readFileSync(path.join(folder, name))),
  }))
}

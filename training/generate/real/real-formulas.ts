import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { normaliseLatex } from '../../../shared/latex/normalise.ts'
import { tokenIds } from '../../vocabulary.ts'
import type { Formula } from '../grammar/formula.ts'
import type { Rng } from '../rng.ts'
import { weighSource } from './sources.ts'

/** Draws one formula that somebody wrote, of at most `maximum` label tokens. Its category is `real`. */
export type DrawRealFormula = (rng: Rng, maximum: number) => Formula

/** Distinct formulas by the name of their source. */
export type RealFormulas = ReadonlyMap<string, readonly string[]>

/** Reads `formulas.tsv.xz` of a folder. Needs the program `xz`. */
export function readRealFormulas(folder: string): RealFormulas {
  const file = path.join(folder, 'formulas.tsv.xz')
  const unpacked = spawnSync('xz', ['-dc', file], { encoding: 'utf8', maxBuffer: 1 << 30 })
  if (unpacked.status !== 0) throw new Error(`${file} cannot be unpacked: ${unpacked.stderr}`)
  return groupBySource(unpacked.stdout)
}

/** Lines of `source TAB count TAB formula`. */
export function groupBySource(lines: string): RealFormulas {
  const bySource = new Map<string, string[]>()
  for (const line of lines.split('\n')) {
    const [source = '', , latex] = line.split('\t')
    if (latex === undefined) continue
    const formulas = bySource.get(source)
    if (formulas) formulas.push(latex)
    else bySource.set(source, [latex])
  }
  return bySource
}

/** The label of a formula, or `undefined` when the vocabulary lacks a token of it. */
export function labelReal(latex: string): string[] | undefined {
  const label = normaliseLatex(latex)
  return label.length > 0 && label.every((token) => tokenIds.has(token)) ? label : undefined
}

/** For drawing: a source by its weight, then one of its formulas, longer ones a little more often. */
export function openRealFormulas(formulas: RealFormulas): DrawRealFormula {
  const sources = [...formulas].map(([name, list]) => [weighSource(name, list.length), list] as const)
  return (rng, maximum) => {
    for (;;) {
      const list = rng.weighted(sources)
      const [one, other] = [rng.pick(list), rng.pick(list)]
      const latex = other.length > one.length && rng.chance(0.6) ? other : one
      const label = labelReal(latex)
      if (!label || label.length > maximum) continue
      return { source: latex, label, category: 'real' }
    }
  }
}

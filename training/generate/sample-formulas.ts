import { readFileSync } from 'node:fs'
import path from 'node:path'
import { normaliseLatex } from '../../shared/latex/normalise.ts'
import { dropFrame } from './frame.ts'

const file = path.join(import.meta.dirname, '../../samples/truth.json')
const truths = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { latex: string }>
const labels = new Set(Object.values(truths).map(({ latex }) => normaliseLatex(latex).join(' ')))

/** Whether a label is the formula of a picture in `samples/`: such formulas stay out of training, like the pictures themselves. */
export function isSampleFormula(label: readonly string[]): boolean {
  return labels.has(dropFrame(label).join(' '))
}

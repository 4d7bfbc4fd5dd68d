import type { Recogniser } from '../../engine/recognise/recogniser.ts'
import type { ReadLine } from '../../engine/reading.ts'
import { joinCompact } from '../../shared/latex/write.ts'
import { normaliseTokens } from '../../shared/latex/normalise.ts'
import { createRenderComparer, type RenderComparer } from './compare-renders.ts'
import { measureEdits } from '../../shared/latex/measure-edits.ts'
import { findPercentile } from './measures.ts'
import { foreignSentences, type ForeignLanguage } from './foreign-sentences.ts'
import { generateForeignPages, generatePages, type Page } from './page-maker.ts'

export type PageOutcome = {
  readonly name: string
  readonly words: number
  readonly wordEdits: number
  readonly formulas: number
  readonly formulaMatches: number
  readonly hasSameLines: boolean
  readonly confidence: number
  readonly milliseconds: number
  readonly misses: readonly string[]
}

/** Reads generated pages of words and formulas and counts what is right: words by edit distance, formulas by their look. */
export async function measurePages(
  recogniser: Recogniser,
  count: number,
  seed: number,
): Promise<PageOutcome[]> {
  return readAll(recogniser, await generatePages(count, seed))
}

/** Pages of the six scripts: five languages in Latin letters share the first; Greek stands for one that nothing at hand reads. */
const scripts = {
  Latin: ['deu', 'fra', 'spa', 'por', 'ita'],
  Vietnamese: ['vie'],
  Cyrillic: ['rus'],
  Chinese: ['chi_sim'],
  Japanese: ['jpn'],
  Greek: ['ell'],
} as const satisfies Readonly<Record<string, readonly ForeignLanguage[]>>

export type ScriptOutcome = { readonly script: string; readonly outcomes: readonly PageOutcome[] }

/** As {@link measurePages} in other languages, a sixth of `count` in each script. What cannot be drawn here is said and left out. */
export async function* measureScripts(
  recogniser: Recogniser,
  count: number,
  seed: number,
): AsyncGenerator<ScriptOutcome> {
  for (const [script, languages] of count > 0 ? Object.entries(scripts) : []) {
    const each = Math.round(count / Object.keys(scripts).length / languages.length)
    const outcomes: PageOutcome[] = []
    for (const language of languages) {
      const pages = await generateForeignPages(
        language,
        each,
        seed + Object.keys(foreignSentences).indexOf(language),
      )
      if (pages) outcomes.push(...(await readAll(recogniser, pages)))
      else console.error(`Without ${language}: no typeface for it is installed.`)
    }
    if (outcomes.length > 0) yield { script, outcomes }
  }
}

async function readAll(recogniser: Recogniser, pages: readonly Page[]): Promise<PageOutcome[]> {
  const isSame = await createRenderComparer()
  const outcomes: PageOutcome[] = []
  for (const page of pages) {
    const start = performance.now()
    const reading = await recogniser.readImage(page.pixels, { wantsWords: true })
    const milliseconds = performance.now() - start
    const lines = reading.kind === 'read' ? (reading.lines ?? []) : []
    const confidence = reading.kind === 'read' ? reading.confidence : 0
    outcomes.push({ ...compare(page, lines, isSame), confidence, milliseconds })
  }
  return outcomes
}

function compare(page: Page, lines: readonly ReadLine[], isSame: RenderComparer) {
  const wanted = page.lines.flatMap(({ parts }) =>
    parts.flatMap((part) => ('words' in part ? listWords(part.words) : [])),
  )
  const got = lines.flatMap(({ segments }) =>
    segments.flatMap((one) => (one.kind === 'prose' ? listWords(one.text) : [])),
  )
  const labels = page.lines.flatMap(({ parts }) =>
    parts.flatMap((part) => ('tokens' in part ? [part.tokens] : [])),
  )
  const readings = lines.flatMap(({ segments }) =>
    segments.flatMap((one) => (one.kind === 'math' ? [normaliseTokens(one.tokens)] : [])),
  )
  const matched = matchInOrder(labels, readings, isSame)
  const misses = [
    ...wanted.filter((word) => !got.includes(word)).map((word) => `word ${word}`),
    ...got.filter((word) => !wanted.includes(word)).map((word) => `read ${word}`),
    ...labels.flatMap((label, at) => (matched.labels.has(at) ? [] : [`formula ${joinCompact(label)}`])),
    ...readings.flatMap((reading, at) =>
      matched.readings.has(at) ? [] : [`   read ${joinCompact(reading)}`],
    ),
  ]
  const toShape = (line: string[]) => line.join('')
  return {
    name: page.name,
    words: wanted.length,
    wordEdits: measureEdits(got, wanted),
    formulas: labels.length,
    formulaMatches: matched.labels.size,
    hasSameLines:
      toShape(page.lines.map(({ isDisplay }) => (isDisplay ? 'd' : 'p'))) ===
      toShape(lines.map(({ isDisplay }) => (isDisplay ? 'd' : 'p'))),
    misses,
  }
}

/** Marks that stand alone are the formulas' neighbours, not words. Where words have no ends each sign counts. */
function listWords(text: string): string[] {
  return text
    .replace(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー]/gu, ' $& ')
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
}

/** The most formulas that can be paired without changing their order. */
function matchInOrder(
  labels: readonly (readonly string[])[],
  readings: readonly (readonly string[])[],
  isSame: RenderComparer,
) {
  const same = labels.map((label) => readings.map((reading) => isSame(reading, label)))
  const best = Array.from({ length: labels.length + 1 }, () => new Array<number>(readings.length + 1).fill(0))
  const at = (row: number, column: number) => best[row]?.[column] ?? 0
  for (let row = labels.length - 1; row >= 0; row -= 1) {
    for (let column = readings.length - 1; column >= 0; column -= 1) {
      const line = best[row]
      if (!line) continue
      line[column] = Math.max(
        at(row + 1, column),
        at(row, column + 1),
        same[row]?.[column] === true ? 1 + at(row + 1, column + 1) : 0,
      )
    }
  }
  const found = { labels: new Set<number>(), readings: new Set<number>() }
  for (let row = 0, column = 0; row < labels.length && column < readings.length;) {
    if (same[row]?.[column] === true && at(row, column) === 1 + at(row + 1, column + 1)) {
      found.labels.add(row)
      found.readings.add(column)
      row += 1
      column += 1
    } else if (at(row + 1, column) >= at(row, column + 1)) row += 1
    else column += 1
  }
  return found
}

export function summarisePages(outcomes: readonly PageOutcome[]) {
  const sum = (pick: (outcome: PageOutcome) => number) =>
    outcomes.reduce((total, one) => total + pick(one), 0)
  const words = sum((one) => one.words)
  const formulas = sum((one) => one.formulas)
  return {
    pages: outcomes.length,
    words,
    wordAccuracy: 1 - sum((one) => one.wordEdits) / Math.max(1, words),
    formulas,
    formulaMatch: sum((one) => one.formulaMatches) / Math.max(1, formulas),
    sameLines: outcomes.filter((one) => one.hasSameLines).length / Math.max(1, outcomes.length),
    p50: findPercentile(
      outcomes.map((one) => one.milliseconds),
      0.5,
    ),
    p95: findPercentile(
      outcomes.map((one) => one.milliseconds),
      0.95,
    ),
  }
}

import katex from 'katex'
import { writeFileSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { createRecogniser, type Recogniser } from '../engine/recognise/recogniser.ts'
import { katexMacros } from '../shared/katex-macros.ts'
import { measureEdits } from '../shared/latex/measure-edits.ts'
import { normaliseTokens } from '../shared/latex/normalise.ts'
import { addLeftRight, joinCompact } from '../shared/latex/write.ts'
import { calibrate } from './evaluate/calibrate.ts'
import { generateCases, readFolder, type Case } from './evaluate/cases.ts'
import { drawRealCases } from './evaluate/real-cases.ts'
import { readRealFormulas } from './generate/real/real-formulas.ts'
import { writeCard } from './evaluate/card.ts'
import { createRenderComparer, type RenderComparer } from './evaluate/compare-renders.ts'
import {
  measurePages,
  measureScripts,
  summarisePages,
  type PageOutcome,
  type ScriptOutcome,
} from './evaluate/pages.ts'
import { measureNegatives, printNegatives, summariseNegatives } from './evaluate/negatives/measure.ts'
import { measureTurned, printTurned, summariseTurned } from './evaluate/turned.ts'
import { openPictureFolder, writeGallery } from './evaluate/gallery.ts'
import { hashWeights, readReport } from './evaluate/report.ts'
import { nameLength, nameLines } from './evaluate/name-groups.ts'
import { findInterval, findPercentile, measureRanking } from './evaluate/measures.ts'

/** `npm run eval`: reads held-out formulas and `samples/` and says how well, by set and by category. */
const { values } = parseArgs({
  options: {
    model: { type: 'string', default: path.join(import.meta.dirname, '../engine/model') },
    count: { type: 'string', default: '520' },
    photographs: { type: 'string', default: '200' },
    /** Another one gives other formulas, for calibrating without touching the ones that are reported. */
    seed: { type: 'string', default: '20260' },
    /** Pages of words and formulas; 0 leaves them out. */
    pages: { type: 'string', default: '50' },
    /** Such pages in other languages, a sixth in each of six scripts; 0 leaves them out. */
    scripts: { type: 'string', default: '60' },
    folder: { type: 'string' },
    /** Folder with formulas that people wrote: so many of those that training never sees are read instead of generated ones. */
    data: { type: 'string' },
    real: { type: 'string', default: '600' },
    beam: { type: 'string' },
    json: { type: 'string', default: path.join(import.meta.dirname, 'data/eval.json') },
    wrong: { type: 'boolean', default: false },
    /** Fits the confidence's table (`calibration.json` beside the weights) on pictures of other seeds, and ends. */
    calibrate: { type: 'boolean', default: false },
    fit: { type: 'string', default: '1500' },
    /** Pictures without a formula, and pictures that lie on their sides; 0 leaves them out. */
    negatives: { type: 'string', default: '200' },
    turned: { type: 'string', default: '120' },
    /** Write the gallery of wrong readings, and the numbers of the model card, of the last run; nothing is read anew. */
    gallery: { type: 'boolean', default: false },
    card: { type: 'boolean', default: false },
  },
})

type Outcome = {
  readonly name: string
  readonly set: string
  readonly category: string
  readonly wanted: string
  readonly got: string
  readonly isExact: boolean
  readonly isSameRender: boolean
  readonly edits: number
  readonly length: number
  readonly parses: boolean
  readonly confidence: number
  readonly isPrintRight: boolean
  readonly milliseconds: number
}

async function readCase(recogniser: Recogniser, one: Case, isSame: RenderComparer): Promise<Outcome> {
  const pixels = await one.load()
  const start = performance.now()
  const reading = await recogniser.readImage(pixels, values.beam ? { beam_size: Number(values.beam) } : {})
  const milliseconds = performance.now() - start
  const tokens = reading.kind === 'read' ? normaliseTokens(reading.tokens) : []
  const got = joinCompact(addLeftRight(tokens))
  const isExact = tokens.join(' ') === one.tokens.join(' ')
  const isSameRender = isExact || isSame(tokens, one.tokens)
  if (!isSameRender) pictures.keep(one.set, one.name, pixels)
  return {
    name: one.name,
    set: one.set,
    category: one.category,
    wanted: joinCompact(addLeftRight(one.tokens)),
    got,
    isExact,
    isSameRender,
    edits: measureEdits(tokens, one.tokens),
    length: one.tokens.length,
    parses: canParse(got),
    confidence: reading.kind === 'read' ? reading.confidence : 0,
    isPrintRight: reading.kind === 'read' && reading.isPrinted > 0.5 === one.isPrinted,
    milliseconds,
  }
}

function canParse(latex: string): boolean {
  try {
    katex.renderToString(latex, { displayMode: true, strict: 'ignore', macros: { ...katexMacros } })
    return true
  } catch {
    return false
  }
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`.padStart(8)

function summarise(outcomes: readonly Outcome[]) {
  const count = (test: (outcome: Outcome) => boolean) => outcomes.filter(test).length
  const same = count((outcome) => outcome.isSameRender)
  const total = outcomes.length
  return {
    images: total,
    renderedMatch: same / total,
    interval: findInterval(same, total),
    exactMatch: count((outcome) => outcome.isExact) / total,
    tokenEditDistance:
      outcomes.reduce((sum, outcome) => sum + outcome.edits, 0) /
      Math.max(
        1,
        outcomes.reduce((sum, outcome) => sum + outcome.length, 0),
      ),
    katexParses: count((outcome) => outcome.parses) / total,
    printHandRight: count((outcome) => outcome.isPrintRight) / total,
    ...summariseConfidence(outcomes),
  }
}

/** How well the confidence tells right from wrong, and what share of those that claim 0.95 is right. */
function summariseConfidence(outcomes: readonly Outcome[]) {
  const sure = outcomes.filter(({ confidence }) => confidence >= 0.95)
  return {
    ranking: measureRanking(
      outcomes.map(({ confidence, isSameRender }) => ({ confidence, isRight: isSameRender })),
    ),
    sure: sure.length,
    rightWhenSure: sure.filter(({ isSameRender }) => isSameRender).length / Math.max(1, sure.length),
  }
}

function printTable(title: string, outcomes: readonly Outcome[], by: (outcome: Outcome) => string): void {
  console.log(`\n${title.padEnd(20)}images  rendered   95 % interval     exact  edits/token  parses`)
  const names = [...new Set(outcomes.map(by))]
  for (const name of [...names, 'all']) {
    const chosen = outcomes.filter((outcome) => name === 'all' || by(outcome) === name)
    const { images, renderedMatch, interval, exactMatch, tokenEditDistance, katexParses } = summarise(chosen)
    const range = `${(100 * interval[0]).toFixed(0)}–${(100 * interval[1]).toFixed(0)} %`.padStart(13)
    console.log(
      `${name.padEnd(20)}${String(images).padStart(6)}  ${percent(renderedMatch)}  ${range}  ${percent(exactMatch)}  ${tokenEditDistance.toFixed(3).padStart(11)}${percent(katexParses)}`,
    )
  }
}

function printReliability(outcomes: readonly Outcome[]): void {
  console.log('\nconfidence      images     right')
  const edges = [0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 0.98, 1.0001]
  for (let at = 0; at + 1 < edges.length; at += 1) {
    const [low = 0, high = 1] = [edges[at], edges[at + 1]]
    const chosen = outcomes.filter(({ confidence }) => confidence >= low && confidence < high)
    if (chosen.length === 0) continue
    const right = chosen.filter((outcome) => outcome.isSameRender).length / chosen.length
    const name = `${low.toFixed(2)}–${Math.min(1, high).toFixed(2)}`
    console.log(`${name.padEnd(14)}${String(chosen.length).padStart(8)}  ${percent(right)}`)
  }
  console.log('\nconfidence by set    images  area under ROC  at 0.95 and more     right')
  for (const name of [...new Set(outcomes.map(({ set }) => set)), 'all']) {
    const chosen = outcomes.filter(({ set }) => name === 'all' || set === name)
    const { ranking, sure, rightWhenSure } = summariseConfidence(chosen)
    console.log(
      `${name.padEnd(20)}${String(chosen.length).padStart(7)}  ${ranking.toFixed(3).padStart(14)}  ${String(sure).padStart(16)}  ${percent(rightWhenSure)}`,
    )
  }
}

if (values.calibrate) {
  const real = values.data === undefined ? undefined : readRealFormulas(path.resolve(values.data))
  await calibrate(path.resolve(values.model), Number(values.fit), real)
  process.exit()
}
const wrongPictures = values.json.replace(/(\.json)?$/, '-wrong')
if (values.gallery)
  await writeGallery(readReport(values.json).outcomes, wrongPictures, path.resolve(values.model, 'gallery'))
if (values.card) writeCard(path.resolve(values.model), values.json)
if (values.gallery || values.card) process.exit()

const pictures = openPictureFolder(wrongPictures)
const recogniser = await createRecogniser(path.resolve(values.model))
const isSame = await createRenderComparer()
const samples = path.join(import.meta.dirname, '../samples')
const seed = Number(values.seed)

async function openCases(): Promise<Case[]> {
  if (values.folder) return readFolder(path.resolve(values.folder), 'folder')
  if (values.data)
    return drawRealCases(readRealFormulas(path.resolve(values.data)), Number(values.real), seed)
  return [
    ...(await generateCases(Number(values.count), Number(values.photographs), seed)),
    ...readFolder(samples, 'samples'),
  ]
}

const cases = await openCases()
const outcomes: Outcome[] = []
for (const one of cases) outcomes.push(await readCase(recogniser, one, isSame))

const isReal = ({ set }: Outcome) => set.includes('real ')
const isGenerated = (outcome: Outcome) =>
  outcome.set !== 'samples' && outcome.set !== 'folder' && !isReal(outcome)
const real = outcomes.filter(isReal)
const generated = outcomes.filter(isGenerated)
const plain = generated.filter(({ set }) => !set.startsWith('photo'))
const photographs = generated.filter(({ set }) => set.startsWith('photo'))
const named = outcomes.filter((outcome) => !isGenerated(outcome) && !isReal(outcome))
if (plain.length > 0) printTable('held-out', plain, ({ set }) => set)
if (photographs.length > 0) printTable('held-out, photo-like', photographs, ({ set }) => set)
if (plain.length > 0) printTable('by category', plain, ({ category }) => category)
if (generated.length > 0) printTable('by lines', generated, nameLines)
if (real.length > 0) {
  printTable('real formulas', real, ({ set }) => set)
  printTable('by tokens', real, nameLength)
  printTable('by source', real, ({ category }) => category)
  printReliability(real)
}
if (named.length > 0) {
  console.log('')
  for (const { isExact, name, got, confidence } of named) {
    console.log(`${isExact ? 'right' : 'wrong'}  ${name.padEnd(34)} ${confidence.toFixed(3)}  ${got}`)
  }
  printTable('named', named, ({ set }) => set)
  printReliability(named)
}
if (generated.length > 0) printReliability(generated)
if (values.wrong) {
  for (const { isSameRender, set, wanted, got } of outcomes)
    if (!isSameRender) console.log(`\n${set}\n  ${wanted}\n  ${got}`)
}
const times = outcomes.map(({ milliseconds }) => milliseconds)
const latency = { p50: findPercentile(times, 0.5), p95: findPercentile(times, 0.95) }
console.log(
  `\nlatency from pixels: p50 ${latency.p50.toFixed(0)} ms, p95 ${latency.p95.toFixed(0)} ms, one thread`,
)

function printPages(all: readonly PageOutcome[]): void {
  const { pages, words, wordAccuracy, formulas, formulaMatch, sameLines, p50, p95 } = summarisePages(all)
  console.log(`\npages of words and formulas: ${String(pages)}`)
  console.log(`words${String(words).padStart(10)}  right ${percent(wordAccuracy)}`)
  console.log(`formulas${String(formulas).padStart(7)}  right ${percent(formulaMatch)}`)
  console.log(
    `pages with the same lines ${percent(sameLines)}; p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms a page`,
  )
  if (values.wrong)
    for (const { name, misses } of all) for (const miss of misses) console.log(`${name}  ${miss}`)
}

function printScripts(all: readonly ScriptOutcome[]): void {
  console.log('\npages in other scripts     pages   words   right  formulas   right    p50')
  for (const { script, outcomes: some } of all) {
    const one = summarisePages(some)
    const cells = [String(one.pages), String(one.words), percent(one.wordAccuracy), String(one.formulas)]
    const rest = [percent(one.formulaMatch), `${one.p50.toFixed(0)} ms`]
    console.log([script.padEnd(24), ...[...cells, ...rest].map((cell) => cell.padStart(8))].join(''))
    if (values.wrong)
      for (const { name, misses } of some) for (const miss of misses) console.log(`${name}  ${miss}`)
  }
}

const pageCount = values.folder || values.data ? 0 : Number(values.pages)
const pages = await measurePages(recogniser, pageCount, Number(values.seed))
if (pages.length > 0) printPages(pages)
const scriptPages = values.folder || values.data ? 0 : Number(values.scripts)
const scripts: ScriptOutcome[] = []
for await (const one of measureScripts(recogniser, scriptPages, Number(values.seed))) scripts.push(one)
if (scripts.length > 0) printScripts(scripts)
const isWhole = !values.folder && !values.data
const turned = await measureTurned(recogniser, isWhole ? Number(values.turned) : 0, Number(values.seed))
if (turned.length > 0) printTurned(turned)
const negatives = await measureNegatives(
  recogniser,
  isWhole ? Number(values.negatives) : 0,
  Number(values.seed),
)
if (negatives.length > 0) printNegatives(negatives)
await recogniser.close()

const sets = [...new Set(outcomes.map(({ set }) => set))]
const group = (chosen: readonly Outcome[], by: (outcome: Outcome) => string) =>
  Object.fromEntries(
    [...new Set(chosen.map(by))].map((name) => [
      name,
      summarise(chosen.filter((outcome) => by(outcome) === name)),
    ]),
  )
const report = {
  weights: hashWeights(path.resolve(values.model)),
  seed: values.seed,
  heldOut: plain.length > 0 ? summarise(plain) : undefined,
  sets: Object.fromEntries(
    sets.map((set) => [set, summarise(outcomes.filter((outcome) => outcome.set === set))]),
  ),
  pages: pages.length > 0 ? summarisePages(pages) : undefined,
  scripts:
    scripts.length > 0
      ? scripts.map(({ script, outcomes: some }) => ({ script, ...summarisePages(some) }))
      : undefined,
  photographs: photographs.length > 0 ? summarise(photographs) : undefined,
  categories: group(generated, ({ category }) => category),
  lines: group(generated, nameLines),
  turned: turned.length > 0 ? summariseTurned(turned) : undefined,
  negatives: negatives.length > 0 ? summariseNegatives(negatives) : undefined,
  latency,
  outcomes,
}
mkdirSync(path.dirname(values.json), { recursive: true })
writeFileSync(values.json, JSON.stringify(report, undefined, 1))

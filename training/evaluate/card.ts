import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import {
  apacheFaces,
  bookFaces,
  debianMathFaces,
  handFaces,
  mathFaces,
  mathOutlineFaces,
  sampleFaces,
  textFaces,
} from '../faces.ts'
import { measureRanking } from './measures.ts'
import { renderPrecision } from './precision.ts'
import { hashWeights, readBench, readReport, type Bench, type Report, type Summary } from './report.ts'

export type CardSources = {
  readonly report: Report
  readonly bench: Bench | undefined
  /** Folder of the model: its files' sizes and the sheets of its gallery. */
  readonly folder: string
}

/**
 * Writes the parts of the model card that are measured or listed, each between its own markers, and leaves the rest alone. Throws when the
 * report is about other weights than those beside the card, or when a marker is missing.
 */
export function writeCard(folder: string, reportFile: string): void {
  const report = readReport(reportFile)
  const weights = hashWeights(folder)
  if (report.weights !== weights)
    throw new Error(
      `${reportFile} is about the weights ${report.weights}, ${folder} holds ${weights}: run \`npm run eval\` first.`,
    )
  const bench = readBench(path.join(path.dirname(reportFile), 'bench.json'))
  const precision = renderPrecision(report, path.join(path.dirname(reportFile), 'float.json'))
  const file = path.join(folder, 'README.md')
  writeFileSync(
    file,
    fillCard(readFileSync(file, 'utf8'), { ...renderCard({ report, bench, folder }), precision }),
  )
}

/** Puts each part between `<!-- begin NAME … -->` and `<!-- end NAME -->`. */
export function fillCard(card: string, parts: Readonly<Record<string, string>>): string {
  return Object.entries(parts).reduce((text, [name, content]) => {
    const pattern = new RegExp(`(<!-- begin ${name}\\b[^>]*-->)[^]*?(<!-- end ${name} -->)`)
    if (!pattern.test(text)) throw new Error(`The card has no place for ${name}.`)
    return text.replace(pattern, (_, begin: string, end: string) => `${begin}\n${content}\n${end}`)
  }, card)
}

/** The parts by name, as Markdown. */
export function renderCard({ report, bench, folder }: CardSources): Record<string, string> {
  return {
    files: renderFiles(folder),
    faces: renderFaces(),
    metrics: renderMetrics(report),
    categories: renderShares('Category', report.categories),
    samples: renderSamples(report),
    confidence: renderConfidence(report),
    speed: renderSpeed(report, bench),
    gallery: renderGallery(folder),
  }
}

const percent = (share: number, digits = 1) => `${(100 * share).toFixed(digits)} %`
const range = ([low, high]: Summary['interval']) => `${(100 * low).toFixed(0)}–${(100 * high).toFixed(0)} %`
const cell = (text: string) => text.replaceAll('|', '\\|')

function renderTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
}

function renderFiles(folder: string): string {
  const names = readdirSync(folder).filter((name) => /\.(onnx|json)$/.test(name))
  const sizes = names.map((name) => [name, statSync(path.join(folder, name)).size / 1e6] as const)
  const all = sizes.reduce((sum, [, size]) => sum + size, 0)
  const list = sizes.map(([name, size]) => `\`${name}\` ${size.toFixed(size < 0.1 ? 3 : 1)} MB`).join(', ')
  return `Weights \`${hashWeights(folder)}\`: ${list}; ${all.toFixed(1)} MB in all.`
}

function renderFaces(): string {
  const apache = new Set(apacheFaces)
  const list = (title: string, faces: readonly string[]) => {
    const others = faces.filter((face) => apache.has(face))
    const licence = others.length > 0 ? `OFL-1.1; Apache-2.0: ${others.join(', ')}` : 'OFL-1.1'
    return `* ${title} (${faces.length}, \`@fontsource\`, ${licence}): ${faces.join(' ')}.`
  }
  return [
    `* Math typefaces (${mathFaces.length}, packages of MathJax 4, Apache-2.0): ${mathFaces.join(' ')}.`,
    list('Math faces in OpenType', mathOutlineFaces),
    `* Math faces of Debian packages (${debianMathFaces.length}, OFL-1.1), in training only: ${debianMathFaces.map((face) => face.package).join(' ')}.`,
    list('Book faces', bookFaces),
    list('Text faces', textFaces),
    list('Handwriting faces', handFaces),
    `* Kept out of training, for \`samples/\`: ${sampleFaces.math.join(', ')} (Apache-2.0); ${[...sampleFaces.text, ...sampleFaces.hand].map((face) => (apache.has(face) ? `${face} (Apache-2.0)` : face)).join(', ')}.`,
  ].join('\n')
}

const setNames: Readonly<Record<string, string>> = {
  math: 'math typefaces',
  text: 'text faces',
  hand: 'handwriting faces',
  samples: '`samples/`',
}
const nameSet = (set: string) =>
  set.startsWith('photo-like ')
    ? `${setNames[set.slice(11)] ?? set.slice(11)}, photo-like`
    : (setNames[set] ?? set)

function renderMetrics(report: Report): string {
  const { outcomes, pages, scripts, turned, negatives } = report
  const row = (name: string, one: Summary, wanted: (set: string) => boolean) => {
    const area = measureRanking(
      outcomes
        .filter(({ set }) => wanted(set))
        .map(({ confidence, isSameRender }) => ({ confidence, isRight: isSameRender })),
    )
    return [
      name,
      String(one.images),
      percent(one.renderedMatch),
      range(one.interval),
      percent(one.exactMatch),
      one.tokenEditDistance.toFixed(3),
      percent(one.katexParses),
      percent(one.printHandRight),
      Number.isNaN(area) ? '–' : area.toFixed(2),
    ]
  }
  const isPhoto = (set: string) => set.startsWith('photo')
  const isPlain = (set: string) => set !== 'samples' && !isPhoto(set)
  const rows = [
    ...(report.heldOut ? [row('**held-out, clean, all**', report.heldOut, isPlain)] : []),
    ...(report.photographs ? [row('**held-out, photo-like, all**', report.photographs, isPhoto)] : []),
    ...Object.entries(report.sets).map(([name, one]) => row(nameSet(name), one, (set) => set === name)),
  ]
  const head =
    'Set,Images,Rendered match,95 % interval,Exact,Edits per token,KaTeX parses,Print or hand right,AUC'
  const parts = [
    `Seed ${report.seed}, weights \`${report.weights}\`.`,
    renderTable(head.split(','), rows),
    'By lines of the label:',
    renderShares('Label', report.lines),
  ]
  if (pages)
    parts.push(
      `Pages of words and formulas: ${pages.pages} pages; ${percent(pages.wordAccuracy)} of ${pages.words} words and ${percent(pages.formulaMatch)} of ${pages.formulas} formulas right, ${percent(pages.sameLines)} of the pages with the right lines.`,
    )
  if (scripts)
    parts.push(
      'Such pages in other languages (Latin: German, French, Spanish, Portuguese, Italian; of Greek there are no data, so its words are left out):',
      renderTable(
        ['Script', 'Pages', 'Words', 'Right', 'Formulas', 'Right'],
        scripts.map((one) => [
          one.script,
          String(one.pages),
          String(one.words),
          one.script === 'Greek' ? '–' : percent(one.wordAccuracy),
          String(one.formulas),
          percent(one.formulaMatch),
        ]),
      ),
    )
  if (turned)
    parts.push(
      `Pictures that lie on a side (of ${turned.images} upright ones ${percent(turned.leftAlone)} are left alone and ${percent(turned.uprightRight)} read right):`,
      renderTable(
        ['Turned by', 'Images', 'Turned back', 'Read right'],
        turned.sides.map((side) => [
          `${side.lies}°`,
          String(side.images),
          percent(side.turnedBack),
          percent(side.right),
        ]),
      ),
    )
  if (negatives)
    parts.push(
      'Pictures without a formula:',
      renderTable(
        ['Kind', 'Images', 'Answered with an error', 'Confidence 0.3 and more', 'Highest'],
        negatives.map(({ kind, images, errors, believed, highest }) => [
          kind,
          String(images),
          String(errors),
          String(believed),
          highest.toFixed(2),
        ]),
      ),
    )
  return parts.join('\n\n')
}

function renderShares(title: string, shares: Readonly<Record<string, Summary>>): string {
  const sorted = Object.entries(shares).sort(([, one], [, other]) => other.renderedMatch - one.renderedMatch)
  return renderTable(
    [title, 'Images', 'Rendered match', '95 % interval'],
    sorted.map(([name, one]) => [
      name,
      String(one.images),
      percent(one.renderedMatch, 0),
      range(one.interval),
    ]),
  )
}

function renderSamples({ outcomes }: Report): string {
  return renderTable(
    ['File', '', 'Confidence', 'Read'],
    outcomes
      .filter(({ set }) => set === 'samples')
      .map(({ name, isSameRender, confidence, got }) => [
        `\`${name}\``,
        isSameRender ? 'right' : 'wrong',
        confidence.toFixed(2),
        `\`${cell(got)}\``,
      ]),
  )
}

const edges = [0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 1.0001]

function renderConfidence({ outcomes }: Report): string {
  const generated = outcomes.filter(({ set }) => set !== 'samples')
  const rows = edges.slice(0, -1).flatMap((low, at) => {
    const high = edges[at + 1] ?? 1
    const chosen = generated.filter(({ confidence }) => confidence >= low && confidence < high)
    const right = chosen.filter(({ isSameRender }) => isSameRender).length
    const name = `${low.toFixed(2)}–${Math.min(1, high).toFixed(2)}`
    return chosen.length === 0 ? [] : [[name, String(chosen.length), percent(right / chosen.length, 0)]]
  })
  const area = measureRanking(
    generated.map(({ confidence, isSameRender }) => ({ confidence, isRight: isSameRender })),
  )
  return `${renderTable(['Confidence', 'Images', 'Right'], rows)}\n\nArea under the ROC curve (right against wrong): ${area.toFixed(3)}.`
}

function renderSpeed({ latency }: Report, bench: Bench | undefined): string {
  if (!bench)
    return `From decoded pixels, one thread, while evaluating: p50 ${latency.p50.toFixed(0)} ms, p95 ${latency.p95.toFixed(0)} ms an image.`
  const ms = (value: number) => `${value.toFixed(0)} ms`
  const rows = [
    [`single formulas (${bench.single.images})`, `p50 ${ms(bench.single.p50)}, p95 ${ms(bench.single.p95)}`],
    [`\`samples/\` (${bench.samples.images})`, `p50 ${ms(bench.samples.p50)}, p95 ${ms(bench.samples.p95)}`],
    [
      'tesseract.js on the same formulas, for scale',
      `p50 ${ms(bench.tesseract.p50)}, p95 ${ms(bench.tesseract.p95)}`,
    ],
    [`one batch of ${bench.batch.images}`, `${bench.batch.perSecond.toFixed(1)} images/s`],
    [
      `memory of the process through ${bench.memory.images} images`,
      `${bench.memory.most.toFixed(0)} MB at most`,
    ],
    ['process started → first result', ms(bench.coldStart)],
  ]
  return `Over HTTP with decoding and cropping (\`npm run bench -- --only engine\`; ${bench.machine}):\n\n${renderTable(['', ''], rows)}`
}

function renderGallery(folder: string): string {
  const gallery = path.join(folder, 'gallery')
  const sheets = existsSync(gallery)
    ? readdirSync(gallery)
        .filter((name) => name.endsWith('.png'))
        .sort()
    : []
  if (sheets.length === 0) return 'No gallery yet: `npm run eval -- --gallery`.'
  return sheets
    .map((name) => {
      const title = nameSet(name.replace(/\.png$/, '').replaceAll('_', ' '))
      return `**${title}**\n\n![wrong readings, ${title}](gallery/${name})`
    })
    .join('\n\n')
}

import { Resvg } from '@resvg/resvg-js'
import type { Pixels } from '../../node/images/pixels.ts'
import { addLeftRight, joinCompact } from '../../shared/latex/write.ts'
import { sampleFaces } from '../faces.ts'
import { isHeldOut } from '../generate/held-out.ts'
import { sampleFormula, type Formula } from '../generate/grammar/formula.ts'
import { Rng } from '../generate/rng.ts'
import { createTypesetter, type Typesetter } from '../generate/typeset.ts'
import { listForeignFaces, openFace, splitForeign, type Face } from './foreign-faces.ts'
import { foreignSentences, type ForeignLanguage } from './foreign-sentences.ts'
import { sampleIntroduction, sampleSentence, splitPieces, type Piece } from './page-sentences.ts'

/** What stands on one line of a page: words as they are, or the label of a formula. */
export type TruePart = { readonly words: string } | { readonly tokens: readonly string[] }
export type TrueLine = { readonly parts: readonly TruePart[]; readonly isDisplay: boolean }
export type Page = { readonly name: string; readonly pixels: Pixels; readonly lines: readonly TrueLine[] }

/** `blank`: of the width of a blank, how much stands before it. */
type Cell = {
  readonly width: number
  readonly blank: number
  readonly part: TruePart
  draw(x: number, baseline: number): string
}
type Row = { readonly cells: readonly Cell[]; readonly isDisplay: boolean; rise: number; fall: number }

/** Pages of paragraphs with formulas in and between the lines, in faces and with formulas that training never uses. */
export async function generatePages(count: number, seed: number): Promise<Page[]> {
  const rng = new Rng(seed)
  const faces = [...sampleFaces.text, 'tinos', 'source-serif-4', 'lato', 'pt-serif'].map((name) =>
    openFace([name], ['latin']),
  )
  const typesetters = await createTypesetters()
  return Array.from({ length: count }, (_, index) => {
    const face = rng.pick(faces)
    const text = { face, sentence: () => sampleSentence(rng), introduction: () => sampleIntroduction(rng) }
    return makePage(`page ${String(index + 1)}`, text, rng.pick(typesetters), rng)
  })
}

/** The same in another language; `undefined` where no face for it is installed. */
export async function generateForeignPages(
  language: ForeignLanguage,
  count: number,
  seed: number,
): Promise<Page[] | undefined> {
  const rng = new Rng(seed)
  const faces = listForeignFaces(language)
  if (faces.length === 0) return undefined
  const { openings, introductions } = foreignSentences[language]
  const typesetters = await createTypesetters()
  const pick = (sentences: readonly string[]) => splitForeign(splitPieces(rng.pick(sentences)), language)
  return Array.from({ length: count }, (_, index) => {
    const face = rng.pick(faces)
    const text = { face, sentence: () => pick(openings), introduction: () => pick(introductions) }
    return makePage(`${language} ${String(index + 1)}`, text, rng.pick(typesetters), rng)
  })
}

async function createTypesetters(): Promise<Typesetter[]> {
  return [await createTypesetter('newcm'), await createTypesetter('termes')]
}

/** What a page is written in. */
type PageText = { readonly face: Face; sentence(): Piece[]; introduction(): Piece[] }

function makePage(name: string, text: PageText, typeset: Typesetter, rng: Rng): Page {
  const size = rng.between(22, 36)
  const measure = size * rng.between(22, 34)
  const leading = size * rng.between(1.3, 1.6)
  const margin = Math.round(size * rng.between(0.8, 2.5))
  const rows: Row[] = []
  const sentences = rng.int(2, 6)
  for (let at = 0; at < sentences; at += 1) {
    const isIntroduction = rng.chance(0.35)
    const pieces = isIntroduction ? text.introduction() : text.sentence()
    rows.push(...breakLines(createCells(pieces, text.face, typeset, size, rng), measure, 0.27 * size))
    if (!isIntroduction) continue
    const display = createFormula(typeset, size, rng, 8, 36, true)
    if (display) rows.push({ ...frame([display]), isDisplay: true })
  }
  const width = Math.round(Math.max(measure, ...rows.map((row) => rowWidth(row, size))) + 2 * margin)
  let baseline = margin
  let below = 0
  let body = ''
  rows.forEach((row, at) => {
    const gap = row.isDisplay || rows[at - 1]?.isDisplay === true ? 0.55 * size : 0.12 * size
    baseline += at === 0 ? row.rise : Math.max(leading, below + row.rise + gap)
    below = row.fall
    let x = row.isDisplay ? (width - rowWidth(row, size)) / 2 : margin
    row.cells.forEach((cell, index) => {
      if (index > 0) x += 0.27 * size * cell.blank
      body += cell.draw(x, baseline)
      x += cell.width
    })
  })
  const height = Math.round(baseline + below + margin)
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${String(width)}" height="${String(height)}"><rect width="100%" height="100%" fill="#fff"/>${body}</svg>`
  const image = new Resvg(svg, { font: { loadSystemFonts: false } }).render()
  const pixels = {
    data: Uint8Array.from(image.pixels),
    width: image.width,
    height: image.height,
    channels: 4,
  } as const
  return {
    name,
    pixels,
    lines: rows.map((row) => ({ isDisplay: row.isDisplay, parts: row.cells.map(({ part }) => part) })),
  }
}

function rowWidth(row: Row, size: number): number {
  return row.cells.reduce((sum, cell, at) => sum + cell.width + (at === 0 ? 0 : 0.27 * size * cell.blank), 0)
}

type Sized = Cell & { readonly rise: number; readonly fall: number }

function frame(cells: readonly Sized[]): Row {
  return {
    cells,
    isDisplay: false,
    rise: Math.max(...cells.map(({ rise }) => rise)),
    fall: Math.max(...cells.map(({ fall }) => fall)),
  }
}

function createCells(
  pieces: readonly Piece[],
  face: Face,
  typeset: Typesetter,
  size: number,
  rng: Rng,
): Sized[] {
  const cells: Sized[] = []
  for (const { kind, text } of pieces) {
    if (kind === 'letters') cells.push({ ...createWord(text, face, size), blank: 0 })
    else if (kind === 'words') {
      text
        .split(' ')
        .filter(Boolean)
        .forEach((word, at) => {
          const last = cells.at(-1)
          // A mark right behind a formula stays with it.
          if (at === 0 && !text.startsWith(' ') && last)
            cells.splice(-1, 1, glue(last, createWord(word, face, size)))
          else cells.push(createWord(word, face, size))
        })
    } else {
      const formula =
        kind === 'letter' ? createLetter(typeset, size, rng) : createFormula(typeset, size, rng, 3, 16, false)
      cells.push(formula ?? createWord('1', face, size))
    }
  }
  return cells
}

/** Two cells without a blank between them. Only the second's words count beside the first's part. */
function glue(one: Sized, other: Sized): Sized {
  const draw = (x: number, baseline: number) =>
    one.draw(x, baseline) + other.draw(x + one.width + 1, baseline)
  return { ...one, width: one.width + 1 + other.width, draw, fall: Math.max(one.fall, other.fall) }
}

function createWord(word: string, face: Face, size: number): Sized {
  return {
    width: face.measure(word, size),
    blank: 1,
    rise: 0.75 * size,
    fall: 0.22 * size,
    part: { words: word },
    draw: (x, baseline) => `<path d="${face.outline(word, x, baseline, size)}"/>`,
  }
}

function createLetter(typeset: Typesetter, size: number, rng: Rng): Sized | undefined {
  const letter = rng.pick([...'xyntmkabrz'])
  return setMath(typeset, letter, [letter], size, false)
}

function createFormula(
  typeset: Typesetter,
  size: number,
  rng: Rng,
  least: number,
  most: number,
  isDisplay: boolean,
): Sized | undefined {
  for (let tries = 0; tries < 4000; tries += 1) {
    const formula: Formula = sampleFormula(rng, most)
    const { label } = formula
    if (label.length < least || !isHeldOut(label) || isUnfit(label, isDisplay)) continue
    const cell = setMath(typeset, joinCompact(addLeftRight(label)), label, size, isDisplay)
    if (cell && cell.width < 20 * size) return cell
  }
  return undefined
}

/** Words and marks of the sentence around a formula are not part of it; several lines do not stand inside of one. */
function isUnfit(label: readonly string[], isDisplay: boolean): boolean {
  if (/^[,.;:?]$/.test(label.at(-1) ?? '') || label.includes('\\tag') || label.includes('\\text')) return true
  // Lines without a bracket around them are lines of their own.
  if (label[0] === '\\begin{array}') return true
  if (/^\d+$/.test(label.join('').replace(/[.,]/g, ''))) return true
  return !isDisplay && label.some((token) => token === '\\begin{array}' || token === '\\longdiv')
}

function setMath(
  typeset: Typesetter,
  latex: string,
  tokens: readonly string[],
  size: number,
  isDisplay: boolean,
): Sized | undefined {
  const svg = typeset(latex, isDisplay)
  const box = svg && /viewBox="([-\d.]+) ([-\d.]+) ([-\d.]+) ([-\d.]+)"/.exec(svg)
  if (!svg || !box) return undefined
  const unit = size / 1000
  const [left = 0, top = 0, width = 0, height = 0] = box.slice(1).map(Number)
  // Stretched signs are drawings inside of the drawing.
  const inner = svg
    .slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>'))
    .replaceAll('currentColor', '#000')
  return {
    width: width * unit,
    blank: 1,
    rise: -top * unit,
    fall: (height + top) * unit,
    part: { tokens },
    draw: (x, baseline) =>
      `<g transform="translate(${(x - left * unit).toFixed(2)},${baseline.toFixed(2)}) scale(${unit.toFixed(5)})">${inner}</g>`,
  }
}

function breakLines(cells: readonly Sized[], measure: number, blank: number): Row[] {
  const rows: Row[] = []
  let current: Sized[] = []
  let width = 0
  for (const cell of cells) {
    if (current.length > 0 && width + cell.width > measure) {
      rows.push(frame(current))
      current = []
      width = 0
    }
    current.push(cell)
    width += cell.width + blank * cell.blank
  }
  if (current.length > 0) rows.push(frame(current))
  return rows
}

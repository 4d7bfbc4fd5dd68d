import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { signSheet } from '../engine/preprocess/scale.ts'
import { relations, spellings } from '../engine/recognise/structure/sign-tree.ts'
import { loadDebianFaces } from './debian-faces.ts'
import { sampleFormula } from './generate/grammar/formula.ts'
import { isHeldOut } from './generate/held-out.ts'
import { openStudio, type Style } from './generate/make-sample.ts'
import { createNegativeMaker } from './generate/negatives.ts'
import { openRealFormulas, readRealFormulas } from './generate/real/real-formulas.ts'
import { Rng } from './generate/rng.ts'
import { isSampleFormula } from './generate/sample-formulas.ts'
import { signStyles } from './generate/signs/math-alphabets.ts'
import { sampleDrill } from './generate/signs/drill.ts'
import { readHands } from './generate/signs/written-strokes.ts'
import { readStructure } from './structure/read-structure.ts'
import { tokenIds, vocabulary } from './vocabulary.ts'

/**
 * Fills a folder with shards of pictures whose signs are known, for spotter.py. A shard is a `.bin` (canvases one after another, one byte a
 * pixel) and a `.json` with an entry for each. Needs the folder of formulas and handwriting (`--data`): two thirds are drawn from it, the others
 * from the grammar and in drills. `--glyph` is how many pixels tall a usual sign is. `--held-out` draws formulas and writers that training never sees instead.
 */
const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string', default: 'data/sign-shards' },
    size: { type: 'string', default: '400' },
    ahead: { type: 'string', default: '120' },
    only: { type: 'string', default: '0' },
    glyph: { type: 'string', default: String(signSheet.glyphHeight) },
    'held-out': { type: 'boolean', default: false },
  },
})
if (values.data === undefined)
  throw new Error(
    '--data names the folder with formulas.tsv.xz and symbols.jsonl.xz; without it there is nothing to draw.',
  )
const data = path.resolve(values.data)
const zoom = Number(values.glyph) / signSheet.glyphHeight
const sheet = {
  glyphHeight: signSheet.glyphHeight * zoom,
  maximumArea: signSheet.maximumArea * zoom ** 2,
  maximumWidth: signSheet.maximumWidth * zoom,
  maximumHeight: signSheet.maximumHeight * zoom,
}

/**
 * Width, height, offset of the canvas; `b`: signs, eight numbers each: token, style, left, top, right, bottom and anchor (x, y), the places in
 * quarter pixels; `t`: their tree, three numbers each: parent (-1 for none), relation and spelling, empty where it has none; style and whether it
 * is a photograph.
 */
type Entry = { w: number; h: number; o: number; b: number[]; t: number[]; s: Style | 'none'; p: boolean }

const isHeldBack = values['held-out']
const out = path.resolve(import.meta.dirname, values.out)
mkdirSync(out, { recursive: true })
writeFileSync(path.join(out, 'vocabulary.json'), JSON.stringify(vocabulary))
const studio = await openStudio(isHeldBack ? [] : loadDebianFaces(), readHands(data, isHeldBack))
const makeNegative = createNegativeMaker()
const drawReal = openRealFormulas(readRealFormulas(data))
const negativeShare = isHeldBack ? 0 : 0.03
const [grammarShare, drillShare] = isHeldBack ? [0, 0] : [0.24, 0.1]
const quarters = (value: number) => Math.round(4 * value)
let nameless = 0

for (let shard = 0; values.only === '0' || shard < Number(values.only); shard += 1) {
  while (readdirSync(out).length > 2 * Number(values.ahead))
    await new Promise((resolve) => setTimeout(resolve, 5000))
  const name = `${values.seed}-${String(shard).padStart(5, '0')}`
  if (existsSync(path.join(out, `${name}.json`))) continue
  const rng = new Rng(Number(values.seed) * 100_003 + shard)
  const entries: Entry[] = []
  const chunks: Uint8Array[] = []
  let offset = 0
  const keep = (
    canvas: { readonly width: number; readonly height: number; readonly data: Uint8Array },
    entry: Pick<Entry, 'b' | 't' | 's' | 'p'>,
  ) => {
    entries.push({ w: canvas.width, h: canvas.height, o: offset, ...entry })
    chunks.push(canvas.data)
    offset += canvas.data.length
  }
  while (entries.length < Number(values.size)) {
    if (rng.chance(negativeShare)) {
      const canvas = makeNegative(rng)
      if (canvas) keep(canvas, { b: [], t: [], s: 'none', p: true })
      continue
    }
    const formula = rng.weighted([
      [grammarShare, () => sampleFormula(rng, 110)],
      [drillShare, () => sampleDrill(rng)],
      [1 - grammarShare - drillShare, () => drawReal(rng, 110)],
    ])()
    if (isHeldOut(formula.label) !== isHeldBack || isSampleFormula(formula.label)) continue
    const style = chooseStyle(rng)
    const sample = studio.make(formula, style, rng.chance(0.45), rng, { sheet })
    if (!sample) continue
    const { canvas, signs } = sample
    if (!signs) {
      nameless += 1
      continue
    }
    const b = signs.flatMap(({ token, style, box, anchor }) => {
      const isInside =
        anchor[0] >= 0 && anchor[1] >= 0 && anchor[0] < canvas.width && anchor[1] < canvas.height
      return isInside
        ? [tokenIds.get(token) ?? 0, signStyles.indexOf(style), ...box.map(quarters), ...anchor.map(quarters)]
        : []
    })
    const tree =
      b.length === 8 * signs.length ? readStructure(sample.svg, studio.nameGlyph, sample.source) : []
    const t = (tree ?? []).flatMap(({ parent, relation, spelling }) => [
      parent,
      relations.indexOf(relation),
      spellings.indexOf(spelling),
    ])
    keep(canvas, { b, t, s: sample.style, p: sample.isPhoto })
  }
  writeFileSync(path.join(out, `${name}.bin`), Buffer.concat(chunks))
  writeFileSync(path.join(out, `${name}.tmp`), JSON.stringify(entries))
  renameSync(path.join(out, `${name}.tmp`), path.join(out, `${name}.json`))
}
if (nameless > 0)
  console.error(
    `${String(nameless)} formulas were left out: they show signs that the vocabulary has no token for.`,
  )

function chooseStyle(rng: Rng): Style {
  return rng.weighted([
    [38, 'math'],
    [14, 'text'],
    [14, 'hand'],
    [34, 'written'],
  ])
}

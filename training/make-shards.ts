import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { canvasGlyphHeight } from '../engine/preprocess/scale.ts'
import { loadDebianFaces } from './debian-faces.ts'
import { sampleFormula } from './generate/grammar/formula.ts'
import { isHeldOut } from './generate/held-out.ts'
import { openStudio, sampleStyle } from './generate/make-sample.ts'
import { openRealFormulas, readRealFormulas } from './generate/real/real-formulas.ts'
import { createNegativeMaker } from './generate/negatives.ts'
import { Rng } from './generate/rng.ts'
import { isSampleFormula } from './generate/sample-formulas.ts'
import { tokenIds, vocabulary } from './vocabulary.ts'

/**
 * Fills a folder with shards of training images. A shard is a `.bin` (canvases one after another, one byte a pixel) and a
 * `.json` (size, offset, label ids, kind of each). Waits while enough unread shards lie there; the trainer deletes what it has used.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    out: { type: 'string', default: 'data/shards' },
    size: { type: 'string', default: '1000' },
    short: { type: 'string', default: '0' },
    medium: { type: 'string', default: '0' },
    ahead: { type: 'string', default: '120' },
    only: { type: 'string', default: '0' },
    'held-out': { type: 'boolean', default: false },
    /** Pictures that lie on any side, for side.py; they name no signs. */
    turned: { type: 'boolean', default: false },
    /** Folder with formulas that people wrote; without it the grammar draws all. */
    data: { type: 'string' },
  },
})

/** Width, height, offset, label ids, glyphs (x, y, id, x, y, id, …), glyph height of the canvas, style, category, degrees clockwise that make the picture upright. */
type Entry = {
  w: number
  h: number
  o: number
  l: number[]
  k: number[]
  g: number
  s: string
  c: string
  r: 0 | 90 | 180 | 270
}

/** What makes a picture upright that was turned by so much. */
const upright = { 0: 0, 90: 270, 180: 180, 270: 90 } as const
const out = path.resolve(import.meta.dirname, values.out)
mkdirSync(out, { recursive: true })
writeFileSync(path.join(out, 'vocabulary.json'), JSON.stringify(vocabulary))
const studio = await openStudio(values['held-out'] ? [] : loadDebianFaces())
const makeNegative = createNegativeMaker()
/** Pictures without a formula, whose label is empty. */
const negativeShare = values['held-out'] || values.turned ? 0 : 0.035
const shardSize = Number(values.size)
const drawReal =
  values.data === undefined ? undefined : openRealFormulas(readRealFormulas(path.resolve(values.data)))
const realShare = 0.65

for (let shard = 0; values.only === '0' || shard < Number(values.only); shard += 1) {
  while (readdirSync(out).length > 2 * Number(values.ahead))
    await new Promise((resolve) => setTimeout(resolve, 5000))
  const name = `${values.seed}-${String(shard).padStart(5, '0')}`
  if (existsSync(path.join(out, `${name}.json`))) continue
  const rng = new Rng(Number(values.seed) * 100_003 + shard)
  const maximum = shard < Number(values.short) ? 25 : shard < Number(values.medium) ? 60 : 110
  const entries: Entry[] = []
  const chunks: Uint8Array[] = []
  let offset = 0
  while (entries.length < shardSize) {
    if (rng.chance(negativeShare)) {
      const canvas = makeNegative(rng)
      if (!canvas) continue
      const { width: w, height: h, data } = canvas
      entries.push({ w, h, o: offset, l: [], k: [], g: canvasGlyphHeight, s: 'none', c: 'none', r: 0 })
      chunks.push(data)
      offset += data.length
      continue
    }
    const formula = drawReal && rng.chance(realShare) ? drawReal(rng, maximum) : sampleFormula(rng, maximum)
    if (isHeldOut(formula.label) !== values['held-out'] || isSampleFormula(formula.label)) continue
    const turn = values.turned ? rng.pick([0, 90, 180, 270] as const) : 0
    const sample = studio.make(formula, sampleStyle(rng), rng.chance(0.38), rng, { turn })
    if (!sample) continue
    const { canvas } = sample
    entries.push({
      w: canvas.width,
      h: canvas.height,
      o: offset,
      l: formula.label.map((token) => tokenIds.get(token) ?? 0),
      k: sample.glyphs.flatMap(({ token, x, y }) => {
        const id = tokenIds.get(token)
        const isInside = x >= 0 && y >= 0 && x < canvas.width && y < canvas.height
        return id === undefined || !isInside ? [] : [Math.round(x), Math.round(y), id]
      }),
      g: canvasGlyphHeight,
      s: sample.style,
      c: formula.category,
      r: upright[turn],
    })
    chunks.push(canvas.data)
    offset += canvas.data.length
  }
  writeFileSync(path.join(out, `${name}.bin`), Buffer.concat(chunks))
  writeFileSync(path.join(out, `${name}.tmp`), JSON.stringify(entries))
  renameSync(path.join(out, `${name}.tmp`), path.join(out, `${name}.json`))
}

import path from 'node:path'
import { parseArgs } from 'node:util'
import { mathFaces } from './faces.ts'
import { pickHeldOut } from './evaluate/held-out-real.ts'
import { sampleFormula } from './generate/grammar/formula.ts'
import { isHeldOut } from './generate/held-out.ts'
import { openRealFormulas, readRealFormulas } from './generate/real/real-formulas.ts'
import { Rng } from './generate/rng.ts'
import { isSampleFormula } from './generate/sample-formulas.ts'
import { loosenLayout } from './generate/signs/loosen-layout.ts'
import { createGlyphNames } from './generate/signs/name-glyphs.ts'
import { createTypesetter } from './generate/typeset.ts'
import { LayoutPack } from './structure/pack-layouts.ts'
import { readStructure } from './structure/read-structure.ts'

/**
 * Packs layouts of formulas with their trees for linker.py; no pictures are drawn. Three quarters are formulas that people wrote (`--data`), the
 * others from the grammar; a third is loosened as by a hand. `--held-out` packs formulas that training never sees, as type has them, with labels.
 */
const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    out: { type: 'string', default: 'data/layouts' },
    formulas: { type: 'string', default: '60000' },
    seed: { type: 'string', default: '1' },
    'held-out': { type: 'boolean', default: false },
  },
})
if (values.data === undefined)
  throw new Error('--data names the folder with formulas.tsv.xz; without it there is nothing to lay out.')
const isReserved = values['held-out']
const count = Number(values.formulas)
const rng = new Rng(Number(values.seed))
const formulas = readRealFormulas(path.resolve(values.data))
const typesetters = await Promise.all(mathFaces.map((face) => createTypesetter(face)))
const [first] = typesetters
if (!first) throw new Error('No math typeface')
const nameGlyph = createGlyphNames(first)
const pack = new LayoutPack()
const started = performance.now()
let tried = 0
if (isReserved) {
  for (const { source, label, from } of pickHeldOut(formulas, rng, 'report')) {
    if (pack.size >= count) break
    const signs = layOut(source, false)
    if (signs) pack.add(signs, { label, from })
  }
} else {
  const drawReal = openRealFormulas(formulas)
  while (pack.size < count) {
    const { source, label } = rng.chance(0.75) ? drawReal(rng, 160) : sampleFormula(rng, 110)
    if (isHeldOut(label) || isSampleFormula(label)) continue
    const signs = layOut(source, rng.chance(0.33))
    if (signs && signs.length <= 150) pack.add(signs)
  }
}
pack.write(path.resolve(import.meta.dirname, values.out), isReserved ? 'held-out' : `train-${values.seed}`)
console.log(
  `${String(pack.size)} layouts of ${String(tried)} formulas, ${((1000 * pack.size) / (performance.now() - started)).toFixed(0)} a second`,
)

function layOut(source: string, isLoose: boolean): ReturnType<typeof readStructure> {
  tried += 1
  const svg = rng.pick(typesetters)(source, rng.chance(0.8))
  if (svg === undefined) return undefined
  const drawn = isLoose ? loosenLayout(svg, rng.next(), rng) : svg
  return readStructure(drawn, nameGlyph, source)
}

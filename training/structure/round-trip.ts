import path from 'node:path'
import { parseArgs } from 'node:util'
import { writeTree } from '../../engine/recognise/structure/write-tree.ts'
import { createRenderComparer } from '../evaluate/compare-renders.ts'
import { labelReal, openRealFormulas, readRealFormulas } from '../generate/real/real-formulas.ts'
import { Rng } from '../generate/rng.ts'
import { createGlyphNames } from '../generate/signs/name-glyphs.ts'
import { createTypesetter } from '../generate/typeset.ts'
import { dropBaseBraces } from './drop-base-braces.ts'
import { readStructure } from './read-structure.ts'

/**
 * How many formulas that people wrote come back the same from their trees: label, picture without pixels, tree, LaTeX. What is lost here no
 * linker can win.
 */
const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    count: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    /** Tells so many of the formulas that do not come back. */
    show: { type: 'string', default: '0' },
  },
})
if (values.data === undefined)
  throw new Error('--data names the folder with formulas.tsv.xz; without it there is nothing to try.')
const typeset = await createTypesetter('newcm')
const nameGlyph = createGlyphNames(typeset)
const looksSame = await createRenderComparer()
const draw = openRealFormulas(readRealFormulas(path.resolve(values.data)))
const rng = new Rng(Number(values.seed))
const counts = { drawn: 0, read: 0, equal: 0, alike: 0, ms: 0 }
let left = Number(values.show)
while (counts.drawn < Number(values.count)) {
  const { source } = draw(rng, 160)
  const label = labelReal(source) ?? []
  const svg = typeset(source)
  if (svg === undefined) continue
  counts.drawn += 1
  const start = performance.now()
  const signs = readStructure(svg, nameGlyph, source)
  const written = signs && writeTree(signs)
  counts.ms += performance.now() - start
  if (written) counts.read += 1
  const plain = dropBaseBraces(label)
  const isEqual = written?.join(' ') === label.join(' ') || written?.join(' ') === plain.join(' ')
  const isAlike =
    isEqual || (written !== undefined && (looksSame(written, label) || looksSame(written, plain)))
  if (isEqual) counts.equal += 1
  if (isAlike) counts.alike += 1
  else if ((left -= 1) >= 0)
    console.log(`${source}\n  ${label.join(' ')}\n  ${written?.join(' ') ?? 'no tree'}\n`)
}
const share = (part: number) => `${((100 * part) / counts.drawn).toFixed(1)} %`
console.log(
  `${String(counts.drawn)} formulas: ${share(counts.read)} have a tree, ${share(counts.equal)} come back token for token, ${share(counts.alike)} look the same; ${(counts.ms / counts.drawn).toFixed(2)} ms`,
)

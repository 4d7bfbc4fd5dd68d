import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { loadDebianFaces } from './debian-faces.ts'
import { bookFaces, handFaces, mathFaces, mathOutlineFaces, textFaces } from './faces.ts'
import { sampleFormula } from './generate/grammar/formula.ts'
import { isHeldOut } from './generate/held-out.ts'
import { loadMathFace, loadOutlineFace } from './generate/outlines.ts'
import { openRealFormulas, readRealFormulas } from './generate/real/real-formulas.ts'
import { Rng } from './generate/rng.ts'
import { isSampleFormula } from './generate/sample-formulas.ts'
import { sampleDrill } from './generate/signs/drill.ts'
import { findSigns } from './generate/signs/find-signs.ts'
import { createGlyphNames } from './generate/signs/name-glyphs.ts'
import { signStyles } from './generate/signs/math-alphabets.ts'
import { packHands } from './generate/signs/pack-hands.ts'
import { createSpriteSheet } from './generate/signs/sprite-sheet.ts'
import { createTypesetter } from './generate/typeset.ts'
import { tokenIds, vocabulary } from './vocabulary.ts'

/**
 * Packs what compose.py needs to draw pictures on the card itself: layouts of formulas (`layouts.bin.gz`: signs with boxes, in fours of 1/1000 em),
 * signs of all faces as small pictures (`sprites.bin.gz`) and the strokes of real hands (`hands.bin.gz`), described by `pack.json`.
 * Some 150 bytes a formula. Never packs held-out formulas or writers.
 */
const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    out: { type: 'string', default: 'data/pack' },
    formulas: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
  },
})
if (values.data === undefined)
  throw new Error(
    '--data names the folder with formulas.tsv.xz and symbols.jsonl.xz; without it there is nothing to pack.',
  )
const data = path.resolve(values.data)
const out = path.resolve(import.meta.dirname, values.out)
mkdirSync(out, { recursive: true })

const typesetters = await Promise.all(mathFaces.map((face) => createTypesetter(face)))
const [first] = typesetters
if (!first) throw new Error('No math typeface')
const nameGlyph = createGlyphNames(first)
const sheet = createSpriteSheet(nameGlyph, [
  ...mathOutlineFaces.map((name) => ['print', loadMathFace(name)] as const),
  ...loadDebianFaces().map((face) => ['print', face] as const),
  ...[...bookFaces, ...textFaces].map((name) => ['print', loadOutlineFace(name)] as const),
  ...handFaces.map((name) => ['hand', loadOutlineFace(name)] as const),
])
const drawReal = openRealFormulas(readRealFormulas(data))
const rng = new Rng(Number(values.seed))
const counts: number[] = []
const faces: number[] = []
const tokens: number[] = []
const styles: number[] = []
/** Left, top, right, bottom and anchor (x, y) of every sign. */
const places: number[] = []
const quarter = (value: number) => Math.max(-32768, Math.min(32767, Math.round(value / 4)))
while (counts.length < Number(values.formulas)) {
  const formula = rng.weighted([
    [0.24, () => sampleFormula(rng, 110)],
    [0.1, () => sampleDrill(rng)],
    [0.66, () => drawReal(rng, 110)],
  ])()
  if (isHeldOut(formula.label) || isSampleFormula(formula.label)) continue
  const face = rng.int(0, typesetters.length - 1)
  const svg = typesetters[face]?.(formula.source, rng.chance(0.8))
  if (svg === undefined) continue
  const { signs, unknown } = findSigns(svg, nameGlyph)
  if (unknown.length > 0 || signs.length === 0) continue
  sheet.learn(face, svg)
  counts.push(signs.length)
  faces.push(face)
  for (const { token, style, box, anchor } of signs) {
    tokens.push(tokenIds.get(token) ?? 0)
    styles.push(signStyles.indexOf(style))
    places.push(...box.map(quarter), ...anchor.map(quarter))
  }
}

const write = (name: string, arrays: readonly (Uint8Array | Uint16Array | Int16Array)[]) => {
  const bytes = gzipSync(
    Buffer.concat(
      arrays.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)),
    ),
  )
  writeFileSync(path.join(out, name), bytes)
  console.log(`${name}: ${(bytes.length / 2 ** 20).toFixed(1)} MiB`)
}
write('layouts.bin.gz', [
  Uint16Array.from(counts),
  Uint8Array.from(faces),
  Uint16Array.from(tokens),
  Uint8Array.from(styles),
  Int16Array.from(places),
])
const { sprites, kinds, table } = sheet.finish()
write('sprites.bin.gz', [sprites])
const hands = packHands(data)
write('hands.bin.gz', [hands.writers, hands.tokens, hands.styles, hands.sizes, hands.lengths, hands.points])
writeFileSync(
  path.join(out, 'pack.json'),
  JSON.stringify({
    vocabulary,
    layouts: counts.length,
    signs: tokens.length,
    sprites: sprites.length / 1024,
    /** Kind of each face; those that formulas were typeset in come first. */
    kinds,
    /** Face, token, style and sprite, one after another. */
    table,
    hands: { signs: hands.writers.length, points: hands.points.length / 2 },
  }),
)
console.log(`${String(counts.length)} formulas with ${String(tokens.length)} signs`)

import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { growTree } from '../../engine/recognise/structure/grow-tree.ts'
import { loadLinker } from '../../engine/recognise/structure/linker.ts'
import { writeTree } from '../../engine/recognise/structure/write-tree.ts'
import type { SpottedSign } from '../../engine/recognise/spot/spotted-sign.ts'
import type { LayoutOrigin } from '../structure/pack-layouts.ts'
import { createRenderComparer } from './compare-renders.ts'

/**
 * How many held-out formulas (`make-layouts.ts --held-out`) the exported linker reads when all their signs are given, by source and by length:
 * what a spotter without faults would bring.
 */
const { values } = parseArgs({
  options: {
    model: { type: 'string', default: 'runs/linker' },
    layouts: { type: 'string', default: 'data/layouts/held-out' },
    /** Tells so many of the formulas that do not come back. */
    show: { type: 'string', default: '0' },
  },
})
const here = path.join(import.meta.dirname, '..')
const linker = await loadLinker(path.resolve(here, values.model))
const file = path.resolve(here, values.layouts)
const names = JSON.parse(readFileSync(`${file}.json`, 'utf8')) as {
  layouts: number
  signs: number
  vocabulary: string[]
  styles: string[]
  origins: LayoutOrigin[]
}
const bytes = gunzipSync(readFileSync(`${file}.bin.gz`))
let offset = 0
const take = (size: number): Buffer => bytes.subarray(offset, (offset += size))
const counts = take(2 * names.layouts)
take(2 * names.signs)
const [tokens, boxes, styles] = [take(2 * names.signs), take(8 * names.signs), take(names.signs)]
const looksSame = await createRenderComparer()
const tallies = new Map<string, { all: number; same: number }>()
let [first, left, ms] = [0, Number(values.show), 0]
for (const [at, { label, from }] of names.origins.entries()) {
  const count = counts.readUInt16LE(2 * at)
  const signs = Array.from({ length: count }, (_, index) => readSign(first + index))
  first += count
  const start = performance.now()
  const { signs: tree } = growTree(signs, await linker.link(signs), linker.vocabulary)
  const written = writeTree(tree)
  ms += performance.now() - start
  const isSame = written.join(' ') === label.join(' ') || looksSame(written, label)
  const length = label.length
  const group = length <= 25 ? '  0–25' : length <= 50 ? ' 26–50' : length <= 75 ? ' 51–75' : ' 76–  '
  for (const kind of ['all', group, from]) {
    const tally = tallies.get(kind) ?? { all: 0, same: 0 }
    tallies.set(kind, { all: tally.all + 1, same: tally.same + Number(isSame) })
  }
  if (!isSame && (left -= 1) >= 0) console.log(`${label.join(' ')}\n${written.join(' ')}\n`)
}
for (const [kind, { all, same }] of [...tallies].sort(([one], [other]) => one.localeCompare(other)))
  if (all >= 20)
    console.log(`${kind.padEnd(24)} ${String(same)} of ${String(all)}, ${((100 * same) / all).toFixed(1)} %`)
console.log(`${(ms / names.layouts).toFixed(1)} ms each`)

function readSign(at: number): SpottedSign {
  const [left = 0, top = 0, right = 0, bottom = 0] = [0, 1, 2, 3].map((side) =>
    boxes.readInt16LE(8 * at + 2 * side),
  )
  return {
    box: [left, top, right, bottom],
    place: [0, 0],
    probability: 1,
    names: setOne(names.vocabulary.length, tokens.readUInt16LE(2 * at)),
    styles: setOne(names.styles.length, styles[at] ?? 0),
    features: new Float32Array(0),
  }
}

function setOne(length: number, at: number): Float32Array {
  const row = new Float32Array(length)
  row[at] = 1
  return row
}

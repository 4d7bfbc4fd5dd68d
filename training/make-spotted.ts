import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { loadNamer } from '../engine/recognise/spot/namer.ts'
import { loadSpotter } from '../engine/recognise/spot/spotter.ts'
import type { SignBox, SpottedSign } from '../engine/recognise/spot/spotted-sign.ts'
import { isRowRelation } from '../engine/recognise/structure/tree-view.ts'
import { relations } from '../engine/recognise/structure/sign-tree.ts'
import { matchSigns } from './structure/match-signs.ts'

/**
 * What the exported spotter makes of the pictures of a folder of shards (`make-sign-shards.ts`), with the true tree of the signs that it found: linker.py
 * learns from them what the spotter's doubts and mistakes look like. A shard `NAME.json` becomes `NAME.bin.gz`, one array after another (see
 * `arrays` below), in the order of `link_data.py`. `--seed` takes only the shards of that seed.
 */
const { values } = parseArgs({
  options: {
    model: { type: 'string', default: '../engine/model' },
    shards: { type: 'string', default: 'data/sign-shards' },
    out: { type: 'string', default: 'data/spotted' },
    seed: { type: 'string', default: '' },
  },
})
type Entry = { w: number; h: number; o: number; b: number[]; t: number[] }
type Truth = {
  readonly id: number
  readonly box: SignBox
  readonly parent: number
  readonly relation: number
  readonly spelling: number
}

/** So many of the likeliest names of each sign are kept. */
const offered = 8
/** So many features are the spotter's, those behind them the namer's. */
const convolved = 288
/** Where more of the signs than this are not found, nobody could tell the structure. */
const mostLost = 0.25
const none = 255

const here = import.meta.dirname
const [shards, out] = [path.resolve(here, values.shards), path.resolve(here, values.out)]
mkdirSync(out, { recursive: true })
const spotter = await loadSpotter(path.resolve(here, values.model))
const namer = await loadNamer(path.resolve(here, values.model), spotter.vocabulary)
writeFileSync(path.join(out, 'vocabulary.json'), JSON.stringify(spotter.vocabulary))
for (const name of readdirSync(shards).filter(
  (file) => /^\d.*\.json$/.test(file) && file.startsWith(values.seed),
)) {
  const target = path.join(out, name.replace('.json', '.bin.gz'))
  if (existsSync(target)) continue
  const entries = JSON.parse(readFileSync(path.join(shards, name), 'utf8')) as Entry[]
  const pixels = readFileSync(path.join(shards, name.replace('.json', '.bin')))
  const layouts: Layout[] = []
  for (const { w, h, o, b, t } of entries) {
    const truth = readTruth(b, t)
    if (truth.length === 0) continue
    const canvas = { data: new Uint8Array(pixels.subarray(o, o + w * h)), width: w, height: h }
    const signs = await namer.name(canvas, await spotter.spot(canvas))
    const found = matchSigns(signs, truth)
    const lost = truth.length - found.filter((index) => index >= 0).length
    if (signs.length > 0 && lost <= mostLost * truth.length) layouts.push({ signs, found, truth })
  }
  writeFileSync(`${target}.tmp`, gzipSync(pack(layouts), { level: 4 }))
  renameSync(`${target}.tmp`, target)
}

type Layout = {
  readonly signs: readonly SpottedSign[]
  readonly found: readonly number[]
  readonly truth: readonly Truth[]
}

function readTruth(places: readonly number[], tree: readonly number[]): Truth[] {
  return Array.from({ length: tree.length / 3 }, (_, at) => {
    const [id = 0, , left = 0, top = 0, right = 0, bottom = 0] = places.slice(8 * at, 8 * at + 6)
    const [parent = -1, relation = 0, spelling = 0] = tree.slice(3 * at, 3 * at + 3)
    return { id, box: [left / 4, top / 4, right / 4, bottom / 4], parent, relation, spelling }
  })
}

function pack(layouts: readonly Layout[]): Buffer {
  const signs = layouts.flatMap((layout) => layout.signs)
  const linked = layouts.flatMap((layout) => link(layout))
  const best = signs.map(({ names }) =>
    Array.from(names, (share, id) => ({ share, id }))
      .sort((one, other) => other.share - one.share)
      .slice(0, offered),
  )
  const arrays = [
    Uint32Array.of(layouts.length, signs.length),
    Uint16Array.from(layouts, (layout) => layout.signs.length),
    Int16Array.from(linked, ({ parent }) => parent),
    Uint16Array.from(linked, ({ id }) => id),
    Int16Array.from(signs.flatMap(({ box }) => box.map((side) => Math.round(4 * side)))),
    Uint8Array.from(linked, ({ spelling }) => spelling),
    Uint8Array.from(linked, ({ relation }) => relation),
    Uint16Array.from(best.flatMap((names) => names.map(({ id }) => id))),
    Uint16Array.from(best.flatMap((names) => names.map(({ share }) => Math.round(65535 * share)))),
    Uint8Array.from(signs.flatMap(({ styles }) => Array.from(styles, (share) => Math.round(255 * share)))),
    Int8Array.from(
      signs.flatMap(({ features }) => [
        ...shrinkFeatures(features.subarray(0, convolved)),
        ...shrinkFeatures(features.subarray(convolved)),
      ]),
    ),
  ]
  return Buffer.concat(
    arrays.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)),
  )
}

/** Only how features stand to each other matters. */
function shrinkFeatures(features: Float32Array): number[] {
  const largest = features.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-6)
  return Array.from(features, (value) => Math.round((127 * value) / largest))
}

/**
 * Parent, relation, token and spelling of each spotted sign. One that shows no true sign is its own parent. One whose true parent was not found
 * goes on the row of that one's parent; anything else that hung there has no parent that could be told (-2).
 */
function link({
  found,
  truth,
}: Layout): { parent: number; relation: number; id: number; spelling: number }[] {
  const placeOf = new Map(found.map((index, at) => [index, at]))
  return found.map((index, at) => {
    const sign = truth[index]
    if (!sign) return { parent: at, relation: none, id: 0, spelling: none }
    let { parent, relation } = sign
    while (parent >= 0 && !placeOf.has(parent)) {
      const between = truth[parent]
      if (!between || !isRowRelation(relations[relation])) return { ...sign, parent: -2, relation: none }
      ;({ parent, relation } = between)
    }
    return parent < 0
      ? { ...sign, parent: -1, relation: none }
      : { ...sign, parent: placeOf.get(parent) ?? -2, relation }
  })
}

import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { measureOverlap } from '../../engine/recognise/spot/choose-signs.ts'
import { loadNamer } from '../../engine/recognise/spot/namer.ts'
import { loadSpotter } from '../../engine/recognise/spot/spotter.ts'
import { findLargest, type SignBox, type SpottedSign } from '../../engine/recognise/spot/spotted-sign.ts'

/**
 * How many signs the exported spotter finds in the pictures of a folder of shards (`make-sign-shards.ts --held-out`), by kind of picture. A sign
 * is found when a box that shares at least half of its union with the true one has its token; a picture is right when every sign is found and
 * nothing else. Signs of one shape in different roles (`alike`) count as each other in the second share.
 */
const { values } = parseArgs({
  options: {
    model: { type: 'string', default: 'runs/spotter' },
    shards: { type: 'string', default: 'data/sign-held-out' },
    /** Tells which signs are taken for which. */
    confusions: { type: 'boolean', default: false },
  },
})

type Entry = { w: number; h: number; o: number; b: number[]; s: string; p: boolean }
type Truth = { readonly token: string; readonly box: SignBox }
type Tally = {
  pictures: number
  right: number
  signs: number
  spotted: number
  found: number
  alike: number
  /** Whose token is among the first five. */
  offered: number
  ms: number[]
}

const here = path.join(import.meta.dirname, '..')
const folder = path.resolve(here, values.shards)
const spotter = await loadSpotter(path.resolve(here, values.model))
const namer = await loadNamer(path.resolve(here, values.model), spotter.vocabulary)
const tallies = new Map<string, Tally>()
const confusions = new Map<string, number>()

const words = (list: string) => list.split(' ')
/** What only the context tells: what a bar is for, how wide an accent is, a dot between factors and a full stop. */
const shapes = new Map(
  [
    String.raw`\hat \widehat`,
    String.raw`\tilde \widetilde`,
    String.raw`\vec \rightarrow`,
    String.raw`\overline \bar \frac \underline - \hline`,
    String.raw`\cdot . \dot`,
    String.raw`\triangle \Delta`,
    String.raw`\perp \bot`,
    String.raw`\in \epsilon`,
    String.raw`\sum \Sigma`,
    String.raw`\prod \Pi`,
  ].flatMap((group) => words(group).map((token) => [token, words(group)[0] ?? token] as const)),
)
const shape = (token: string) => shapes.get(token) ?? token
const vocabulary = JSON.parse(readFileSync(path.join(folder, 'vocabulary.json'), 'utf8')) as string[]

for (const name of readdirSync(folder).filter((file) => /^\d.*\.json$/.test(file))) {
  const entries = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as Entry[]
  const pixels = readFileSync(path.join(folder, name.replace('.json', '.bin')))
  for (const { w, h, o, b, s, p } of entries) {
    const canvas = { data: new Uint8Array(pixels.subarray(o, o + w * h)), width: w, height: h }
    const truth = readTruth(b).filter(({ box }) => showsInk(canvas, box))
    const start = performance.now()
    const signs = await namer.name(canvas, await spotter.spot(canvas))
    const spent = performance.now() - start
    count(tallyOf(`${s} ${p ? 'photo' : 'clean'}`), truth, signs, spent)
  }
}
for (const [kind, { pictures, right, signs, spotted, found, alike, offered, ms }] of [...tallies].sort()) {
  const share = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`
  const median = ms.sort((one, other) => one - other)[ms.length >> 1] ?? 0
  console.log(
    `${kind.padEnd(14)} ${String(pictures).padStart(4)} pictures: recall ${share(found, signs)} (alike ${share(alike, signs)}, among five ${share(offered, signs)}), precision ${share(found, spotted)}, all signs right ${share(right, pictures)}, ${median.toFixed(0)} ms`,
  )
}
if (values.confusions)
  for (const [pair, times] of [...confusions].sort(([, one], [, other]) => other - one).slice(0, 40))
    console.log(`${String(times).padStart(4)} ${pair}`)

function tallyOf(kind: string): Tally {
  const known = tallies.get(kind)
  if (known) return known
  const fresh = { pictures: 0, right: 0, signs: 0, spotted: 0, found: 0, alike: 0, offered: 0, ms: [] }
  tallies.set(kind, fresh)
  return fresh
}

function readTruth(numbers: readonly number[]): Truth[] {
  return Array.from({ length: numbers.length / 8 }, (_, at) => {
    const [id = 0, , left = 0, top = 0, right = 0, bottom = 0] = numbers.slice(8 * at, 8 * at + 8)
    return { token: vocabulary[id] ?? '', box: [left / 4, top / 4, right / 4, bottom / 4] as const }
  })
}

function showsInk(
  { data, width, height }: { data: Uint8Array; width: number; height: number },
  [left, top, right, bottom]: SignBox,
): boolean {
  for (let y = Math.max(0, Math.floor(top)); y <= Math.min(height - 1, bottom); y += 1)
    for (let x = Math.max(0, Math.floor(left)); x <= Math.min(width - 1, right); x += 1)
      if ((data[y * width + x] ?? 0) > 50) return true
  return false
}

function count(tally: Tally, truth: readonly Truth[], signs: readonly SpottedSign[], spent: number): void {
  const spotted = signs.map(({ box, names }) => ({
    box,
    token: spotter.vocabulary[findLargest(names)] ?? '',
  }))
  const offers = signs.map(({ box, names }) => ({ box, tokens: findFirst(names, 5) }))
  const offered = truth.filter(({ token, box }) =>
    offers.some((offer) => offer.tokens.includes(token) && measureOverlap(offer.box, box) >= 0.5),
  ).length
  const near = truth.map(({ box }) => spotted.filter((sign) => measureOverlap(sign.box, box) >= 0.5))
  const found = truth.filter(({ token }, at) => near[at]?.some((sign) => sign.token === token)).length
  const alike = truth.filter(({ token }, at) =>
    near[at]?.some((sign) => shape(sign.token) === shape(token)),
  ).length
  truth.forEach(({ token }, at) => {
    if (near[at]?.some((sign) => shape(sign.token) === shape(token))) return
    const pair = `${token} → ${near[at]?.[0]?.token ?? 'nothing'}`
    confusions.set(pair, (confusions.get(pair) ?? 0) + 1)
  })
  tally.pictures += 1
  tally.right += alike === truth.length && spotted.length === truth.length ? 1 : 0
  tally.signs += truth.length
  tally.spotted += spotted.length
  tally.found += found
  tally.alike += alike
  tally.offered += offered
  tally.ms.push(spent)
}

/** The tokens of the largest probabilities. */
function findFirst(names: Float32Array, count: number): string[] {
  return Array.from(names, (value, id) => ({ value, id }))
    .sort((one, other) => other.value - one.value)
    .slice(0, count)
    .map(({ id }) => spotter.vocabulary[id] ?? '')
}

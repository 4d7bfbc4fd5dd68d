import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { Tensor, type InferenceSession } from 'onnxruntime-node'
import { getTensor, openNetwork, rowsOf } from '../network.ts'
import { measureUnit, type SignBox, type SpottedSign } from '../spot/spotted-sign.ts'
import { relations, spellings } from './sign-tree.ts'

/** A possible place of a sign in the tree of its formula. Log-probabilities, of the parent and of each relation to it (`relations`). */
type Offer = {
  readonly parent: number
  readonly logProbability: number
  readonly relations: Float32Array
}

/** What the linker says of a sign, in log-probabilities. */
export type SignOffers = {
  /** Some of its likeliest parents, likeliest first. */
  readonly parents: readonly Offer[]
  /** That it is the first sign of all. */
  readonly first: number
  /** That it is no sign: seen twice, or a part of one. */
  readonly stray: number
  /** Of each token of the vocabulary, and of each of `spellings`. */
  readonly tokens: Float32Array
  readonly spellings: Float32Array
}

export type Linker = {
  /** Tokens by their ids, which the names of spotted signs have to share. */
  readonly vocabulary: readonly string[]
  link: (signs: readonly SpottedSign[]) => Promise<SignOffers[]>
}

/** Loads `linker.onnx` and `linker.json`. Rejects when one is missing or damaged, or was made for other relations. */
export async function loadLinker(folder: string): Promise<Linker> {
  const [session, list] = await Promise.all([
    openNetwork(folder, 'linker'),
    readFile(path.join(folder, 'linker.json'), 'utf8'),
  ])
  const names = JSON.parse(list) as Record<'vocabulary' | 'relations' | 'spellings', string[]>
  if (names.relations.join() !== relations.join() || names.spellings.join() !== spellings.join())
    throw new Error('The linker was made for other relations')
  return {
    vocabulary: names.vocabulary,
    link: async (signs) => {
      if (signs.length === 0) return []
      const output = await session.run({
        names: stack(signs.map((sign) => sign.names)),
        styles: stack(signs.map((sign) => sign.styles)),
        features: stack(signs.map((sign) => sign.features)),
        boxes: stack(normaliseBoxes(signs.map(({ box }) => box))),
      })
      return readOffers(output, signs.length)
    },
  }
}

function stack(rows: readonly ArrayLike<number>[]): Tensor {
  const width = rows[0]?.length ?? 0
  const values = new Float32Array(rows.length * width)
  rows.forEach((row, at) => {
    values.set(row, at * width)
  })
  return new Tensor('float32', values, [rows.length, width])
}

/** Boxes in units of the median sign's larger side, from the left end and the middle height of all ink. */
function normaliseBoxes(boxes: readonly SignBox[]): number[][] {
  const unit = measureUnit(boxes)
  const left = Math.min(...boxes.map((box) => box[0]))
  const middle = (Math.min(...boxes.map((box) => box[1])) + Math.max(...boxes.map((box) => box[3]))) / 2
  return boxes.map((box) => box.map((value, at) => (value - (at % 2 === 0 ? left : middle)) / unit))
}

function readOffers(output: InferenceSession.OnnxValueMapType, count: number): SignOffers[] {
  const rows = (name: string) => rowsOf(output, name, count)
  const parents = getTensor(output, 'parents').data as BigInt64Array
  const offers = parents.length / count
  const [scores, related, strays, roots, tokens, spelled] = [
    rows('parent_scores'),
    rows('relations'),
    rows('stray'),
    rows('root'),
    rows('tokens'),
    rows('spellings'),
  ]
  return Array.from({ length: count }, (_, at) => {
    const [score, relation] = [scores(at), related(at)]
    const all = Array.from({ length: offers }, (_offer, rank) => ({
      parent: Number(parents[at * offers + rank] ?? 0n),
      logProbability: score[rank] ?? -Infinity,
      relations: relation.subarray(rank * relations.length, (rank + 1) * relations.length),
    }))
    return {
      parents: all.filter(({ parent }) => parent < count && parent !== at),
      first: roots(at)[0] ?? -Infinity,
      stray: strays(at)[0] ?? -Infinity,
      tokens: tokens(at),
      spellings: spelled(at),
    }
  })
}

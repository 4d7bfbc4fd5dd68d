import { Tensor } from 'onnxruntime-node'
import type { Canvas } from '../../preprocess/pixels.ts'
import { openNetwork, rowsOf } from '../network.ts'
import { cutSide, cutSigns } from './cut-signs.ts'
import type { SpottedSign } from './spotted-sign.ts'
import { tellBrackets } from './tell-brackets.ts'

/** How much the namer's word counts beside the spotter's. */
const weight = 0.5

export type Namer = {
  /** Looks at each sign of a canvas by itself: names and alphabets of both looks, features of both one after the other. */
  name: (canvas: Canvas, signs: readonly SpottedSign[]) => Promise<SpottedSign[]>
}

/**
 * Loads `namer.onnx`. Rejects when it is missing or damaged.
 * @param vocabulary the tokens that the names of signs are of, by id
 */
export async function loadNamer(folder: string, vocabulary: readonly string[]): Promise<Namer> {
  const session = await openNetwork(folder, 'namer')
  return {
    name: async (canvas, signs) => {
      if (signs.length === 0) return []
      const { cuts, sizes } = cutSigns(
        canvas,
        signs.map(({ box }) => box),
      )
      const output = await session.run({
        cuts: new Tensor('float32', cuts, [signs.length, 2, cutSide, cutSide]),
        sizes: new Tensor('float32', sizes, [signs.length, 2]),
      })
      const [names, styles, looks] = ['names', 'styles', 'looks'].map((name) =>
        rowsOf(output, name, signs.length),
      )
      const named = signs.map((sign, at) => ({
        ...sign,
        names: weigh(sign.names, names?.(at)),
        styles: weigh(sign.styles, styles?.(at)),
        features: Float32Array.of(...sign.features, ...(looks?.(at) ?? [])),
      }))
      return tellBrackets(named, canvas, vocabulary)
    },
  }
}

function weigh(spotted: Float32Array, named: Float32Array | undefined): Float32Array {
  return spotted.map((share, id) => (1 - weight) * share + weight * (named?.[id] ?? 0))
}

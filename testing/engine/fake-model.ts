import { Tensor } from 'onnxruntime-node'
import type { Model } from '../../engine/recognise/model.ts'

const vocabulary = ['<pad>', '<start>', '<end>', 'x', '1', '^', '{', '}', '(', ')', '\\frac', '+']

/** A model whose next token depends only on how many came before and on the last; rows hold the weights of all tokens. */
export function createFakeModel(weights: (position: number, token: string) => Record<string, number>): Model {
  const tensors = (beams: number) => [new Tensor('float32', new Float32Array(beams), [beams, 1])]
  return {
    vocabulary,
    calibration: undefined,
    signs: undefined,
    encode: () => Promise.resolve({ cells: tensors(1), turns: Float32Array.of(1, 0, 0, 0), isPrinted: 0.9 }),
    step: (tokens, position) => {
      const rows = tokens.flatMap((id) => {
        const wanted = weights(position, vocabulary[id] ?? '')
        const total = Object.values(wanted).reduce((sum, value) => sum + value, 0)
        return vocabulary.map((token) => Math.log((wanted[token] ?? 1e-9) / total))
      })
      return Promise.resolve({
        logProbabilities: Float32Array.from(rows),
        pointing: new Float32Array(tokens.length * 16),
        grown: tensors(tokens.length),
      })
    },
  }
}

/** Greedy reading goes for `x` and regrets it; a beam finds that `1` is likelier in the end. */
export function createMisleadingModel(): Model {
  return createFakeModel((position, last) => {
    if (position === 0) return { x: 5, '1': 4 }
    if (last === 'x') return { '<end>': 3, '+': 3, ')': 3 }
    return { '<end>': 9 }
  })
}

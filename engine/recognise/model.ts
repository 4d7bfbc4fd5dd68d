import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import type { Canvas } from '../preprocess/pixels.ts'

/** The model's sessions with what surrounds them. One thread each: the engine runs one worker per core instead. */
export type Model = {
  readonly vocabulary: readonly string[]
  encode: (canvas: Canvas) => Promise<Memory>
  step: (tokens: readonly number[], position: number, past: Cache, memory: Memory) => Promise<Step>
}

/** Keys and values of one picture for every decoder layer, and the probability that it is print. */
export type Memory = { readonly key: Tensor; readonly value: Tensor; readonly isPrinted: number }

/** Keys and values of the tokens so far: layers × beams × heads × tokens × size. */
export type Cache = { readonly key: Tensor; readonly value: Tensor }

/** Log-probabilities of the next token, beam after beam, and the cache that includes this one. */
export type Step = { readonly logProbabilities: Float32Array; readonly cache: Cache }

const LAYERS = 4
const HEADS = 4
const SIZE = 48

/** Loads `encoder.onnx`, `decoder.onnx` and `vocabulary.json`. Rejects when one is missing or damaged. */
export async function loadModel(folder: string): Promise<Model> {
  const options: InferenceSession.SessionOptions = {
    executionProviders: ['cpu'],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    // Pictures differ in size: memory patterns and arenas kept for each would only grow.
    enableMemPattern: false,
    enableCpuMemArena: false,
  }
  const [encoder, decoder, list] = await Promise.all([
    InferenceSession.create(path.join(folder, 'encoder.onnx'), options),
    InferenceSession.create(path.join(folder, 'decoder.onnx'), { ...options, enableCpuMemArena: true }),
    readFile(path.join(folder, 'vocabulary.json'), 'utf8'),
  ])
  const vocabulary = JSON.parse(list) as string[]

  const encode: Model['encode'] = async ({ data, width, height }) => {
    const ink = Float32Array.from(data, (value) => value / 255)
    const output = await encoder.run({ image: new Tensor('float32', ink, [1, 1, height, width]) })
    const [isPrinted = 0] = getTensor(output, 'printed').data as Float32Array
    return { key: getTensor(output, 'memory_key'), value: getTensor(output, 'memory_value'), isPrinted }
  }

  const step: Model['step'] = async (tokens, position, past, memory) => {
    const output = await decoder.run({
      token: new Tensor('int64', BigInt64Array.from(tokens, BigInt), [tokens.length, 1]),
      position: new Tensor('int64', BigInt64Array.of(BigInt(position)), [1]),
      past_key: past.key,
      past_value: past.value,
      memory_key: memory.key,
      memory_value: memory.value,
    })
    return {
      logProbabilities: getTensor(output, 'log_probabilities').data as Float32Array,
      cache: { key: getTensor(output, 'key'), value: getTensor(output, 'value') },
    }
  }
  return { vocabulary, encode, step }
}

/** The cache before the first token. */
export function createEmptyCache(): Cache {
  const empty = () => new Tensor('float32', new Float32Array(0), [LAYERS, 1, HEADS, 0, SIZE])
  return { key: empty(), value: empty() }
}

/** Rearranges a tensor whose second axis is the beam: `order` names the old beam of each new one. */
export function pickBeams(tensor: Tensor, order: readonly number[]): Tensor {
  const [layers = 0, beams = 0, ...rest] = tensor.dims
  if (order.length === beams && order.every((from, at) => from === at)) return tensor
  const block = rest.reduce((product, size) => product * size, 1)
  const source = tensor.data as Float32Array
  const target = new Float32Array(layers * order.length * block)
  for (let layer = 0; layer < layers; layer += 1) {
    order.forEach((from, at) => {
      const start = (layer * beams + from) * block
      target.set(source.subarray(start, start + block), (layer * order.length + at) * block)
    })
  }
  return new Tensor('float32', target, [layers, order.length, ...rest])
}

function getTensor(output: InferenceSession.OnnxValueMapType, name: string): Tensor {
  const tensor = output[name]
  if (!(tensor instanceof Tensor)) throw new Error(`The model gives no ${name}`)
  return tensor
}

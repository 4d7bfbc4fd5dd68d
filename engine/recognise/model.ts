import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { Tensor } from 'onnxruntime-node'
import type { Canvas } from '../preprocess/pixels.ts'
import { loadCalibration, type Calibration } from './calibration.ts'
import { getTensor, openNetwork } from './network.ts'
import { loadNamer } from './spot/namer.ts'
import { loadSpotter } from './spot/spotter.ts'
import { loadLinker } from './structure/linker.ts'
import type { SignReader } from './structure/read-signs.ts'

/** The model's sessions with what surrounds them. One thread each: the engine runs one worker per core instead. */
export type Model = {
  readonly vocabulary: readonly string[]
  readonly calibration: Calibration | undefined
  /** Reads sign by sign, where its files lie beside those of the decoder. */
  readonly signs: SignReader | undefined
  encode: (canvas: Canvas) => Promise<Memory>
  step: (
    tokens: readonly number[],
    position: number,
    past: KeysAndValues,
    cells: KeysAndValues,
  ) => Promise<Step>
}

/** A key and a value for every decoder layer, each beams × heads × length × size. */
export type KeysAndValues = readonly Tensor[]

/**
 * What the decoder layers see of one picture, cell by cell, the probability that it is print, and those that it has to be turned
 * by 0, 90, 180 and 270 degrees clockwise to be upright.
 */
type Memory = {
  readonly cells: KeysAndValues
  readonly isPrinted: number
  readonly turns: Float32Array
}

/** Log-probabilities of the next token and the cells it was looked for in (shares), beam after beam; the cache that includes this token. */
type Step = {
  readonly logProbabilities: Float32Array
  readonly pointing: Float32Array
  readonly grown: KeysAndValues
}

const layers = 4
const heads = 4
const size = 48
const parts = Array.from({ length: layers }, (_, layer) => [
  `key_${String(layer)}`,
  `value_${String(layer)}`,
]).flat()

/**
 * Loads `encoder.onnx`, `decoder.onnx`, `vocabulary.json` and, where they are, `calibration.json` and the spotter and linker of
 * signs. Rejects when one is damaged.
 */
export async function loadModel(folder: string): Promise<Model> {
  const [encoder, decoder, list, calibration, signs] = await Promise.all([
    openNetwork(folder, 'encoder'),
    openNetwork(folder, 'decoder', { arena: true }),
    readFile(path.join(folder, 'vocabulary.json'), 'utf8'),
    loadCalibration(folder),
    loadSignReader(folder),
  ])
  const vocabulary = JSON.parse(list) as string[]

  const encode: Model['encode'] = async ({ data, width, height }) => {
    const ink = Float32Array.from(data, (value) => value / 255)
    const output = await encoder.run({ image: new Tensor('float32', ink, [1, 1, height, width]) })
    const [isPrinted = 0] = getTensor(output, 'printed').data as Float32Array
    const turns = getTensor(output, 'turns').data as Float32Array
    return { cells: parts.map((part) => getTensor(output, `memory_${part}`)), isPrinted, turns }
  }

  const step: Model['step'] = async (tokens, position, past, cells) => {
    const output = await decoder.run({
      token: new Tensor('int64', BigInt64Array.from(tokens, BigInt), [tokens.length, 1]),
      position: new Tensor('int64', BigInt64Array.of(BigInt(position)), [1]),
      ...nameParts('past', past),
      ...nameParts('memory', cells),
    })
    return {
      logProbabilities: getTensor(output, 'log_probabilities').data as Float32Array,
      pointing: getTensor(output, 'pointing').data as Float32Array,
      grown: parts.map((part) => getTensor(output, `grown_${part}`)),
    }
  }
  return { vocabulary, calibration, signs, encode, step }
}

async function loadSignReader(folder: string): Promise<SignReader | undefined> {
  if (!existsSync(path.join(folder, 'spotter.onnx'))) return undefined
  const [spotter, linker] = await Promise.all([loadSpotter(folder), loadLinker(folder)])
  return { spotter, namer: await loadNamer(folder, spotter.vocabulary), linker }
}

/** What the decoder remembers of tokens before the first one: nothing. */
export function createEmptyPast(): KeysAndValues {
  return parts.map(() => new Tensor('float32', new Float32Array(0), [1, heads, 0, size]))
}

/** Rearranges beams, the first axis: `order` names the old beam of each new one. */
export function pickBeams(tensors: KeysAndValues, order: readonly number[]): KeysAndValues {
  const beams = tensors[0]?.dims[0] ?? 0
  if (order.length === beams && order.every((from, at) => from === at)) return tensors
  return tensors.map((tensor) => {
    const [, ...rest] = tensor.dims
    const block = rest.reduce((product, length) => product * length, 1)
    const source = tensor.data as Float32Array
    const target = new Float32Array(order.length * block)
    order.forEach((from, at) => target.set(source.subarray(from * block, (from + 1) * block), at * block))
    return new Tensor('float32', target, [order.length, ...rest])
  })
}

function nameParts(prefix: string, tensors: KeysAndValues): Record<string, Tensor> {
  return Object.fromEntries(tensors.map((tensor, at) => [`${prefix}_${parts[at] ?? ''}`, tensor]))
}

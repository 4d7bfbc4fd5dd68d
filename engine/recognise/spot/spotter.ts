import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { Tensor, type InferenceSession } from 'onnxruntime-node'
import type { Canvas } from '../../preprocess/pixels.ts'
import { getTensor, openNetwork, rowsOf } from '../network.ts'
import { chooseSigns } from './choose-signs.ts'
import { dropRootBars } from './drop-root-bars.ts'
import { followBars } from './follow-bars.ts'
import type { SignBox, SpottedSign } from './spotted-sign.ts'

export type Spotter = {
  /** The tokens that the names of signs are of, by id. */
  readonly vocabulary: readonly string[]
  /** Finds the signs of a canvas (sides multiples of 8, ink dark to light as 0…255), from left to right. */
  spot: (canvas: Canvas) => Promise<SpottedSign[]>
}

/** Loads `spotter.onnx` and its vocabulary, `spotter.json`. Rejects when one is missing or damaged. */
export async function loadSpotter(folder: string): Promise<Spotter> {
  const [session, list] = await Promise.all([
    openNetwork(folder, 'spotter'),
    readFile(path.join(folder, 'spotter.json'), 'utf8'),
  ])
  const vocabulary = JSON.parse(list) as string[]
  return {
    vocabulary,
    spot: async (canvas) => {
      const { data, width, height } = canvas
      const ink = Float32Array.from(data, (value) => value / 255)
      const output = await session.run({ image: new Tensor('float32', ink, [1, 1, height, width]) })
      return dropRootBars(chooseSigns(followBars(readCandidates(output), canvas, vocabulary)), vocabulary)
    },
  }
}

function readCandidates(output: InferenceSession.OnnxValueMapType): SpottedSign[] {
  const read = (name: string): Float32Array => getTensor(output, name).data as Float32Array
  const places = getTensor(output, 'places').data as BigInt64Array
  const [probabilities, boxes] = [read('probabilities'), read('boxes')]
  const rows = ['names', 'styles', 'features'].map((name) => rowsOf(output, name, probabilities.length))
  return Array.from(probabilities, (probability, at) => {
    const [names, styles, features] = rows.map((row) => row(at))
    const [left = 0, top = 0, right = 0, bottom = 0] = boxes.subarray(4 * at, 4 * at + 4)
    const box: SignBox = [left, top, right, bottom]
    return {
      box,
      place: [Number(places[2 * at] ?? 0n), Number(places[2 * at + 1] ?? 0n)] as const,
      probability,
      names: names ?? new Float32Array(0),
      styles: styles ?? new Float32Array(0),
      features: features ?? new Float32Array(0),
    }
  })
}

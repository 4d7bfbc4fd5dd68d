import path from 'node:path'
import { InferenceSession, Tensor } from 'onnxruntime-node'

/**
 * Opens a network of the model, such as `spotter` of `spotter.onnx`, for one thread. Rejects when the file is missing or damaged.
 * @param arena keeps memory for the next run: for a network whose inputs are of one size
 */
export function openNetwork(folder: string, name: string, { arena = false } = {}): Promise<InferenceSession> {
  return InferenceSession.create(path.join(folder, `${name}.onnx`), {
    executionProviders: ['cpu'],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    // Pictures and formulas differ in size: memory patterns and arenas kept for each would only grow.
    enableMemPattern: false,
    enableCpuMemArena: arena,
    logSeverityLevel: 3,
  })
}

/** What a network gives under a name. */
export function getTensor(output: InferenceSession.OnnxValueMapType, name: string): Tensor {
  const tensor = output[name]
  if (!(tensor instanceof Tensor)) throw new Error(`The model gives no ${name}`)
  return tensor
}

/** The rows of what a network gives under a name, one for each sign or picture. */
export function rowsOf(
  output: InferenceSession.OnnxValueMapType,
  name: string,
  count: number,
): (at: number) => Float32Array {
  const values = getTensor(output, name).data as Float32Array
  const width = count === 0 ? 0 : values.length / count
  return (at) => values.slice(at * width, (at + 1) * width)
}

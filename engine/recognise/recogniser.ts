import type { Pixels, Reading, ReadOptions } from '../reading.ts'
import { loadModel } from './model.ts'
import { readImage } from './read-image.ts'

/** A warm model that reads pictures, one at a time. */
export type Recogniser = {
  readImage: (pixels: Pixels, options?: ReadOptions) => Promise<Reading>
}

/**
 * Loads the model once; a second picture is read several times faster than the first.
 * @param modelDir folder with `encoder.onnx`, `decoder.onnx` and `vocabulary.json`
 */
export async function createRecogniser(modelDir: string): Promise<Recogniser> {
  const model = await loadModel(modelDir)
  return { readImage: (pixels, options = {}) => readImage(model, pixels, options) }
}

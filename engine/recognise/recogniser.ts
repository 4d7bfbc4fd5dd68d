import { createTextReader } from '../prose/text-reader.ts'
import type { Reading, ReadOptions } from '../reading.ts'
import type { Pixels } from '../../node/images/pixels.ts'
import { loadModel } from './model.ts'
import { readImage } from './read-image.ts'

/** A warm model that reads pictures, one at a time. `close` ends the reader of words, if there were any. */
export type Recogniser = {
  readImage: (pixels: Pixels, options?: ReadOptions) => Promise<Reading>
  close: () => Promise<void>
}

/**
 * Loads the model once; a second picture is read several times faster than the first.
 * @param modelDir folder with `encoder.onnx`, `decoder.onnx` and `vocabulary.json`
 */
export async function createRecogniser(modelDir: string): Promise<Recogniser> {
  const model = await loadModel(modelDir)
  const textReader = createTextReader()
  return {
    readImage: (pixels, options = {}) => readImage({ model, textReader }, pixels, options),
    close: () => textReader.close(),
  }
}

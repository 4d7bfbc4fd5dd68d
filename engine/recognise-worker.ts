import { parentPort, workerData } from 'node:worker_threads'
import { decodeImage } from './preprocess/decode.ts'
import { detectKind, readDeclaredSize } from './preprocess/image-size.ts'
import { createRecogniser } from './recognise/recogniser.ts'
import { ImageTooLargeError, MAX_PIXELS, processImage, type ImageReader } from './process-image.ts'
import type { Pixels } from './reading.ts'
import type { WorkerAnswer, WorkerJob, WorkerStart } from './worker-messages.ts'

/** The entry of one worker thread: one model session, made for the first image and kept warm. */
const { modelDir } = workerData as WorkerStart
let reader: Promise<ImageReader> | undefined

parentPort?.on('message', (job: WorkerJob) => {
  void answer(job)
})

/** A rejection here is a bug or a missing model: it ends the thread, and the pool says so. */
async function answer({ bytes, options }: WorkerJob): Promise<void> {
  reader ??= createReader()
  const result = await processImage(bytes, options, await reader)
  parentPort?.postMessage({ result } satisfies WorkerAnswer)
}

async function createReader(): Promise<ImageReader> {
  const recogniser = await createRecogniser(modelDir)
  return {
    decodeImage: decodeDeclared,
    readImage: (pixels, options) => recogniser.readImage(pixels, options),
  }
}

/** A few bytes can declare gigabytes of pixels: the header is asked before anything is decoded. */
async function decodeDeclared(bytes: Uint8Array): Promise<Pixels> {
  const kind = detectKind(bytes)
  const size = kind && readDeclaredSize(bytes, kind)
  if (size && size.width * size.height > MAX_PIXELS) throw new ImageTooLargeError()
  return decodeImage(bytes)
}

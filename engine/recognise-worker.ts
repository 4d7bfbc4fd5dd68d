import { parentPort, workerData } from 'node:worker_threads'
import { decodeWatched, type DecodeWatch } from '../node/images/decode-watch.ts'
import { ImageError } from '../node/images/image-error.ts'
import { openImage } from '../node/images/open-image.ts'
import { serveJobs, type ThreadWork } from '../node/run-in-thread.ts'
import type { OcrResult } from '../shared/mathpix.ts'
import { createRecogniser } from './recognise/recogniser.ts'
import { processImage, type DecodedImage, type ImageReader } from './process-image.ts'
import type { WorkerJob, WorkerStart } from './worker-pool.ts'

/** The entry of one worker thread: one model session, made for the first image and kept warm. */
const { modelDir } = workerData as WorkerStart
let reader: Promise<ImageReader> | undefined

/** A rejection here is a bug or a missing model: it ends the thread, and the pool says so. */
const answer: ThreadWork<WorkerJob, OcrResult> = async ({ bytes, options }, reply, watch) => {
  reader ??= createReader(watch)
  reply(await processImage(bytes, options, await reader))
}
serveJobs(parentPort, answer)

async function createReader(watch: DecodeWatch): Promise<ImageReader> {
  const recogniser = await createRecogniser(modelDir)
  return {
    decodeImage: (bytes) => decodeFirstPage(bytes, watch),
    readImage: (pixels, options) => recogniser.readImage(pixels, options),
  }
}

async function decodeFirstPage(bytes: Uint8Array, watch: DecodeWatch): Promise<DecodedImage> {
  const image = openImage(bytes)
  const [page] = image.pages
  if (!page) throw new ImageError('empty', 'is empty.')
  const { pixels } = await decodeWatched(image, page, watch)
  return { ...pixels, pages: image.pages.length }
}

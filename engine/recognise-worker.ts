import { parentPort, workerData } from 'node:worker_threads'
import { decodeWatched, type DecodeWatch } from '../node/images/decode-watch.ts'
import { ImageError } from '../node/images/image-error.ts'
import { openImage } from '../node/images/open-image.ts'
import { createRecogniser } from './recognise/recogniser.ts'
import { processImage, type DecodedImage, type ImageReader } from './process-image.ts'
import type { WorkerAnswer, WorkerJob, WorkerOrder, WorkerStart } from './worker-messages.ts'

/** The entry of one worker thread: one model session, made for the first image and kept warm. */
const { modelDir } = workerData as WorkerStart
let reader: Promise<ImageReader> | undefined
let goOn: () => void = () => undefined

parentPort?.on('message', (order: WorkerOrder) => {
  if ('job' in order) void answer(order.job)
  else goOn()
})

/** The pool holds the watch: it lets a decode begin when there is room, and ends the thread when it overruns. */
const watch: DecodeWatch = {
  begin: (demand) =>
    new Promise((resolve) => {
      goOn = resolve
      post({ step: 'decode', demand })
    }),
  end: () => post({ step: 'decoded' }),
}

function post(answer: WorkerAnswer): void {
  parentPort?.postMessage(answer)
}

/** A rejection here is a bug or a missing model: it ends the thread, and the pool says so. */
async function answer({ bytes, options }: WorkerJob): Promise<void> {
  reader ??= createReader()
  post({ result: await processImage(bytes, options, await reader) })
}

async function createReader(): Promise<ImageReader> {
  const recogniser = await createRecogniser(modelDir)
  return {
    decodeImage: decodeFirstPage,
    readImage: (pixels, options) => recogniser.readImage(pixels, options),
  }
}

async function decodeFirstPage(bytes: Uint8Array): Promise<DecodedImage> {
  const image = openImage(bytes)
  const [page] = image.pages
  if (!page) throw new ImageError('empty', 'is empty.')
  const { pixels } = await decodeWatched(image, page, watch)
  return { ...pixels, pages: image.pages.length }
}

import type { OcrResult } from '../shared/mathpix.ts'
import type { Callback, OcrBehavior } from '../shared/option-values.ts'
import { createCallbackBody, postCallback } from './callback.ts'
import { isDataUri, readDataUri } from './data-uri.ts'
import { engineError, toEnvelope, type Outcome } from './errors.ts'
import type { FairQueue } from './fair-queue.ts'
import type { DownloadDeps } from '../node/download-image.ts'
import { fetchImage } from './fetch-image.ts'
import type { ImageRecogniser } from './image-recogniser.ts'
import { createRequestId } from './request-id.ts'
import { checkCallback } from './validate-callback.ts'
import { checkOptions, pickDocumented } from './validate-options.ts'

export type SingleImagesDeps = {
  readonly recogniser: ImageRecogniser
  readonly readings: FairQueue
  readonly fetchDeps: DownloadDeps
  readonly log: (line: string) => void
}

/** A request for one image: its options as they came, and where the bytes are. */
export type SingleRequest = {
  readonly behavior: OcrBehavior
  readonly raw: Readonly<Record<string, unknown>>
  /** The uploaded file; without it `src` in the options names the image. */
  readonly file?: Uint8Array
}

/** Answers `POST v3/text` and `POST v3/latex`: synchronous, before any batch item that still waits. */
export async function readSingleImage(request: SingleRequest, deps: SingleImagesDeps): Promise<OcrResult> {
  const { callback: rawCallback, ...rawOptions } = pickDocumented(request.raw)
  const callback = rawCallback == null ? undefined : checkCallback(rawCallback)
  if (callback && !callback.ok) return toEnvelope(callback.error)
  const options = checkOptions({ ...rawOptions, ocr_behavior: request.behavior })
  if (!options.ok) return toEnvelope(options.error)
  const { src, url } = request.raw
  // Very old clients say `url` where the reference says `src`.
  const bytes = await loadBytes(request.file, src ?? url, deps.fetchDeps)
  const result = bytes.ok ? await readUrgently(bytes.value, options.value, deps) : toEnvelope(bytes.error)
  const signed = { request_id: createRequestId(), ...result }
  if (callback) void sendCallback(callback.value, signed, deps)
  return signed
}

async function loadBytes(
  file: Uint8Array | undefined,
  source: unknown,
  deps: DownloadDeps,
): Promise<Outcome<Uint8Array>> {
  if (file) return { ok: true, value: file }
  if (typeof source !== 'string' || source === '') return { ok: false, error: engineError('image_missing') }
  return isDataUri(source) ? readDataUri(source) : fetchImage(source, deps)
}

function readUrgently(
  bytes: Uint8Array,
  options: Parameters<ImageRecogniser['recognise']>[1],
  deps: SingleImagesDeps,
) {
  return new Promise<OcrResult>((resolve) => {
    deps.readings.addUrgent(async () => {
      resolve(await deps.recogniser.recognise(bytes, options))
    })
  })
}

async function sendCallback(callback: Callback, result: OcrResult, deps: SingleImagesDeps): Promise<void> {
  const isDelivered = await postCallback(callback, createCallbackBody(callback, result), deps.fetchDeps)
  deps.log(`callback of one image ${isDelivered ? 'delivered' : 'not delivered'}`)
}

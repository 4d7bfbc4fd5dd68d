import type { DecodeDemand } from '../node/images/decode-watch.ts'
import type { OcrResult } from '../shared/mathpix.ts'
import type { EngineOptions } from './validate-options.ts'

/** What a worker is started with. */
export type WorkerStart = { readonly modelDir: string }

/** One image at a time for each worker. */
export type WorkerJob = { readonly bytes: Uint8Array; readonly options: EngineOptions }

/** A worker asks before it decodes, and decodes when it is told to. */
export type WorkerOrder = { readonly job: WorkerJob } | { readonly step: 'decode' }

export type WorkerAnswer =
  | { readonly step: 'decode'; readonly demand: DecodeDemand }
  | { readonly step: 'decoded' }
  | { readonly result: OcrResult }

import type { OcrResult } from '../shared/mathpix.ts'
import type { EngineOptions } from './validate-options.ts'

/** What a worker is started with. */
export type WorkerStart = { readonly modelDir: string }

/** One image at a time for each worker. */
export type WorkerJob = { readonly bytes: Uint8Array; readonly options: EngineOptions }

export type WorkerAnswer = { readonly result: OcrResult }

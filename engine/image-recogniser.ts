import type { OcrResult } from '../shared/mathpix.ts'
import type { EngineOptions } from './validate-options.ts'

/** Image bytes in, one result of the wire out: either the requested formats or an error envelope. Does not reject. */
export type ImageRecogniser = {
  /** How many images are read at the same time. */
  readonly size: number
  recognise(bytes: Uint8Array, options: EngineOptions): Promise<OcrResult>
  close(): Promise<void>
}

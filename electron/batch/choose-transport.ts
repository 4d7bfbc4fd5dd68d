import type { Item } from '../../shared/batch.ts'
import type { EngineChoice } from '../../shared/settings.ts'

/**
 * Documented limit of a base64 image inside a body. Whether MB is 10^6 or 2^20 is not stated: the smaller
 * one.
 */
export const MAX_BASE64_CHARS = 2_000_000

export type TransportQuestion = {
  readonly source: Item['source']['kind']
  readonly engine: EngineChoice['kind']
  /** True when the user configured a public address that forwards to the built-in file host. */
  readonly hasPublicBaseUrl: boolean
  /** Size of the upright copy; 0 for a URL. */
  readonly bytes: number
}

/**
 * How one image travels. Addresses stay addresses. The engine on this computer reads local files from the
 * built-in host; for Mathpix a public base URL comes first, then a data URI within its budget, then a
 * single-image upload.
 */
export function chooseTransport(question: TransportQuestion): NonNullable<Item['sentAs']> {
  if (question.source === 'url') return 'url'
  if (question.engine === 'local' || question.hasPublicBaseUrl) return 'hosted'
  return base64Length(question.bytes) <= MAX_BASE64_CHARS ? 'data_uri' : 'upload'
}

export function base64Length(bytes: number): number {
  return Math.ceil(bytes / 3) * 4
}

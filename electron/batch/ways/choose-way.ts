import type { Item, SentBecause } from '../../../shared/batch.ts'
import type { Way } from '../../../shared/way.ts'
import { LIMITS } from '../../../shared/protocol-limits.ts'
import type { EngineChoice } from '../../../shared/settings.ts'
import type { OpenWays } from './open-ways.ts'

/** The most bytes whose base64 keeps the limit. */
export const MAX_DATA_URI_BYTES = (LIMITS.base64.sent / 4) * 3

export type WayQuestion = {
  readonly source: Item['source']['kind']
  readonly engine: EngineChoice['kind']
  readonly ways: OpenWays
  /** Size of the upright copy; 0 for a URL. */
  readonly bytes: number
  /** False when it is known that no smaller copy is readable. */
  readonly canShrink: boolean
}

export type ChosenWay = { readonly sentAs: Way; readonly because?: SentBecause }

/**
 * The way that one image goes. Addresses stay addresses. The engine on this computer reads local files from the
 * built-in host; for Mathpix a public address that leads there comes first, then a data URI within its budget
 * (by a smaller copy if need be), then a single-image upload.
 */
export function chooseWay(question: WayQuestion): ChosenWay {
  const { ways } = question
  if (question.source === 'url') return { sentAs: 'url' }
  if (question.engine === 'local' || ways.publicBase !== undefined) return { sentAs: 'hosted' }
  const isClosed = ways.addressProblem !== undefined
  const fits = base64Length(question.bytes) <= LIMITS.base64.sent || question.canShrink
  if (ways.takesDataUris && fits)
    return { sentAs: 'data_uri', ...(isClosed ? { because: 'address_closed' } : {}) }
  if (isClosed) return { sentAs: 'upload', because: 'address_closed' }
  return { sentAs: 'upload', because: ways.takesDataUris ? 'too_large' : 'data_uri_refused' }
}

export function base64Length(bytes: number): number {
  return Math.ceil(bytes / 3) * 4
}

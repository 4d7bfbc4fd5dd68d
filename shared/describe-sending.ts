import type { Item, SentBecause } from './batch.ts'
import type { Way } from './way.ts'

const WAYS: Readonly<Record<Way, string>> = {
  url: 'by its address',
  hosted: 'over the built-in file host',
  data_uri: 'inside the request',
  upload: 'as a single upload',
}

const REASONS: Readonly<Record<SentBecause, string>> = {
  address_closed: 'because your public address could not be reached',
  not_fetched: 'because the server could not fetch it from your public address',
  data_uri_refused: 'because the server takes no images inside a request',
  too_large: 'because it is too large for a request and would not stay readable if made smaller',
}

/** The way that an image went, in plain words; undefined before it was sent. */
export function describeSending({ sentAs, sentBecause }: Item): string | undefined {
  if (sentAs === undefined) return undefined
  return sentBecause === undefined ? WAYS[sentAs] : `${WAYS[sentAs]}, ${REASONS[sentBecause]}`
}

/** `2400 × 1800 JPEG` when a smaller copy was sent in place of the image. */
export function describeCopy({ sentCopy }: Item): string | undefined {
  if (!sentCopy) return undefined
  return `${sentCopy.width} × ${sentCopy.height} ${sentCopy.mime === 'image/png' ? 'PNG' : 'JPEG'}`
}

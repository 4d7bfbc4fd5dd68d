import { LIMITS } from '../shared/protocol-limits.ts'
import { engineError, type Outcome } from './errors.ts'

export function isDataUri(text: string): boolean {
  return /^\s*data:/i.test(text)
}

/**
 * The bytes of a data URI. Tolerant as the service is said to be: any or no media type (the content decides), parameters, blanks and
 * line breaks, the URL-safe alphabet, missing padding, percent encoding instead of base64. Broken base64 and nothing at all
 * are `image_decode_error`, too much of it is `sys_request_too_large`.
 */
export function readDataUri(text: string): Outcome<Uint8Array> {
  const comma = text.indexOf(',')
  const head = comma < 0 ? text : text.slice(0, comma)
  const payload = comma < 0 ? '' : text.slice(comma + 1).replace(/\s+/g, '')
  if (payload.length > LIMITS.base64.taken) {
    return { ok: false, error: engineError('sys_request_too_large', {}, 'Base64 image is larger than 2 MB') }
  }
  const bytes = /;\s*base64\s*$/i.test(head) ? readBase64(payload) : readPercent(payload)
  return bytes && bytes.length > 0
    ? { ok: true, value: bytes }
    : { ok: false, error: engineError('image_decode_error', {}, 'Data URI holds no readable bytes') }
}

function readBase64(payload: string): Uint8Array | undefined {
  const plain = safeDecode(payload)?.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '')
  if (plain === undefined || !/^[A-Za-z0-9+/]*$/.test(plain) || plain.length % 4 === 1) return undefined
  return Buffer.from(plain, 'base64')
}

function readPercent(payload: string): Uint8Array | undefined {
  if (/%(?![0-9a-f]{2})/i.test(payload)) return undefined
  const binary = payload.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return Buffer.from(binary, 'latin1')
}

/** Some clients percent-encode the base64 alphabet's `+`, `/` and `=`. */
function safeDecode(payload: string): string | undefined {
  try {
    return payload.includes('%') ? decodeURIComponent(payload) : payload
  } catch {
    return undefined
  }
}

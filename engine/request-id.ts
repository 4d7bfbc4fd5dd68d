import { randomBytes } from 'node:crypto'

/** Names the engine in every result; never one of the service's own version names. */
export const ENGINE_VERSION = 'formulift-1'

/** An id shaped like the service's newer ones: `2025_04_16_` + 20 hex digits + `g`. */
export function createRequestId(now: Date = new Date()): string {
  const day = now.toISOString().slice(0, 10).replaceAll('-', '_')
  return `${day}_${randomBytes(10).toString('hex')}g`
}

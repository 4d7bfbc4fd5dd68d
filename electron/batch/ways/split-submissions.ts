import type { BatchRequest } from '../../../shared/mathpix.ts'
import { LIMITS } from '../../../shared/protocol-limits.ts'
import type { EngineChoice, Settings } from '../../../shared/settings.ts'

/** With room for headers that proxies count in. */
export const MAX_BODY_BYTES = LIMITS.body.sent - 100_000
/**
 * The largest number of images in one POST; none is documented, and a lost POST should not concern too many.
 */
const MAX_IMAGES = 100

/** What the engine on this computer gets at a time: what waits behind it can still be held back. */
const LOCAL_IMAGES = 50

/**
 * Images in one POST. With a rate plan at most half of what may leave in a minute, so that other batches have their turn in between.
 */
export function imagesPerPost(engine: EngineChoice, { imagesPerMinute }: Settings): number {
  if (engine.kind === 'local') return LOCAL_IMAGES
  return imagesPerMinute === null ? MAX_IMAGES : Math.min(MAX_IMAGES, Math.ceil(imagesPerMinute / 2))
}

/**
 * Cuts a list of images into submissions in order, each within the limits of one POST. `entryBytes` is the
 * size of the image's member of `urls` in UTF-8, `baseBytes` that of the rest of the body. One image too
 * large for any body still gets a submission of its own.
 */
export function splitSubmissions<T>(
  entries: readonly T[],
  entryBytes: (entry: T) => number,
  baseBytes: number,
  limits: { readonly bytes: number; readonly images: number } = { bytes: MAX_BODY_BYTES, images: MAX_IMAGES },
): T[][] {
  const groups: T[][] = []
  let size = 0
  for (const entry of entries) {
    const bytes = entryBytes(entry)
    const current = groups.at(-1)
    if (current && current.length < limits.images && size + bytes <= limits.bytes) {
      current.push(entry)
      size += bytes
    } else {
      groups.push([entry])
      size = baseBytes + bytes
    }
  }
  return groups
}

/** Bytes of `"key":value,` in the body. */
export function sizeOfEntry(key: string, value: BatchRequest['urls'][string]): number {
  return Buffer.byteLength(JSON.stringify(key)) + Buffer.byteLength(JSON.stringify(value)) + 2
}

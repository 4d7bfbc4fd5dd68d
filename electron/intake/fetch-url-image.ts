import { createOutboundAgent } from '../../node/address-guard.ts'
import { downloadImage } from '../../node/download-image.ts'
import { LIMITS } from '../../shared/protocol-limits.ts'

const agent = createOutboundAgent({ isPublic: false })

/** Brings the bytes behind an address, or undefined. */
export type FetchUrlImage = (address: string, signal: AbortSignal) => Promise<Uint8Array | undefined>

/**
 * Fetches the image behind an address for display, within the limits that engines keep. Undefined when that does not work: the
 * engine's own answer about the address is the one that counts.
 */
export const fetchUrlImage: FetchUrlImage = async (address, signal) => {
  const deps = { agent, isPublic: false, signal, maxBytes: LIMITS.image.sent }
  const download = await downloadImage(address, deps)
  return 'bytes' in download ? download.bytes : undefined
}

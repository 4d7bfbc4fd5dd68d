import { lookup as lookupAll } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { Agent } from 'undici'
import { isPublicAddress, readHostAddress } from '../shared/public-address.ts'

/** Raised where a host resolves to an address that a public engine must not reach. */
export class BlockedAddressError extends Error {
  override readonly name = 'BlockedAddressError'
}

/**
 * The connection pool for image downloads and callbacks. With `isPublic` every resolved address is checked at the moment of
 * connecting, so a name that changes its address between check and use gains nothing.
 */
export function createOutboundAgent({ isPublic }: { readonly isPublic: boolean }): Agent {
  return new Agent({
    connect: { timeout: 10_000, ...(isPublic ? { lookup: lookupPublicOnly } : {}) },
    // Nobody waits for these connections to be reused by the next batch.
    keepAliveTimeout: 1000,
  })
}

/** Whether a URL's host is written as an address outside the public range; names are judged when they resolve. */
export function hasBlockedLiteral(url: URL): boolean {
  const address = readHostAddress(url.hostname)
  return address !== undefined && !isPublicAddress(address)
}

const lookupPublicOnly: LookupFunction = (hostname, options, callback) => {
  lookupAll(hostname, { ...options, all: true }, (error, addresses) => {
    const allowed = error ? [] : addresses.filter(({ address }) => isPublicAddress(address))
    const first = allowed[0]
    if (error) callback(error, [])
    else if (!first) callback(new BlockedAddressError(`${hostname} is not a public address`), [])
    else if (options.all) callback(null, allowed)
    else callback(null, first.address, first.family)
  })
}

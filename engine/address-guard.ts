import { lookup as lookupAll } from 'node:dns'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { Agent } from 'undici'

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
    connect: { timeout: 10_000, ...(isPublic ? { lookup: lookupUnicastOnly } : {}) },
    // Nobody waits for these connections to be reused by the next batch.
    keepAliveTimeout: 1000,
  })
}

/** Whether a URL's host is written as an address outside the public range; names are judged when they resolve. */
export function hasBlockedLiteral(url: URL): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return ipaddr.isValid(host) && !isPublicAddress(host)
}

/** True for ordinary unicast addresses only: not loopback, private, link-local, multicast, mapped or reserved ones. */
export function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast'
}

const lookupUnicastOnly: LookupFunction = (hostname, options, callback) => {
  lookupAll(hostname, { ...options, all: true }, (error, addresses) => {
    const allowed = error ? [] : addresses.filter(({ address }) => isPublicAddress(address))
    const first = allowed[0]
    if (error) callback(error, [])
    else if (!first) callback(new BlockedAddressError(`${hostname} is not a public address`), [])
    else if (options.all) callback(null, allowed)
    else callback(null, first.address, first.family)
  })
}

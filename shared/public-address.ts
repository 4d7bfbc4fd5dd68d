import ipaddr from 'ipaddr.js'

/** Of IPv6 only this part is given out to be reached from everywhere; the ranges below are inside of it. */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3')

/** Inside of it, but not ordinary addresses: other addresses packed into one, protocols' own, documentation. */
const SPECIAL = ['2001::/23', '2002::/16', '2001:db8::/32', '3fff::/20'].map((range) =>
  ipaddr.parseCIDR(range),
)

/**
 * Whether an IP address, in any spelling, is an ordinary one of the public internet. Everything else is private here: loopback, private
 * and shared networks, link-local, multicast, reserved, and every IPv6 form that leads to an IPv4 address (mapped, compatible, NAT64,
 * 6to4, Teredo), whatever that address is. A host name is no address, and so not public.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast') return false
  if (parsed.kind() === 'ipv4') return true
  return parsed.match(GLOBAL_UNICAST) && !SPECIAL.some((range) => parsed.match(range))
}

/** The address that a URL's host spells, without the brackets of IPv6; undefined when it is a name. */
export function readHostAddress(hostname: string): string | undefined {
  const host = hostname.replace(/^\[|\]$/g, '')
  return ipaddr.isValid(host) ? host : undefined
}

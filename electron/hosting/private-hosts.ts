import { lookup } from 'node:dns/promises'
import ipaddr from 'ipaddr.js'

/**
 * True when a host name or address leads nowhere but into a private network or this computer: nobody outside can reach it. A name that
 * cannot be resolved here is not known to be private.
 */
export async function isPrivateHost(hostname: string): Promise<boolean> {
  const host = hostname.replace(/^\[|\]$/g, '')
  if (ipaddr.isValid(host)) return isPrivateAddress(host)
  try {
    const addresses = await lookup(host, { all: true })
    return addresses.every(({ address }) => isPrivateAddress(address))
  } catch {
    return false
  }
}

function isPrivateAddress(address: string): boolean {
  return !ipaddr.isValid(address) || ipaddr.process(address).range() !== 'unicast'
}

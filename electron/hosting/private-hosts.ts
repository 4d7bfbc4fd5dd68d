import { lookup } from 'node:dns/promises'
import { isPublicAddress, readHostAddress } from '../../shared/public-address.ts'

/**
 * True when a host name or address leads nowhere but into a private network or this computer: nobody outside can reach it. A name that
 * cannot be resolved here is not known to be private.
 */
export async function isPrivateHost(hostname: string): Promise<boolean> {
  const address = readHostAddress(hostname)
  if (address !== undefined) return !isPublicAddress(address)
  try {
    const addresses = await lookup(hostname, { all: true })
    return addresses.every(({ address }) => !isPublicAddress(address))
  } catch {
    return false
  }
}

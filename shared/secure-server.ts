/**
 * Whether keys may travel to an address without being read on the way: by https, or to this computer. Works on the text, because
 * `shared/` has no URL class; give it an address in its normal form where there is one.
 */
export function isSecureServer(address: string): boolean {
  return /^https:\/\/[^/?#]/i.test(address) || THIS_COMPUTER.test(address)
}

/** Nothing but a port may follow the name: `http://localhost@host.example` leads elsewhere. */
const THIS_COMPUTER = /^http:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?(?:[/?#]|$)/i

/** What to do about an address that is not. */
export const INSECURE_SERVER =
  'The address has to begin with https://, so that nobody on the way reads the keys and the images.'

/** Hosts that the app may open in the browser: what its own texts link to. */
const HOSTS: ReadonlySet<string> = new Set([
  'mathpix.com',
  'docs.mathpix.com',
  'accounts.mathpix.com',
  'console.mathpix.com',
  'status.mathpix.com',
])

/** True for an https address of a host on the list, without user info or a port of its own. */
export function isAllowedLink(address: string): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  return (
    url.protocol === 'https:' &&
    HOSTS.has(url.hostname) &&
    url.port === '' &&
    url.username === '' &&
    url.password === ''
  )
}

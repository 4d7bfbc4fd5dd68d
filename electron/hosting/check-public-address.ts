import { randomBytes } from 'node:crypto'
import { readLimited } from '../../node/read-limited.ts'
import { createApiFetch } from '../mathpix/api-fetch.ts'
import { classifyNetworkError } from '../mathpix/network-error.ts'
import { makeHostToken, type FileHost } from './file-host.ts'
import { isPrivateHost } from './private-hosts.ts'

/** `isPrivate`: only servers in the same network can fetch from it. `problem` in plain words. */
export type AddressCheck =
  { readonly ok: true; readonly isPrivate: boolean } | { readonly ok: false; readonly problem: string }

/** Engines give a download 15 s; a probe of a few bytes has to be quicker. */
const PROBE_TIMEOUT_MS = 10_000

/** No more is read of an answer that is not ours. */
const MAX_ANSWER = 4096

/**
 * Fetches a picture made for this purpose through a public address, as an engine would fetch an image: the same path, no redirects, no
 * sign-in. Only the very bytes that were put on the host show that the address leads to it.
 */
export async function checkPublicAddress(
  base: string,
  host: FileHost,
  timeoutMs = PROBE_TIMEOUT_MS,
): Promise<AddressCheck> {
  const url = parseAddress(base)
  if (!url) return { ok: false, problem: 'It is not an address that begins with https://.' }
  const isPrivate = await isPrivateHost(url.hostname)
  if (url.protocol === 'http:' && !isPrivate)
    return { ok: false, problem: 'It has to begin with https://, so that nobody on the way sees the images.' }
  const token = makeHostToken('image/png')
  const bytes = Buffer.concat([TINY_PNG, randomBytes(16)])
  host.add(token, { bytes, mime: 'image/png' })
  try {
    const problem = await probe(`${base.replace(/\/+$/, '')}/i/${token}`, bytes, timeoutMs)
    return problem === undefined ? { ok: true, isPrivate } : { ok: false, problem }
  } finally {
    host.remove(token)
  }
}

/** A web address to which `/i/…` can be added. */
function parseAddress(base: string): URL | undefined {
  if (!URL.canParse(base)) return undefined
  const url = new URL(base)
  const { protocol, username, password, search, hash } = url
  return /^https?:$/.test(protocol) && username + password + search + hash === '' ? url : undefined
}

/** A connection of its own each time: one kept alive says nothing about the next. */
const fetchProbe = createApiFetch({ connect: PROBE_TIMEOUT_MS, idle: PROBE_TIMEOUT_MS })

async function probe(address: string, expected: Buffer, timeoutMs: number): Promise<string | undefined> {
  try {
    const { status, body } = await fetchProbe(address, {
      method: 'GET',
      headers: { accept: 'image/*', connection: 'close' },
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (status !== 200) {
      body.destroy()
      return describeStatus(status)
    }
    const answer = await readLimited(body, MAX_ANSWER)
    return answer?.equals(expected) ? undefined : SOMETHING_ELSE
  } catch (error) {
    return REASONS[classifyNetworkError(error).error.reason]
  }
}

function describeStatus(status: number): string {
  if (status >= 300 && status < 400)
    return `It sends on to another address (HTTP ${status}). Images have to be found at the address itself.`
  if (status === 401 || status === 403)
    return `It wants a sign-in or refuses access (HTTP ${status}). Images have to open without one.`
  if (status >= 500) return `It answers, but does not reach this app (HTTP ${status}).`
  return `It answers, but does not lead to this app (HTTP ${status}).`
}

const SOMETHING_ELSE =
  'Something else answers there instead of this app, perhaps a page of the tunnel that has to be clicked away.'

const REASONS: Readonly<Record<ReturnType<typeof classifyNetworkError>['error']['reason'], string>> = {
  offline: 'It cannot be found: its name is unknown, or there is no network.',
  refused: 'Nothing answers there. The tunnel may not be running.',
  timeout: 'It did not answer in time.',
  reset: 'The connection broke.',
  tls: 'No secure connection could be set up: its certificate is not accepted.',
  http: 'It answers with an error.',
}

/** One white pixel. */
const TINY_PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4////fwAJ+wP9KobjigAAAABJRU5ErkJggg==',
  'base64',
)

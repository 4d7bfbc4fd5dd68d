import { fetch, type Agent, type Response } from 'undici'
import { BlockedAddressError, hasBlockedLiteral } from './address-guard.ts'
import { engineError, type Outcome } from './errors.ts'
import { redactAddress } from '../shared/redact.ts'

/** Documented: 10 MB and 15 s. Redirects are not documented; five are plenty for any image host. */
export const MAX_IMAGE_BYTES = 10 * 1024 * 1024
export const MAX_DOWNLOAD_MS = 15_000
const MAX_REDIRECTS = 5

export type FetchDeps = {
  readonly agent: Agent
  /** Refuse loopback, private and other special addresses. */
  readonly isPublic: boolean
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

/** Why a download failed, in words for the sentence of `image_download_error`. */
class DownloadError extends Error {
  override readonly name = 'DownloadError'
}

/**
 * Downloads one image. Every failure is `image_download_error` with the address as detail (credentials and query values
 * removed); what the bytes are is for the decoder to say.
 */
export async function fetchImage(address: string, deps: FetchDeps): Promise<Outcome<Uint8Array>> {
  const limit = AbortSignal.timeout(deps.timeoutMs ?? MAX_DOWNLOAD_MS)
  const signal = deps.signal ? AbortSignal.any([limit, deps.signal]) : limit
  try {
    const response = await followRedirects(address, deps, signal)
    return { ok: true, value: await readLimited(response) }
  } catch (error) {
    const reason = limit.aborted ? 'no complete answer within 15 s' : describeFailure(error)
    const message = `Error downloading image: ${reason}`
    return { ok: false, error: engineError('image_download_error', { url: redactAddress(address) }, message) }
  }
}

async function followRedirects(address: string, deps: FetchDeps, signal: AbortSignal): Promise<Response> {
  let target = readTarget(address, deps)
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    const response = await fetch(target, {
      dispatcher: deps.agent,
      signal,
      redirect: 'manual',
      headers: { accept: 'image/*,*/*;q=0.5', 'user-agent': 'Formulift' },
    })
    const location = response.headers.get('location')
    if (response.ok) return response
    await response.body?.cancel()
    if (response.status < 300 || response.status > 399 || location === null) {
      throw new DownloadError(`the host answered ${String(response.status)}`)
    }
    if (!URL.canParse(location, target.href)) throw new DownloadError('redirect to an unreadable address')
    target = readTarget(new URL(location, target).href, deps)
  }
  throw new DownloadError('too many redirects')
}

function readTarget(address: string, { isPublic }: FetchDeps): URL {
  if (!URL.canParse(address)) throw new DownloadError('not a URL')
  const url = new URL(address)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new DownloadError('only http and https are fetched')
  if (url.username !== '' || url.password !== '')
    throw new DownloadError('the URL must not contain credentials')
  if (isPublic && hasBlockedLiteral(url)) throw new DownloadError('address not allowed')
  return url
}

async function readLimited(response: Response): Promise<Uint8Array> {
  const tooLarge = new DownloadError('larger than 10 MB')
  if (Number(response.headers.get('content-length') ?? 0) > MAX_IMAGE_BYTES) {
    await response.body?.cancel()
    throw tooLarge
  }
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    const bytes = chunk as Uint8Array
    length += bytes.length
    if (length > MAX_IMAGE_BYTES) throw tooLarge
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

function describeFailure(error: unknown): string {
  if (error instanceof DownloadError) return error.message
  const cause = error instanceof Error ? error.cause : undefined
  if (cause instanceof BlockedAddressError) return 'address not allowed'
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return code === '' ? 'the connection failed' : `the connection failed (${code})`
}

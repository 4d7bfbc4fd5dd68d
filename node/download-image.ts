import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate } from 'node:zlib'
import { request, type Agent, type Dispatcher } from 'undici'
import { BlockedAddressError, hasBlockedLiteral } from './address-guard.ts'
import { LIMITS } from '../shared/protocol-limits.ts'
import { readLimited } from './read-limited.ts'

/** Not documented; five are plenty for any image host. */
const MAX_REDIRECTS = 5

export type DownloadDeps = {
  readonly agent: Agent
  /** Refuse loopback, private and other special addresses. */
  readonly isPublic: boolean
  readonly timeoutMs?: number
  readonly maxBytes?: number
  readonly signal?: AbortSignal
}

type Unpack = (bytes: Buffer, limit: { readonly maxOutputLength: number }) => Promise<Uint8Array>
/** Hosts are not asked to pack what they send; some do so all the same. */
const UNPACK: ReadonlyMap<string, Unpack> = new Map<string, Unpack>([
  ['identity', (bytes) => Promise.resolve(bytes)],
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
  ['br', promisify(brotliDecompress)],
])

/** Why a download failed, in words. */
class DownloadError extends Error {
  override readonly name = 'DownloadError'
}

/** The bytes behind an address, or why there are none, in words that do not repeat it. Never rejects. */
export async function downloadImage(
  address: string,
  deps: DownloadDeps,
): Promise<{ readonly bytes: Uint8Array } | { readonly problem: string }> {
  const { signal, isOver, release } = limitTime(deps)
  try {
    const response = await followRedirects(address, deps, signal)
    return { bytes: await readImage(response, deps.maxBytes ?? LIMITS.image.taken) }
  } catch (error) {
    return { problem: isOver() ? 'no complete answer within 15 s' : describeFailure(error) }
  } finally {
    release()
  }
}

/**
 * A signal for one download. `AbortSignal.any` and `AbortSignal.timeout` would do, but leave to the collector what thousands of downloads
 * leave behind: it then comes all at once, and other requests wait for it.
 */
function limitTime({ timeoutMs = LIMITS.downloadMs, signal }: DownloadDeps): {
  readonly signal: AbortSignal
  readonly isOver: () => boolean
  readonly release: () => void
} {
  const controller = new AbortController()
  let isOver = false
  const stop = () => controller.abort()
  const timer = setTimeout(() => {
    isOver = true
    stop()
  }, timeoutMs)
  if (signal?.aborted) stop()
  signal?.addEventListener('abort', stop)
  return {
    signal: controller.signal,
    isOver: () => isOver,
    release: () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', stop)
    },
  }
}

type Response = Dispatcher.ResponseData

/** By `request`, not `fetch`, whose answers wait for the collector likewise. */
async function followRedirects(address: string, deps: DownloadDeps, signal: AbortSignal): Promise<Response> {
  let target = readTarget(address, deps)
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    const response = await request(target, {
      dispatcher: deps.agent,
      signal,
      headers: { accept: 'image/*,*/*;q=0.5', 'user-agent': 'Formulift' },
    })
    const { statusCode, headers, body } = response
    if (statusCode >= 200 && statusCode <= 299) return response
    await body.dump()
    const location = readHeader(headers, 'location')
    if (statusCode < 300 || statusCode > 399 || location === undefined) {
      throw new DownloadError(`the host answered ${String(statusCode)}`)
    }
    if (!URL.canParse(location, target.href)) throw new DownloadError('redirect to an unreadable address')
    target = readTarget(new URL(location, target).href, deps)
  }
  throw new DownloadError('too many redirects')
}

function readHeader(headers: Response['headers'], name: string): string | undefined {
  const value = headers[name]
  return typeof value === 'string' ? value : value?.[0]
}

function readTarget(address: string, { isPublic }: DownloadDeps): URL {
  if (!URL.canParse(address)) throw new DownloadError('not a URL')
  const url = new URL(address)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new DownloadError('only http and https are fetched')
  if (url.username !== '' || url.password !== '')
    throw new DownloadError('the URL must not contain credentials')
  if (isPublic && hasBlockedLiteral(url)) throw new DownloadError('address not allowed')
  return url
}

async function readImage({ headers, body }: Response, most: number): Promise<Uint8Array> {
  const tooLarge = new DownloadError('larger than 10 MB')
  const encoding = readHeader(headers, 'content-encoding')?.toLowerCase() ?? 'identity'
  const unpack = UNPACK.get(encoding)
  if (!unpack) return refuse(body, new DownloadError('packed in a way that is not known'))
  if (Number(readHeader(headers, 'content-length') ?? 0) > most) return refuse(body, tooLarge)
  const bytes = await readLimited(body, most)
  if (!bytes) throw tooLarge
  return unpack(bytes, { maxOutputLength: most }).catch(() => {
    throw new DownloadError('not unpacked to 10 MB or less')
  })
}

/** Ends a connection whose answer is not wanted. */
function refuse(body: Response['body'], error: DownloadError): never {
  body.on('error', () => undefined)
  body.destroy()
  throw error
}

function describeFailure(error: unknown): string {
  if (error instanceof DownloadError) return error.message
  if (error instanceof BlockedAddressError) return 'address not allowed'
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return code === '' ? 'the connection failed' : `the connection failed (${code})`
}

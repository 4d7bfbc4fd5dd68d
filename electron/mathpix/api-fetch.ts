import { pipeline, type Readable, type Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { Agent, buildConnector, request, type Dispatcher, type FormData } from 'undici'
import { NotConnectedError } from './network-error.ts'

export type ApiRequest = {
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | FormData
  readonly signal: AbortSignal
}

export type ApiReply = {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** Decompressed; to be read to its end or destroyed. */
  readonly body: Readable
}

export type ApiFetch = (url: string, init: ApiRequest) => Promise<ApiReply>

/** Milliseconds. */
export type FetchTimeouts = {
  /** Name resolution, connecting and the TLS handshake together. */
  readonly connect: number
  /** Longest pause between two pieces of a reply's body. */
  readonly idle: number
}

/**
 * One request, one reply, for engines. Not the standard `fetch`: that one sends a POST a second time by itself
 * when the reply is 421, follows redirects (with the keys) and hides 407. Whatever fails before the connection
 * stands is marked with `NotConnectedError`: only then is it certain that nothing of a request was sent.
 * Time-outs of a whole request come by its signal.
 *
 * A POST gets a connection of its own (`pipelining: 0`): on one kept alive, a server that closes it in that
 * moment would make a request that was never read look like a lost reply.
 */
export function createApiFetch(timeouts: FetchTimeouts): ApiFetch {
  const connect = connectorThatMarks(timeouts.connect)
  const fresh = new Agent({ pipelining: 0, connect, headersTimeout: 0, bodyTimeout: timeouts.idle })
  const kept = new Agent({ connect, keepAliveTimeout: 4000, bodyTimeout: timeouts.idle })
  return async (url, { method, headers, body, signal }) => {
    const reply = await request(url, {
      method,
      headers: { accept: 'application/json', 'accept-encoding': 'gzip, br', ...headers },
      signal,
      dispatcher: method === 'GET' ? kept : fresh,
      ...(body === undefined ? {} : { body }),
    })
    return { status: reply.statusCode, headers: reply.headers, body: decode(reply) }
  }
}

export const apiFetch: ApiFetch = createApiFetch({ connect: 10_000, idle: 60_000 })

function connectorThatMarks(timeout: number): buildConnector.connector {
  const connect = buildConnector({ timeout })
  return (options, callback) => {
    connect(options, (...result) => {
      const [error, socket] = result
      if (error) callback(new NotConnectedError(error), null)
      else callback(null, socket)
    })
  }
}

const DECODERS: ReadonlyMap<string, () => Transform> = new Map<string, () => Transform>([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
])

function decode({ headers, body }: Dispatcher.ResponseData): Readable {
  // Whoever reads hears of an error; one that comes when nobody reads any more must not end the process.
  body.on('error', () => undefined)
  const decoder = DECODERS.get(String(headers['content-encoding'] ?? '').toLowerCase())?.()
  // Errors of either end come out of the decoder.
  return decoder ? pipeline(body, decoder, () => undefined) : body
}

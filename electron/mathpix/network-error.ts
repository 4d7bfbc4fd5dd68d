import type { AppError } from '../../shared/errors.ts'

type Reason = Extract<AppError, { kind: 'network' }>['reason']

export type NetworkFailure = {
  readonly error: Extract<AppError, { kind: 'network' }>
  /** True when the request certainly never reached a server that could act on it. */
  readonly neverSent: boolean
}

/** The connection never stood: no byte of the request has left. */
export class NotConnectedError extends Error {
  constructor(cause: Error) {
    super('not connected', { cause })
  }
}

/** Failures that only exist before the first byte of a request. */
const BEFORE_SENDING: Readonly<Record<string, Reason>> = {
  ENOTFOUND: 'offline',
  EAI_AGAIN: 'offline',
  ECONNREFUSED: 'refused',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  ERR_INVALID_URL: 'refused',
}

/** A network that goes away breaks connections that were in use with these as well. */
const NO_NETWORK: ReadonlySet<string> = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL'])

const TLS_CODE = /^(CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO)/

const MESSAGES: Readonly<Record<Reason, string>> = {
  offline: 'No connection to the server.',
  refused: 'The server does not accept connections.',
  timeout: 'The server did not answer in time.',
  reset: 'The connection was lost.',
  tls: 'The secure connection could not be set up.',
  http: 'The server answered with an error.',
}

/**
 * What a rejected fetch means. The message is ours: the original may quote addresses. "Never sent" is told by
 * the phase, not by the code: a connection that was in use can break with codes of TLS and of routing too.
 */
export function classifyNetworkError(error: unknown): NetworkFailure {
  const codes = collectCodes(error)
  const early = codes.find((code) => code in BEFORE_SENDING)
  if (early !== undefined) return failure(BEFORE_SENDING[early] ?? 'offline', true)
  const neverSent = hasCause(error, NotConnectedError)
  if (codes.some((code) => NO_NETWORK.has(code))) return failure('offline', neverSent)
  if (codes.some((code) => TLS_CODE.test(code))) return failure(neverSent ? 'tls' : 'reset', neverSent)
  if (codes.some((code) => /TIMEOUT|TIMEDOUT|TimeoutError|AbortError/.test(code)))
    return failure('timeout', neverSent)
  // Whoever hangs up while the connection is being set up does not accept connections.
  return failure(neverSent ? 'refused' : 'reset', neverSent)
}

function hasCause(error: unknown, kind: typeof NotConnectedError, depth = 0): boolean {
  if (depth > 5 || !(error instanceof Error)) return false
  return error instanceof kind || hasCause(error.cause, kind, depth + 1)
}

export function networkError(reason: Reason, status?: number): NetworkFailure['error'] {
  const message = status === undefined ? MESSAGES[reason] : `The server answered with HTTP ${status}.`
  return { kind: 'network', reason, message, ...(status === undefined ? {} : { status }) }
}

function failure(reason: Reason, neverSent: boolean): NetworkFailure {
  return { error: networkError(reason), neverSent }
}

/** Codes and names along the chain of causes; a dual-stack connect reports one error per address. */
function collectCodes(error: unknown, depth = 0): string[] {
  if (depth > 5 || typeof error !== 'object' || error === null) return []
  const { code, name, cause, errors } = error as {
    code?: unknown
    name?: unknown
    cause?: unknown
    errors?: unknown
  }
  const own = [code, name].filter((value) => typeof value === 'string')
  const nested = Array.isArray(errors) ? errors.flatMap((inner) => collectCodes(inner, depth + 1)) : []
  return [...own, ...nested, ...collectCodes(cause, depth + 1)]
}

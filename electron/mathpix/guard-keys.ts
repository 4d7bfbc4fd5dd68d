import type { AppError } from '../../shared/errors.ts'
import type { ApiFetch } from './api-fetch.ts'
import type { Server } from './server-origin.ts'

type KeysError = Extract<AppError, { kind: 'credentials' }>

/** Keys were to go where they may not. Nothing was sent. */
export class KeysNotAllowedError extends Error {
  override readonly name = 'KeysNotAllowedError'
  readonly error: KeysError

  constructor({ host }: Server) {
    const message = `The keys have not been allowed to go to ${host}. Nothing was sent.`
    super(message)
    this.error = { kind: 'credentials', reason: 'not_allowed', message }
  }
}

/**
 * The last gate before the wire: whatever made the request, keys leave for their own server only, and only once that is allowed.
 */
export function guardKeys(fetch: ApiFetch, server: Server, isAllowed: (origin: string) => boolean): ApiFetch {
  return (url, init) =>
    new URL(url).origin === server.origin && isAllowed(server.origin)
      ? fetch(url, init)
      : Promise.reject(new KeysNotAllowedError(server))
}

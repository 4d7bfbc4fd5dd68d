import type { IncomingHttpHeaders } from 'node:http'
import { isSameCredentials, type Credentials } from './credentials.ts'
import { engineError, type EngineError } from './errors.ts'

export type KeysRefusal = { readonly status: number; readonly error: EngineError }

/**
 * The check before anything else is read: both keys, or 401. App tokens are never handed out here, so any token is an invalid
 * one, which the protocol answers with status 200. Undefined means that the sender may go on.
 */
export function checkKeys(headers: IncomingHttpHeaders, credentials: Credentials): KeysRefusal | undefined {
  const { app_id, app_key, app_token } = headers
  if (typeof app_id === 'string' && typeof app_key === 'string') {
    if (isSameCredentials(credentials, { app_id, app_key })) return undefined
  }
  return app_token !== undefined && app_key === undefined
    ? { status: 200, error: engineError('unauthorized_token_request') }
    : { status: 401, error: engineError('http_unauthorized') }
}

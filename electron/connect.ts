import { fail, ok, type Result } from '../shared/result.ts'
import type { KnownSecrets } from '../shared/scrub-secrets.ts'
import type { EngineChoice } from '../shared/settings.ts'
import type { LocalEngine } from './local-engine.ts'
import { apiFetch } from './mathpix/api-fetch.ts'
import { fetchBatch, type Connection } from './mathpix/client.ts'
import { guardKeys } from './mathpix/guard-keys.ts'
import { readServer } from './mathpix/server-origin.ts'

export type AccountKeys = {
  readonly app_id: string
  readonly app_key: string
}

/** Keys, and the servers to which they may go. */
export type KeyRing = {
  readonly read: () => AccountKeys | undefined
  readonly isAllowed: (origin: string) => boolean
}

/** Whether a header can carry the keys: a line break or an invisible sign may have come along when they were copied. */
export function areSendable({ app_id, app_key }: AccountKeys): boolean {
  return [app_id, app_key].every((key) => /^[\t\x20-\x7e\x80-\xff]*$/.test(key))
}

export type Connect = (engine: EngineChoice) => Promise<Result<Connection>>

/**
 * Address and keys of an engine as they are at this moment. A connection can be had before its server is allowed to get the keys: it
 * tells whose account it is, but every request by it fails.
 */
export function createConnect(options: {
  readonly local: () => LocalEngine
  readonly keys: KeyRing
  /** Stands in for every Mathpix address, for development and tests. */
  readonly override: string | undefined
  /** Learns every key that is in use. */
  readonly secrets: KnownSecrets
}): Connect {
  const { keys, secrets } = options
  return async (engine) => {
    if (engine.kind === 'local') {
      const address = await options.local().address()
      if (!address.ok) return address
      secrets.add(address.value.credentials.app_key)
      return ok({ fetch: apiFetch, ...address.value })
    }
    const baseUrl = options.override ?? engine.baseUrl
    const server = readServer(baseUrl)
    if (!server.ok) return server
    const credentials = keys.read()
    if (!credentials) {
      return fail({
        kind: 'credentials',
        reason: 'missing',
        message: 'Mathpix needs an app_id and an app_key.',
      })
    }
    if (!areSendable(credentials)) {
      return fail({
        kind: 'credentials',
        reason: 'malformed',
        message: 'The keys hold a sign that no request can carry.',
      })
    }
    secrets.add(credentials.app_key)
    const fetch = guardKeys(apiFetch, server.value, (origin) => keys.isAllowed(origin))
    return ok({ fetch, baseUrl, credentials })
  }
}

/**
 * Asks for a batch that cannot exist: good keys get `batch_unknown_id`, bad ones 401, and nothing is billed.
 */
export async function testConnection(connection: Result<Connection>): Promise<Result<{ message: string }>> {
  if (!connection.ok) return connection
  const answer = await fetchBatch(connection.value, '0')
  if (answer.ok) return ok({ message: 'The connection works.' })
  const { error } = answer
  if (error.kind === 'mathpix' && error.id === 'batch_unknown_id')
    return ok({ message: 'The connection works and the keys are accepted.' })
  return { ok: false, error }
}

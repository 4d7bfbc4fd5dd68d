import { fail, ok, type Result } from '../shared/result.ts'
import type { EngineChoice } from '../shared/settings.ts'
import type { LocalEngine } from './local-engine.ts'
import { apiFetch } from './mathpix/api-fetch.ts'
import { fetchBatch, type Connection } from './mathpix/client.ts'

export type Keys = {
  readonly app_id: string
  readonly app_key: string
}

/** Address and keys of an engine as they are at this moment. */
export function createConnect(options: {
  readonly local: () => LocalEngine
  readonly keys: () => Keys | undefined
  /** `MATHPIX_API`: stands in for every Mathpix address, for development and tests. */
  readonly override: string | undefined
}): (engine: EngineChoice) => Promise<Result<Connection>> {
  return async (engine) => {
    if (engine.kind === 'local') {
      const address = await options.local().address()
      return address.ok ? ok({ fetch: apiFetch, ...address.value }) : address
    }
    const credentials = options.keys()
    if (!credentials) {
      return fail({
        kind: 'credentials',
        reason: 'missing',
        message: 'Mathpix needs an app_id and an app_key.',
      })
    }
    return ok({ fetch: apiFetch, baseUrl: options.override ?? engine.baseUrl, credentials })
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

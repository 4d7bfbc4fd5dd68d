import { fail, ok, type Result } from '../shared/result.ts'
import type { EngineChoice } from '../shared/settings.ts'
import { KeysNotAllowedError } from './mathpix/guard-keys.ts'
import { readServer } from './mathpix/server-origin.ts'
import type { CredentialsStore } from './stores/credentials-store.ts'

/** What a person has to know to decide; shown outside of the page, which could be made to say anything. */
export type KeysQuestion = {
  /** Host and port of the server that is to get the keys. */
  readonly host: string
  readonly origin: string
  readonly app_id: string
  /** Servers that have the keys already. */
  readonly known: readonly string[]
}

export type AllowKeys = (engine: EngineChoice) => Promise<Result<void>>

/**
 * Asks before keys go to a server for the first time. Called where a person has just wanted something that needs the server; work in
 * the background never asks, it fails at the gate. Without keys there is nothing to ask. Calls at once share one question.
 */
export function createAllowKeys(options: {
  readonly credentials: CredentialsStore
  readonly override: string | undefined
  readonly ask: (question: KeysQuestion) => Promise<boolean>
}): AllowKeys {
  const { credentials, ask } = options
  const open = new Map<string, Promise<boolean>>()
  return async (engine) => {
    if (engine.kind === 'local') return ok(undefined)
    const server = readServer(options.override ?? engine.baseUrl)
    if (!server.ok) return server
    const { origin, host } = server.value
    const keys = credentials.read()
    if (!keys || credentials.isAllowed(origin)) return ok(undefined)
    const question = { host, origin, app_id: keys.app_id, known: credentials.status().servers }
    const asked = open.get(origin) ?? ask(question).finally(() => open.delete(origin))
    open.set(origin, asked)
    if (!(await asked)) return fail(new KeysNotAllowedError(server.value).error)
    // Others may have been entered meanwhile: the answer was about those that were shown.
    if (credentials.read()?.app_key === keys.app_key) credentials.allow(origin)
    return ok(undefined)
  }
}

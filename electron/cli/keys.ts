import { readFileSync } from 'node:fs'
import { MATHPIX_GLOBAL, type EngineChoice } from '../../shared/settings.ts'
import { areSendable, type AccountKeys, type KeyRing } from '../connect.ts'
import { readServer } from '../mathpix/server-origin.ts'

/**
 * The keys of a command line: `MATHPIX_APP_ID` with `MATHPIX_APP_KEY`, or with `MATHPIX_APP_KEY_FILE`, a file that holds the key and
 * nothing else. A `problem` is what is wrong, without the content of anything.
 */
export function readKeys(env: NodeJS.ProcessEnv): AccountKeys | undefined | { readonly problem: string } {
  const { MATHPIX_APP_ID: app_id, MATHPIX_APP_KEY: given, MATHPIX_APP_KEY_FILE: file } = env
  if (!app_id) return undefined
  if (given) {
    const keys = { app_id, app_key: given }
    return areSendable(keys) ? keys : { problem: MALFORMED }
  }
  if (!file) return undefined
  try {
    const app_key = readFileSync(file, 'utf8').trim()
    const isOne = app_key !== '' && !/\s/.test(app_key)
    if (isOne) return areSendable({ app_id, app_key }) ? { app_id, app_key } : { problem: MALFORMED }
    return { problem: `The key file ${file} must hold one key and nothing else.` }
  } catch {
    return { problem: `The key file ${file} cannot be read.` }
  }
}

const MALFORMED =
  'Nothing was sent: MATHPIX_APP_ID or the key holds a line break or an invisible sign, as may come along when they are copied.'

/** The server to which the keys of an environment belong: the one that stands beside them. */
export function findServer({ MATHPIX_API }: NodeJS.ProcessEnv): string {
  if (MATHPIX_API === undefined || MATHPIX_API === '') return MATHPIX_GLOBAL
  return MATHPIX_API
}

/** The keys of the environment, for the server beside them and for no other, whatever a kept batch says. */
export function createKeyRing(env: NodeJS.ProcessEnv): KeyRing {
  const keys = readKeys(env)
  const server = readServer(findServer(env))
  return {
    read: () => (keys && 'problem' in keys ? undefined : keys),
    isAllowed: (origin) => server.ok && server.value.origin === origin,
  }
}

/** Why nothing can be sent to an engine with this environment, in one sentence; undefined when nothing speaks against it. */
export function findKeysProblem(engine: EngineChoice, env: NodeJS.ProcessEnv): string | undefined {
  if (engine.kind === 'local') return undefined
  const keys = readKeys(env)
  if (keys && 'problem' in keys) return keys.problem
  const server = readServer(engine.baseUrl)
  if (!server.ok) return server.error.message
  if (!keys || createKeyRing(env).isAllowed(server.value.origin)) return undefined
  return `This batch belongs to ${server.value.host}, and the keys do not: set MATHPIX_API to ${server.value.origin} and MATHPIX_APP_ID and MATHPIX_APP_KEY to keys for it.`
}

import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { CredentialsStatus } from '../../shared/settings.ts'
import type { KeyValueStore } from './key-value-store.ts'

const Keys = z.object({ app_id: z.string().min(1), app_key: z.string().min(1) })
type Keys = z.infer<typeof Keys>

/** Servers to which keys may go, by scheme, host and port. */
const Origins = z.array(z.url())
const StoredKeys = Keys.extend({ origins: Origins.default([]) })
type StoredKeys = z.infer<typeof StoredKeys>

/** The environment brings its keys anew each time; the servers are remembered for exactly those keys. */
const EnvironmentOrigins = z.object({ digest: z.string(), origins: Origins })

/** Encryption by the system, as far as there is any. */
export type SecretBox = {
  readonly isAvailable: () => boolean
  readonly encrypt: (text: string) => string
  readonly decrypt: (text: string) => string
}

export type CredentialsStore = {
  /** For requests only; never leaves the main process. */
  readonly read: () => Keys | undefined
  /** Whether the keys of this moment may go to a server. */
  readonly isAllowed: (origin: string) => boolean
  /** The user has said so; kept as long as the keys are. */
  readonly allow: (origin: string) => void
  readonly status: () => CredentialsStatus
  /** New keys are for no server yet, whatever the ones before were for. */
  readonly save: (keys: Keys) => CredentialsStatus
  readonly clear: () => CredentialsStatus
}

const KEY = 'mathpixKeys'
const ENVIRONMENT_KEY = 'environmentKeyServers'

/**
 * The Mathpix keys and the servers that they are bound to: on disk only as ciphertext of the system's keychain; without one they live
 * for this run. Keys of the environment count while the user has set none.
 */
export function openCredentials(
  store: KeyValueStore,
  secrets: SecretBox,
  env: NodeJS.ProcessEnv,
): CredentialsStore {
  const fromEnvironment = readEnvironment()
  let own = readStored()
  let isStored = own !== undefined

  function readEnvironment(): StoredKeys | undefined {
    const keys = Keys.safeParse({ app_id: env['MATHPIX_APP_ID'], app_key: env['MATHPIX_APP_KEY'] }).data
    if (!keys) return undefined
    const known = EnvironmentOrigins.safeParse(store.get(ENVIRONMENT_KEY)).data
    return { ...keys, origins: known?.digest === digestOf(keys) ? known.origins : [] }
  }

  function readStored(): StoredKeys | undefined {
    const stored = store.get(KEY)
    if (typeof stored !== 'string' || !secrets.isAvailable()) return undefined
    try {
      return StoredKeys.safeParse(JSON.parse(secrets.decrypt(stored))).data
    } catch {
      // Another keyring than the one that encrypted them: the user has to enter them again.
      return undefined
    }
  }

  function current(): StoredKeys | undefined {
    return own ?? fromEnvironment
  }

  function writeOwn(keys: StoredKeys): void {
    own = keys
    isStored = secrets.isAvailable()
    if (isStored) store.set(KEY, secrets.encrypt(JSON.stringify(keys)))
    else store.remove(KEY)
  }

  function status(): CredentialsStatus {
    const storage = own ? (isStored ? 'keychain' : 'session') : fromEnvironment ? 'environment' : 'none'
    const servers = (current()?.origins ?? []).map((origin) => new URL(origin).host)
    return { hasCredentials: storage !== 'none', storage, canStore: secrets.isAvailable(), servers }
  }

  return {
    read() {
      const keys = current()
      return keys && { app_id: keys.app_id, app_key: keys.app_key }
    },
    isAllowed: (origin) => current()?.origins.includes(origin) ?? false,
    allow(origin) {
      const keys = current()
      if (!keys || keys.origins.includes(origin)) return
      keys.origins.push(origin)
      if (keys === own) writeOwn(keys)
      else store.set(ENVIRONMENT_KEY, { digest: digestOf(keys), origins: keys.origins })
    },
    status,
    save({ app_id, app_key }) {
      writeOwn({ app_id, app_key, origins: [] })
      return status()
    },
    clear() {
      own = undefined
      isStored = false
      store.remove(KEY)
      return status()
    },
  }
}

/** Stands for keys where they must not be written. */
function digestOf({ app_id, app_key }: Keys): string {
  return createHash('sha256')
    .update(JSON.stringify([app_id, app_key]))
    .digest('hex')
    .slice(0, 16)
}

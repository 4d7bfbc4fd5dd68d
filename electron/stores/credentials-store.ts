import { z } from 'zod'
import type { CredentialsStatus } from '../../shared/settings.ts'
import type { KeyValueStore } from './key-value-store.ts'

const Keys = z.object({ app_id: z.string().min(1), app_key: z.string().min(1) })
export type Keys = z.infer<typeof Keys>

/** Encryption by the system, as far as there is any. */
export type SecretBox = {
  readonly isAvailable: () => boolean
  readonly encrypt: (text: string) => string
  readonly decrypt: (text: string) => string
}

export type CredentialsStore = {
  /** For requests only; never leaves the main process. */
  readonly read: () => Keys | undefined
  readonly status: () => CredentialsStatus
  readonly save: (keys: Keys) => CredentialsStatus
  readonly clear: () => CredentialsStatus
}

const KEY = 'mathpixKeys'

/**
 * The Mathpix keys: on disk only as ciphertext of the system's keychain; without one they live for this run.
 * Keys of the environment count while the user has set none.
 */
export function openCredentials(
  store: KeyValueStore,
  secrets: SecretBox,
  env: NodeJS.ProcessEnv,
): CredentialsStore {
  const fromEnvironment = Keys.safeParse({
    app_id: env['MATHPIX_APP_ID'],
    app_key: env['MATHPIX_APP_KEY'],
  }).data
  let own = readStored()
  let isStored = own !== undefined

  function readStored(): Keys | undefined {
    const stored = store.get(KEY)
    if (typeof stored !== 'string' || !secrets.isAvailable()) return undefined
    try {
      return Keys.safeParse(JSON.parse(secrets.decrypt(stored))).data
    } catch {
      // Another keyring than the one that encrypted them: the user has to enter them again.
      return undefined
    }
  }

  function status(): CredentialsStatus {
    const storage = own ? (isStored ? 'keychain' : 'session') : fromEnvironment ? 'environment' : 'none'
    return { hasCredentials: storage !== 'none', storage, canStore: secrets.isAvailable() }
  }

  return {
    read: () => own ?? fromEnvironment,
    status,
    save(keys) {
      own = keys
      isStored = secrets.isAvailable()
      if (isStored) store.set(KEY, secrets.encrypt(JSON.stringify(keys)))
      else store.remove(KEY)
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

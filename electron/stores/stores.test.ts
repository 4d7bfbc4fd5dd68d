import { describe, expect, it } from 'vitest'
import { openCredentials, type SecretBox } from './credentials-store.ts'
import { createMemoryStore } from './key-value-store.ts'
import { openSettings } from './settings-store.ts'

const keys = { app_id: 'id', app_key: 'the key' }
const keychain: SecretBox = {
  isAvailable: () => true,
  encrypt: (text) => Buffer.from(text).reverse().toString('base64'),
  decrypt: (text) => Buffer.from(text, 'base64').reverse().toString(),
}
const noKeychain: SecretBox = { ...keychain, isAvailable: () => false }

describe('settings', () => {
  it('survive, and a member that does not fit falls back alone', () => {
    const store = createMemoryStore({ settings: { theme: 'dark', copyFormat: 'nonsense', future: 1 } })
    expect(openSettings(store).read()).toMatchObject({
      theme: 'dark',
      copyFormat: 'latex',
      engine: { kind: 'local' },
    })
    openSettings(store).change({ copyFormat: 'dollar', theme: undefined })
    expect(openSettings(store).read()).toMatchObject({ theme: 'dark', copyFormat: 'dollar' })
  })

  it('start with the defaults when the store holds garbage', () => {
    expect(openSettings(createMemoryStore({ settings: 'garbage' })).read().theme).toBe('system')
  })
})

describe('keys', () => {
  it('are kept as ciphertext only', () => {
    const store = createMemoryStore()
    expect(openCredentials(store, keychain, {}).save(keys)).toEqual({
      hasCredentials: true,
      storage: 'keychain',
      canStore: true,
    })
    expect(JSON.stringify(store.get('mathpixKeys'))).not.toContain('the key')
    expect(openCredentials(store, keychain, {}).read()).toEqual(keys)
  })

  it('last this run only without a keychain', () => {
    const store = createMemoryStore()
    const credentials = openCredentials(store, noKeychain, {})
    expect(credentials.save(keys)).toEqual({ hasCredentials: true, storage: 'session', canStore: false })
    expect(credentials.read()).toEqual(keys)
    expect(openCredentials(store, noKeychain, {}).read()).toBeUndefined()
  })

  it('come from the environment while the user has set none', () => {
    const env = { MATHPIX_APP_ID: 'e', MATHPIX_APP_KEY: 'k' }
    const credentials = openCredentials(createMemoryStore(), keychain, env)
    expect(credentials.status().storage).toBe('environment')
    credentials.save(keys)
    expect(credentials.read()).toEqual(keys)
    credentials.clear()
    expect(credentials.read()).toEqual({ app_id: 'e', app_key: 'k' })
  })

  it('are asked for again when the keychain is another one', () => {
    const store = createMemoryStore()
    openCredentials(store, keychain, {}).save(keys)
    const other = {
      ...keychain,
      decrypt: () => {
        throw new Error('no')
      },
    }
    expect(openCredentials(store, other, {}).status()).toEqual({
      hasCredentials: false,
      storage: 'none',
      canStore: true,
    })
  })
})

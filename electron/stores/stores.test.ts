import { describe, expect, it } from 'vitest'
import { openCredentials, type SecretBox } from './credentials-store.ts'
import { createMemoryStore, type KeyValueStore } from './key-value-store.ts'
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
  const open = (store: KeyValueStore, box = keychain, env = {}) => openCredentials(store, box, env)
  const mathpix = 'https://api.mathpix.com'
  const elsewhere = 'https://elsewhere.example'

  it('are kept as ciphertext only', () => {
    const store = createMemoryStore()
    expect(open(store).save(keys)).toEqual({
      hasCredentials: true,
      storage: 'keychain',
      canStore: true,
      servers: [],
    })
    expect(JSON.stringify(store.get('mathpixKeys'))).not.toContain('the key')
    expect(open(store).read()).toEqual(keys)
  })

  it('last this run only without a keychain', () => {
    const store = createMemoryStore()
    const credentials = open(store, noKeychain)
    expect(credentials.save(keys)).toMatchObject({ storage: 'session', canStore: false })
    expect(credentials.read()).toEqual(keys)
    expect(open(store, noKeychain).read()).toBeUndefined()
  })

  it('come from the environment while the user has set none', () => {
    const env = { MATHPIX_APP_ID: 'e', MATHPIX_APP_KEY: 'k' }
    const credentials = open(createMemoryStore(), keychain, env)
    expect(credentials.status().storage).toBe('environment')
    credentials.save(keys)
    expect(credentials.read()).toEqual(keys)
    credentials.clear()
    expect(credentials.read()).toEqual({ app_id: 'e', app_key: 'k' })
  })

  it('are asked for again when the keychain is another one', () => {
    const store = createMemoryStore()
    open(store).save(keys)
    const other = {
      ...keychain,
      decrypt: () => {
        throw new Error('no')
      },
    }
    expect(open(store, other).status()).toEqual({
      hasCredentials: false,
      storage: 'none',
      canStore: true,
      servers: [],
    })
  })

  it('are for no server until the user says so, and then for that one, also after a restart', () => {
    const store = createMemoryStore()
    const credentials = open(store)
    credentials.save(keys)
    expect(credentials.isAllowed(mathpix)).toBe(false)
    credentials.allow(mathpix)
    for (const one of [credentials, open(store)]) {
      expect([one.isAllowed(mathpix), one.isAllowed(elsewhere)]).toEqual([true, false])
      expect(one.status().servers).toEqual(['api.mathpix.com'])
    }
  })

  it('take no permission over from the keys before them', () => {
    const env = { MATHPIX_APP_ID: 'e', MATHPIX_APP_KEY: 'from the environment' }
    const credentials = open(createMemoryStore(), keychain, env)
    credentials.allow(mathpix)
    credentials.save(keys)
    expect(credentials.isAllowed(mathpix)).toBe(false)
    credentials.allow(elsewhere)
    credentials.save({ ...keys, app_key: 'a new key' })
    expect(credentials.isAllowed(elsewhere)).toBe(false)
    credentials.clear()
    expect([credentials.isAllowed(mathpix), credentials.isAllowed(elsewhere)]).toEqual([true, false])
  })

  it('of the environment keep their servers as long as they are the same, and are written nowhere', () => {
    const store = createMemoryStore()
    const env = { MATHPIX_APP_ID: 'e', MATHPIX_APP_KEY: 'from the environment' }
    open(store, noKeychain, env).allow(mathpix)
    expect(open(store, noKeychain, env).isAllowed(mathpix)).toBe(true)
    const others = { ...env, MATHPIX_APP_KEY: 'another one' }
    expect(open(store, noKeychain, others).isAllowed(mathpix)).toBe(false)
    expect(JSON.stringify(store.get('environmentKeyServers'))).not.toContain('environment')
  })

  it('without any, nothing is allowed', () => {
    const credentials = open(createMemoryStore())
    credentials.allow(mathpix)
    expect(credentials.isAllowed(mathpix)).toBe(false)
  })
})

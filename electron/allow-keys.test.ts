import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { KnownSecrets } from '../shared/scrub-secrets.ts'
import type { EngineChoice } from '../shared/settings.ts'
import { createAllowKeys, type KeysQuestion } from './allow-keys.ts'
import { createConnect } from './connect.ts'
import { fetchBatch, submitBatch } from './mathpix/client.ts'
import { openCredentials } from './stores/credentials-store.ts'
import { createMemoryStore } from './stores/key-value-store.ts'
import { FakeMathpix } from '../testing/node/fake-mathpix.ts'

const keys = { app_id: 'my-id', app_key: 'my-secret-key' }
const keychain = { isAvailable: () => true, encrypt: (text: string) => text, decrypt: (text: string) => text }
const at = (baseUrl: string): EngineChoice => ({ kind: 'mathpix', baseUrl })

let server: FakeMathpix
let elsewhere: FakeMathpix
beforeEach(async () => {
  server = await FakeMathpix.start()
  elsewhere = await FakeMathpix.start()
})
afterEach(() => Promise.all([server.stop(), elsewhere.stop()]))

/** Someone who answers each question as told, and the way to a server past them. */
function createScene(answer: boolean, override?: string) {
  const credentials = openCredentials(createMemoryStore(), keychain, {})
  credentials.save(keys)
  const questions: KeysQuestion[] = []
  const allowKeys = createAllowKeys({
    credentials,
    override,
    ask: (question) => {
      questions.push(question)
      return Promise.resolve(answer)
    },
  })
  const connect = createConnect({
    local: () => {
      throw new Error('not wanted')
    },
    keys: credentials,
    override,
    secrets: new KnownSecrets(),
  })
  return { credentials, questions, allowKeys, connect }
}

describe('keys on their way to a server', () => {
  it('wait for one question, and go after a yes without another', async () => {
    const { questions, allowKeys, connect } = createScene(true)
    const engine = at(server.origin)
    const asked = await Promise.all([allowKeys(engine), allowKeys(engine)])
    expect(asked.map(({ ok }) => ok)).toEqual([true, true])
    expect(await allowKeys(engine)).toMatchObject({ ok: true })
    const host = new URL(server.origin).host
    expect(questions).toEqual([{ host, origin: server.origin, app_id: 'my-id', known: [] }])
    const connection = await connect(engine)
    if (!connection.ok) throw new Error('no connection')
    await submitBatch(connection.value, { urls: { a: 'https://h/a.png' } })
    expect(server.posts()[0]?.headers).toMatchObject(keys)
  })

  it.each(['key\r', 'key\u200b'])(
    'are told to be at fault when no request can carry them: %j',
    async (app_key) => {
      const { credentials, connect } = createScene(true)
      credentials.save({ app_id: 'my-id', app_key })
      expect(await connect(at(server.origin))).toMatchObject({
        ok: false,
        error: { kind: 'credentials', reason: 'malformed' },
      })
    },
  )

  it('stay after a no, and the next wish is asked about anew', async () => {
    const { questions, allowKeys } = createScene(false)
    for (const count of [1, 2]) {
      expect(await allowKeys(at(server.origin))).toMatchObject({
        ok: false,
        error: { kind: 'credentials', reason: 'not_allowed' },
      })
      expect(questions).toHaveLength(count)
    }
  })

  it('do not follow to another address, by whatever way the request is made', async () => {
    const { questions, allowKeys, connect } = createScene(true)
    await allowKeys(at(server.origin))
    const connection = await connect(at(elsewhere.origin))
    if (!connection.ok) throw new Error('no connection')
    const error = { kind: 'credentials', reason: 'not_allowed' }
    expect(await submitBatch(connection.value, { urls: { a: 'https://h/a.png' } })).toMatchObject({
      outcome: 'refused',
      error,
    })
    expect(await fetchBatch(connection.value, 17)).toMatchObject({ ok: false, error })
    expect(elsewhere.requests).toEqual([])
    await allowKeys(at(elsewhere.origin))
    expect(questions[1]).toMatchObject({ known: [new URL(server.origin).host] })
  })

  it('are not for an address that only looks like the allowed one', async () => {
    const { credentials, connect } = createScene(true)
    credentials.allow(server.origin)
    const { port } = new URL(server.origin)
    for (const lookalike of [`http://localhost:${port}`, `https://127.0.0.1:${port}`, `http://127.0.0.1:1`]) {
      const connection = await connect(at(lookalike))
      if (!connection.ok) throw new Error('no connection')
      expect(await fetchBatch(connection.value, 17)).toMatchObject({ error: { reason: 'not_allowed' } })
    }
    expect(server.requests).toEqual([])
  })

  it.each([
    'http://api.mathpix.com',
    'http://192.168.1.5:8080',
    'http://127.0.0.1@host.example',
    'http://localhost.host.example',
    'http://[::2]',
    'ftp://127.0.0.1',
    'nonsense',
  ])('never go in the open, and nobody is asked: %s', async (baseUrl) => {
    const { questions, allowKeys, connect } = createScene(true)
    const refusal = { ok: false, error: { kind: 'credentials', reason: 'insecure_server' } }
    expect(await allowKeys(at(baseUrl))).toMatchObject(refusal)
    expect(await connect(at(baseUrl))).toMatchObject(refusal)
    expect(questions).toEqual([])
  })

  it('are not carried by a redirect', async () => {
    const { credentials, connect } = createScene(true)
    credentials.allow(server.origin)
    for (const status of [301, 302, 303, 307, 308]) {
      const redirect = (_: unknown, response: ServerResponse) =>
        response.writeHead(status, { location: `${elsewhere.origin}/v3/batch` }).end()
      server.next.push(redirect, redirect)
      const connection = await connect(at(server.origin))
      if (!connection.ok) throw new Error('no connection')
      await submitBatch(connection.value, { urls: { a: 'https://h/a.png' } })
      await fetchBatch(connection.value, 17)
    }
    expect(elsewhere.requests).toEqual([])
  })

  it('are asked about for the address that stands in for all', async () => {
    const { questions, allowKeys } = createScene(true, server.origin)
    await allowKeys(at('https://api.mathpix.com'))
    expect(questions[0]).toMatchObject({ origin: server.origin })
  })

  it('without keys, and for this computer, there is nothing to ask', async () => {
    const { credentials, questions, allowKeys } = createScene(true)
    expect(await allowKeys({ kind: 'local' })).toMatchObject({ ok: true })
    credentials.clear()
    expect(await allowKeys(at(server.origin))).toMatchObject({ ok: true })
    expect(questions).toEqual([])
  })
})

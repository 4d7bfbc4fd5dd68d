import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFixtureImage } from '../testing/engine/fixture-recogniser.ts'
import { startImageHost, type ImageHost } from '../testing/engine/image-host.ts'
import {
  createDataDir,
  startTestEngine,
  TEST_KEYS,
  type Json,
  type TestEngine,
} from '../testing/engine/test-engine.ts'

let host: ImageHost
let engine: TestEngine
let removeData: () => Promise<void>

beforeEach(async () => {
  const data = await createDataDir()
  removeData = data.remove
  host = await startImageHost({
    '/algebra.jpg': createFixtureImage('12+5x-8=12x-10'),
    '/inverted.jpg': createFixtureImage('x^2+y^2=9'),
  })
  engine = await startTestEngine(data.path)
})

afterEach(async () => {
  await engine.close()
  await host.close()
  await removeData()
})

const { app_id, app_key } = TEST_KEYS
const JSON_TYPE = 'application/json'

/** What the guide's five samples really send: names as each library spells them, and what it adds by itself. */
const CLIENTS: readonly (readonly [
  name: string,
  post: Record<string, string>,
  get: Record<string, string>,
])[] = [
  [
    'curl',
    { 'User-Agent': 'curl/8.5.0', Accept: '*/*', app_id, app_key, 'Content-Type': JSON_TYPE },
    { 'User-Agent': 'curl/8.5.0', Accept: '*/*', app_id, app_key },
  ],
  [
    'Python',
    {
      'User-Agent': 'python-requests/2.32.3',
      Connection: 'keep-alive',
      app_id,
      app_key,
      'content-type': JSON_TYPE,
    },
    { 'User-Agent': 'python-requests/2.32.3', Connection: 'keep-alive', app_id, app_key },
  ],
  [
    'TypeScript',
    {
      'content-type': JSON_TYPE,
      app_id,
      app_key,
      'sec-fetch-mode': 'cors',
      'accept-encoding': 'gzip, deflate',
    },
    { app_id, app_key, 'sec-fetch-mode': 'cors', 'accept-encoding': 'gzip, deflate' },
  ],
  [
    'Go',
    { 'User-Agent': 'Go-http-client/1.1', App_id: app_id, App_key: app_key, 'Content-Type': JSON_TYPE },
    { 'User-Agent': 'Go-http-client/1.1', App_id: app_id, App_key: app_key },
  ],
  [
    'Java, which offers HTTP/2',
    { ...offerOfHttp2(), app_id, app_key, 'Content-Type': JSON_TYPE },
    { ...offerOfHttp2(), app_id, app_key },
  ],
]

function offerOfHttp2(): Record<string, string> {
  return {
    Connection: 'Upgrade, HTTP2-Settings',
    Upgrade: 'h2c',
    'HTTP2-Settings': 'AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA',
    'User-Agent': 'Java-http-client/21.0.2',
  }
}

function ask(
  method: 'GET' | 'POST',
  path: string,
  headers: Record<string, string>,
  body = '',
): Promise<Json> {
  const length = method === 'POST' ? { 'Content-Length': String(Buffer.byteLength(body)) } : {}
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port: engine.engine.port,
        method,
        path,
        headers: { ...headers, ...length },
        agent: false,
      },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => {
          sent.destroy()
          resolve(JSON.parse(Buffer.concat(chunks).toString()) as Json)
        })
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

describe('the guide’s sample for', () => {
  it.each(CLIENTS)('%s submits a batch and polls it, the number as text', async (_, post, get) => {
    const body = `{
"urls": {
"inverted": "${host.url('/inverted.jpg')}",
"algebra": "${host.url('/algebra.jpg')}"
},
"formats": ["latex_simplified"]
}`
    const reply = await ask('POST', '/v3/batch', post, body)
    expect(reply).toEqual({ batch_id: 1 })
    let answer: Json = {}
    while (Object.keys((answer['results'] as Json | undefined) ?? {}).length < 2) {
      await sleep(5)
      answer = await ask('GET', '/v3/batch/1', get)
      expect(answer['keys']).toEqual(['inverted', 'algebra'])
    }
    expect(answer['results']).toMatchObject({
      algebra: { latex_simplified: '12 + 5 x - 8 = 12 x - 10', latex_confidence: 0.9 },
      inverted: { latex_simplified: 'x ^ { 2 } + y ^ { 2 } = 9' },
    })
  })
})

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startEngine, type EngineSettings, type RunningEngine } from '../../engine/start-engine.ts'
import { createFixtureRecogniser, type FixtureRecogniser } from './fixture-recogniser.ts'

export const TEST_KEYS = { app_id: 'test-id', app_key: 'test-key' }

export type Json = Record<string, unknown>
type EngineReply = { readonly status: number; readonly body: Json; readonly text: string }

export type TestEngine = {
  readonly engine: RunningEngine
  readonly recogniser: FixtureRecogniser
  readonly logLines: string[]
  readonly dataDir: string
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<EngineReply>
  get(path: string, headers?: Record<string, string>): Promise<EngineReply>
  /** Polls until every key has a result. */
  finish(batch_id: unknown): Promise<Json>
  close(): Promise<void>
}

export async function createDataDir(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'formulift-engine-'))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}

/** The whole engine on a real socket, with fixture recognition. `dataDir` is the caller's to remove. */
export async function startTestEngine(
  dataDir: string,
  changes: Partial<EngineSettings> = {},
): Promise<TestEngine> {
  const recogniser = createFixtureRecogniser()
  const logLines: string[] = []
  const engine = await startEngine({
    dataDir,
    port: 0,
    credentials: TEST_KEYS,
    isPublic: false,
    recogniser,
    log: (line) => logLines.push(line),
    ...changes,
  })
  const base = `http://127.0.0.1:${String(engine.port)}`
  async function send(path: string, init: RequestInit): Promise<EngineReply> {
    const response = await fetch(`${base}${path}`, init)
    const text = await response.text()
    return { status: response.status, text, body: text === '' ? {} : (JSON.parse(text) as Json) }
  }
  const get: TestEngine['get'] = (path, headers = TEST_KEYS) => send(path, { headers })
  return {
    engine,
    recogniser,
    logLines,
    dataDir,
    get,
    post: (path, body, headers = TEST_KEYS) =>
      body instanceof FormData
        ? send(path, { method: 'POST', headers, body })
        : send(path, {
            method: 'POST',
            headers: { 'content-type': 'application/json', ...headers },
            body: typeof body === 'string' ? body : JSON.stringify(body),
          }),
    async finish(batch_id) {
      for (;;) {
        const { body } = await get(`/v3/batch/${String(batch_id)}`)
        const keys = body['keys'] as string[]
        const results = body['results'] as Json
        if (keys.every((key) => Object.hasOwn(results, key))) return results
        await sleep(5)
      }
    },
    close: () => engine.close(),
  }
}

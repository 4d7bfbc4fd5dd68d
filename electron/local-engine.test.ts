import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EngineStatus } from '../shared/ipc/contract.ts'
import { startEngineChild } from './engine-child.ts'
import { superviseEngine, type LocalEngine } from './local-engine.ts'
import { silentLog } from './log.ts'

/** Writes its keys, says its port (one more at each start) and ends as the real one does. */
const ENGINE = `
import fs from 'node:fs'
import path from 'node:path'
const data = process.argv[process.argv.indexOf('--data') + 1]
const counter = path.join(data, 'starts')
const starts = fs.existsSync(counter) ? Number(fs.readFileSync(counter, 'utf8')) + 1 : 1
fs.writeFileSync(counter, String(starts))
fs.writeFileSync(path.join(data, 'credentials.json'), JSON.stringify({ app_id: 'i', app_key: 'k' }))
fs.writeFileSync(path.join(data, 'pid'), String(process.pid))
console.log('not json')
console.log(JSON.stringify({ event: 'listening', port: 5000 + starts }))
process.stdin.on('end', () => process.exit(0)).resume()
process.on('SIGTERM', () => process.exit(0))
if (starts === 1) process.on('SIGUSR2', () => process.exit(1))
`

let dir: string
let engine: LocalEngine
const seen: EngineStatus['state'][] = []

beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'formulift-engine-'))
  await writeFile(path.join(dir, 'engine.mjs'), ENGINE)
  seen.length = 0
  engine = superviseEngine({
    start: () => startEngineChild(path.join(dir, 'engine.mjs'), path.join(dir, 'data'), silentLog),
    dataDir: path.join(dir, 'data'),
    log: silentLog,
  })
  engine.onStatus(({ state }) => seen.push(state))
})
afterEach(async () => {
  await engine.stop()
  await rm(dir, { recursive: true, force: true })
})

describe('the engine on this computer', () => {
  it('tells its address and keys once it listens', async () => {
    expect(engine.status().state).toBe('starting')
    expect(await engine.address()).toEqual({
      ok: true,
      value: { baseUrl: 'http://127.0.0.1:5001', credentials: { app_id: 'i', app_key: 'k' } },
    })
    expect(engine.status()).toEqual({ state: 'ready' })
  })

  it('is started again when it dies, and whoever asks meanwhile waits for the new address', async () => {
    await engine.address()
    process.kill(Number(await readFile(path.join(dir, 'data', 'pid'), 'utf8')), 'SIGKILL')
    await new Promise<void>((resolve) => engine.onStatus(({ state }) => state === 'restarting' && resolve()))
    expect(await engine.address()).toMatchObject({ ok: true, value: { baseUrl: 'http://127.0.0.1:5002' } })
    expect(seen).toEqual(['ready', 'restarting', 'ready'])
  })
})

import { execFileSync, spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { createEngineEnvironment } from '../../shared/engine-environment.ts'

const headers = { app_id: 'bench', app_key: 'bench' }

/** The built engine in a process of its own, with a data folder that goes with it. */
export type EngineProcess = {
  readonly baseUrl: string
  readonly headers: Readonly<Record<string, string>>
  /** `performance.now()` when the process was started. */
  readonly startedAt: number
  /** Resident memory of the process with its reading threads, now and at most so far, in MB. */
  readonly memory: () => Memory
  stop(): Promise<void>
}

export type Memory = { readonly now: number; readonly most: number }

export async function startEngineProcess(): Promise<EngineProcess> {
  const data = fs.mkdtempSync(path.join(os.tmpdir(), 'formulift-bench-'))
  const startedAt = performance.now()
  const child = spawn(
    process.execPath,
    ['dist-electron/engine.js', '--app-id', headers.app_id, '--app-key', headers.app_key, '--data', data],
    { env: createEngineEnvironment(process.env), stdio: ['pipe', 'pipe', 'ignore'] },
  )
  const pid = child.pid ?? 0
  let most = 0
  return {
    baseUrl: `http://127.0.0.1:${await portOf(child.stdout)}`,
    headers,
    startedAt,
    memory: () => {
      const { now, most: peak } = readMemory(pid)
      most = Math.max(most, now, peak)
      return { now, most }
    },
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
      fs.rmSync(data, { recursive: true, force: true })
    },
  }
}

async function portOf(output: NodeJS.ReadableStream): Promise<number> {
  for await (const line of createInterface({ input: output })) {
    const message = JSON.parse(line) as { event: string; port: number }
    if (message.event === 'listening') return message.port
  }
  throw new Error('the engine ended before it was listening')
}

/** On Linux the kernel keeps the maximum; elsewhere it is only as good as the caller asks often. */
function readMemory(pid: number): Memory {
  const file = `/proc/${pid}/status`
  if (fs.existsSync(file)) {
    const text = fs.readFileSync(file, 'utf8')
    const read = (name: string) =>
      Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) / 1024
    return { now: read('VmRSS'), most: read('VmHWM') }
  }
  if (process.platform === 'win32') return { now: 0, most: 0 }
  const now = Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024
  return { now, most: now }
}

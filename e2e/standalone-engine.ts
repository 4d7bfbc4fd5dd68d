import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'

/** The embedded engine run alone, as `npm run engine` runs it, for foreign clients. */
export class StandaloneEngine {
  readonly #child: ChildProcess
  readonly #data: string
  readonly baseUrl: string
  readonly headers = { app_id: 'an-app-id', app_key: 'an-app-key', 'Content-Type': 'application/json' }

  private constructor(child: ChildProcess, data: string, port: number) {
    this.#child = child
    this.#data = data
    this.baseUrl = `http://127.0.0.1:${port}`
  }

  static async start(): Promise<StandaloneEngine> {
    const data = fs.mkdtempSync(path.join(os.tmpdir(), 'formulift-engine-'))
    const child = spawn(
      process.execPath,
      ['dist-electron/engine.js', '--app-id', 'an-app-id', '--app-key', 'an-app-key', '--data', data],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    )
    for await (const line of createInterface({ input: child.stdout })) {
      const message = JSON.parse(line) as { event: string; port: number }
      if (message.event === 'listening') return new StandaloneEngine(child, data, message.port)
    }
    throw new Error('the engine ended before it was listening')
  }

  /** As a computer that is put to sleep: connections stay open, nobody answers. */
  pause(): void {
    this.#child.kill('SIGSTOP')
  }

  resume(): void {
    this.#child.kill('SIGCONT')
  }

  /** One for each POST of a batch. */
  acceptedBatches(): number {
    return fs.readdirSync(path.join(this.#data, 'batches')).length
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('exit', resolve))
    this.resume()
    this.#child.kill('SIGTERM')
    await ended
    fs.rmSync(this.#data, { recursive: true, force: true })
  }
}

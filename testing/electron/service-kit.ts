import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { createCanvas } from '@napi-rs/canvas'
import type { Batch, BatchChange } from '../../shared/batch.ts'
import type { Notice } from '../../shared/ipc/contract.ts'
import { ok, type Result } from '../../shared/result.ts'
import { Settings, type EngineChoice } from '../../shared/settings.ts'
import { BatchService } from '../../electron/batch/batch-service.ts'
import { FolderOrigin } from '../../electron/batch/journal/folder-origin.ts'
import { JournalLine } from '../../electron/batch/journal/journal-line.ts'
import type { ServiceDeps } from '../../electron/batch/service-deps.ts'
import { startFileHost, type FileHost } from '../../electron/hosting/file-host.ts'
import { fetchUrlImage } from '../../electron/intake/fetch-url-image.ts'
import { silentLog } from '../../electron/log.ts'
import { apiFetch } from '../../electron/mathpix/api-fetch.ts'
import { sleep } from '../../electron/sleep.ts'
import { directRunner } from './direct-runner.ts'
import { FakeMathpix } from '../node/fake-mathpix.ts'

const CLOSE_MS = 50

/** A service over real files, a real loopback server and a real file host; long waits are cut short. */
export class ServiceKit {
  readonly dir: string
  readonly server: FakeMathpix
  readonly host: FileHost
  readonly changes: BatchChange[] = []
  readonly notices: Notice[] = []
  /** Milliseconds that the service wanted to sleep. */
  readonly sleeps: number[] = []
  /** The last one is that of the moment; the others are left as if the app had been killed, until the end of the test. */
  readonly #services: BatchService[] = []
  #wake: (() => void)[] = []
  #ahead = 0

  private constructor(dir: string, server: FakeMathpix, host: FileHost) {
    this.dir = dir
    this.server = server
    this.host = host
  }

  static async start(): Promise<ServiceKit> {
    const dir = await mkdtemp(path.join(os.tmpdir(), 'formulift-test-'))
    return new ServiceKit(dir, await FakeMathpix.start(), await startFileHost())
  }

  get service(): BatchService {
    const service = this.#services.at(-1)
    if (!service) throw new Error('open() comes first')
    return service
  }

  /** Milliseconds since 1970, ahead of the real time by the waits that were cut short. */
  readonly now = () => Date.now() + this.#ahead

  /** Milliseconds of durations, ahead in the same way. */
  readonly elapsed = () => performance.now() + this.#ahead

  /** Without a rate plan unless one is given. */
  async open(
    overrides: Partial<ServiceDeps> & { engine?: EngineChoice; imagesPerMinute?: number } = {},
  ): Promise<BatchService> {
    const { engine = this.mathpix, imagesPerMinute = null, ...deps } = overrides
    const settings = Settings.parse({ engine, imagesPerMinute })
    const service = await BatchService.open({
      dir: path.join(this.dir, 'batches'),
      connect: () => this.connection(),
      settings: () => settings,
      host: this.host,
      runner: directRunner,
      fetchUrlImage,
      now: this.now,
      elapsed: this.elapsed,
      random: () => 0.5,
      sleep: (ms, signal) => this.#sleep(ms, signal),
      closeMs: CLOSE_MS,
      log: silentLog,
      events: {
        onBatchChanged: (change) => {
          this.changes.push(change)
          for (const wake of this.#wake.splice(0)) wake()
        },
        onBatchesChanged: () => undefined,
        onNotice: (notice) => this.notices.push(notice),
      },
      ...deps,
    })
    this.#services.push(service)
    return service
  }

  /** Makes a copy of the folder count as the disk of this computer, as it is after a kill. */
  async ownFolder(dir: string): Promise<void> {
    const origin = await FolderOrigin.read(dir)
    await origin.advance()
  }

  get mathpix(): EngineChoice {
    return { kind: 'mathpix', baseUrl: this.server.origin }
  }

  async #sleep(ms: number, signal: AbortSignal): Promise<void> {
    this.sleeps.push(ms)
    const end = this.elapsed() + ms
    await sleep(Math.min(ms, 5), signal)
    if (!signal.aborted) this.#ahead += Math.max(0, end - this.elapsed())
  }

  connection() {
    const credentials = { app_id: 'id', app_key: 'secret-key' }
    return Promise.resolve(ok({ fetch: apiFetch, baseUrl: this.server.origin, credentials }))
  }

  /** A batch with `count` small images, all ready. */
  async batchWith(count: number): Promise<string> {
    const batch = unwrap(await this.service.createBatch())
    const sources = await Promise.all(
      Array.from({ length: count }, async (_, index) => ({
        kind: 'path' as const,
        path: await this.image(`img${index + 1}.png`, index),
      })),
    )
    unwrap(await this.service.addSources(batch.id, sources))
    await this.service.whenPrepared(batch.id)
    return batch.id
  }

  async image(name: string, shade = 0): Promise<string> {
    const canvas = createCanvas(8 + shade, 8)
    const context = canvas.getContext('2d')
    context.fillStyle = 'white'
    context.fillRect(0, 0, 8 + shade, 8)
    const file = path.join(this.dir, name)
    await writeFile(file, canvas.toBuffer('image/png'))
    return file
  }

  batch(batchId: string): Batch {
    const batch = this.service.peekBatch(batchId)
    if (!batch) throw new Error(`no batch ${batchId}`)
    return batch
  }

  /** What is on disk of a batch, line by line. */
  async journal(batchId: string): Promise<JournalLine[]> {
    const text = await readFile(path.join(this.dir, 'batches', batchId, 'journal.jsonl'), 'utf8')
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => JournalLine.parse(JSON.parse(line)))
  }

  /** Waits by events until the batch is as wanted. */
  async until(batchId: string, isSo: (batch: Batch) => boolean): Promise<Batch> {
    while (!isSo(this.batch(batchId))) {
      await Promise.race([new Promise<void>((resolve) => this.#wake.push(resolve)), sleep(5)])
    }
    return this.batch(batchId)
  }

  async stop(): Promise<void> {
    // At once: a service that is being closed waits a while for answers that the test held back.
    const closed = this.#services.map((service) => service.close())
    await Promise.all([this.server.stop(), this.host.close(), ...closed])
    await rm(this.dir, { recursive: true, force: true })
  }
}

export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

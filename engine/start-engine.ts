import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { readRegularText } from '../node/regular-file.ts'
import { writeWholeFile } from '../node/write-whole-file.ts'
import { createOutboundAgent } from '../node/address-guard.ts'
import { lockFolder } from '../node/folder-lock.ts'
import { createScrub } from '../shared/scrub-secrets.ts'
import { BatchStore } from './batch-store.ts'
import { Batches } from './batches.ts'
import { loadCredentials, type Credentials } from './credentials.ts'
import { FairQueue } from './fair-queue.ts'
import type { ImageRecogniser } from './image-recogniser.ts'
import { createEngineServer } from './server.ts'

/** Loopback only: the keys are a second wall, not the first. */
const HOST = '127.0.0.1'
const CLEANUP_EVERY_MS = 6 * 60 * 60 * 1000

export type EngineSettings = {
  readonly dataDir: string
  /** Without it the port of the last run, or any free one. 0 is any free one. */
  readonly port?: number
  /** Without them the pair in the data folder, made on the first start. */
  readonly credentials?: Credentials
  /** Refuse loopback and private addresses in image and callback URLs. */
  readonly isPublic: boolean
  readonly recogniser: ImageRecogniser
  readonly log: (line: string) => void
  readonly now?: () => Date
  readonly downloadTimeoutMs?: number
  readonly requestTimeoutMs?: number
  readonly maxConnections?: number
  /** How much of the answered batches stays in memory, in bytes of their files. */
  readonly keptBytes?: number
}

export type RunningEngine = {
  readonly port: number
  readonly credentials: Credentials
  close(): Promise<void>
}

/**
 * Claims and opens the data folder, takes up unfinished batches and listens. Rejects when the folder is taken, cannot be used, or the
 * port is not free; the folder is free again then.
 */
export async function startEngine(settings: EngineSettings): Promise<RunningEngine> {
  await mkdir(settings.dataDir, { recursive: true, mode: 0o700 })
  // Before anything in the folder is read: two engines at once would give one number to two batches.
  const lock = await lockFolder(settings.dataDir, { isShared: false })
  try {
    const engine = await openEngine(settings)
    return { ...engine, close: () => engine.close().finally(() => lock.release()) }
  } catch (error) {
    await lock.release()
    throw error
  }
}

async function openEngine(settings: EngineSettings): Promise<RunningEngine> {
  const { dataDir, recogniser, isPublic } = settings
  const credentials = settings.credentials ?? (await loadCredentials(dataDir))
  const scrub = createScrub([credentials.app_key])
  const log = (line: string) => settings.log(scrub(line))
  const agent = createOutboundAgent({ isPublic })
  const timeout = settings.downloadTimeoutMs === undefined ? {} : { timeoutMs: settings.downloadTimeoutMs }
  const shared = {
    recogniser,
    readings: new FairQueue(recogniser.size),
    fetchDeps: { agent, isPublic, ...timeout },
    log,
  }
  const clock = settings.now ? { now: settings.now } : {}
  const kept = settings.keptBytes === undefined ? {} : { keptBytes: settings.keptBytes }
  const batches = new Batches({ ...shared, ...clock, ...kept, store: new BatchStore(dataDir) })
  const { requestTimeoutMs, maxConnections } = settings
  const bounds = {
    ...(requestTimeoutMs === undefined ? {} : { requestTimeoutMs }),
    ...(maxConnections === undefined ? {} : { maxConnections }),
  }
  const server = await createEngineServer({ ...shared, ...bounds, credentials, batches })
  // Before the first request: an accepted batch must never look unknown.
  await batches.open()
  const port = await listen(server, settings).catch((error: unknown) => {
    batches.close()
    throw error
  })
  const cleanup = setInterval(() => void batches.removeExpired(), CLEANUP_EVERY_MS)
  cleanup.unref()
  return {
    port,
    credentials,
    async close() {
      clearInterval(cleanup)
      batches.close()
      shared.readings.close()
      await server.close()
      await recogniser.close()
      await agent.destroy()
    },
  }
}

/** A wish of the caller is binding; the port of the last run is only a preference. */
async function listen(server: FastifyInstance, { dataDir, port }: EngineSettings): Promise<number> {
  const path = join(dataDir, 'port')
  if (port !== undefined) await server.listen({ host: HOST, port })
  else {
    const last = Number(await readRegularText(path).catch(() => '0'))
    const preferred = Number.isInteger(last) && last > 0 && last < 65_536 ? last : 0
    await server.listen({ host: HOST, port: preferred }).catch(() => server.listen({ host: HOST, port: 0 }))
  }
  const address = server.server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening on a port')
  await writeWholeFile(path, `${String(address.port)}\n`, 0o600)
  return address.port
}

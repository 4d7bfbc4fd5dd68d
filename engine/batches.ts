import type { OcrResult } from '../shared/mathpix.ts'
import type { Callback } from '../shared/option-values.ts'
import type { OcrOptions } from '../shared/parameters.ts'
import { layOver, type RequestedBatch } from './batch-request.ts'
import { RETENTION_MS, type BatchStore, type LoadedBatch, type StoredImage } from './batch-store.ts'
import { createCallbackBody, postCallback } from './callback.ts'
import { isDataUri, readDataUri } from './data-uri.ts'
import { engineError, toEnvelope, type Outcome } from './errors.ts'
import { FairQueue } from './fair-queue.ts'
import type { DownloadDeps } from '../node/download-image.ts'
import { fetchImage } from './fetch-image.ts'
import type { ImageRecogniser } from './image-recogniser.ts'
import { KeptViews, type BatchView } from './kept-views.ts'
import { createRequestId } from './request-id.ts'
import { keysOf, sign, sortImages } from './sort-images.ts'
import { takeTurns } from './take-turns.ts'

/** Downloads at a time in all and for one batch: a slow host holds up its own batch only. */
const DOWNLOADS = 8
const DOWNLOADS_PER_BATCH = 4

/** An image that was begun this often without an answer takes the process down with it: it is given up. */
const MAX_ATTEMPTS = 3

/** Bytes on the disk of the answered batches that stay in memory too, where they take two or three times as much. */
const KEPT_BYTES = 32 * 1024 * 1024

export type BatchesDeps = {
  readonly store: BatchStore
  readonly recogniser: ImageRecogniser
  /** Shared with the single-image endpoints, which go first. */
  readonly readings: FairQueue
  readonly fetchDeps: DownloadDeps
  readonly keptBytes?: number
  readonly now?: () => Date
  readonly log: (line: string) => void
}

type AcceptedBatch = {
  readonly batch_id: number
  readonly owner: string
  readonly request_id: string
  readonly createdAt: string
  readonly keys: readonly string[]
  readonly results: Map<string, OcrResult>
  readonly echo?: Readonly<Record<string, unknown>>
  /** Those that hold for all images. */
  readonly options: OcrOptions
  /** Emptied when all are answered. */
  images: readonly StoredImage[]
  callback: Callback | undefined
  /** An answer that is in memory only: the disk refused it. */
  hasUnwritten?: true
}

/** What memory keeps of every answered batch; all else is on the disk. */
type AnsweredBatch = Pick<AcceptedBatch, 'batch_id' | 'owner' | 'createdAt'>

/**
 * All accepted batches: what is asked, what is done, and the work between. Each image goes through two stages, fetching (its bytes
 * are then in the data folder) and reading, both shared fairly between batches. Nothing that was answered is done again.
 */
export class Batches {
  readonly #deps: BatchesDeps
  /** Those that are worked on. */
  readonly #batches = new Map<number, AcceptedBatch>()
  readonly #answered = new Map<number, AnsweredBatch>()
  readonly #kept: KeptViews
  readonly #reading = new Map<number, Promise<BatchView>>()
  readonly #downloads = new FairQueue(DOWNLOADS, DOWNLOADS_PER_BATCH)
  readonly #shutdown = new AbortController()
  readonly #fetchDeps: DownloadDeps

  constructor(deps: BatchesDeps) {
    this.#deps = deps
    this.#kept = new KeptViews(deps.keptBytes ?? KEPT_BYTES)
    this.#fetchDeps = { ...deps.fetchDeps, signal: this.#shutdown.signal }
  }

  /** Takes up what an earlier run left, exactly where it stopped. */
  async open(): Promise<void> {
    for await (const batch of this.#deps.store.open()) await this.#restore(batch)
    await this.removeExpired()
  }

  /** Resolves once the batch is on disk; the work goes on behind it. */
  async accept(request: RequestedBatch, owner: string): Promise<number> {
    const stored = await this.#deps.store.create({
      owner,
      request_id: createRequestId(this.#now()),
      createdAt: this.#now().toISOString(),
      options: request.options,
      images: request.images.map((image) =>
        'error' in image ? { key: image.key, refusal: toEnvelope(image.error) } : image,
      ),
      ...(request.callback ? { callback: request.callback } : {}),
    })
    await this.#restore({ request: stored, lines: [] })
    return stored.batch_id
  }

  /** Foreign and unknown numbers look the same from outside. Rejects where the disk does not give back what is on it. */
  async find(batch_id: number, owner: string): Promise<BatchView | undefined> {
    const batch = this.#batches.get(batch_id)
    if (batch) return batch.owner === owner ? batch : undefined
    if (this.#answered.get(batch_id)?.owner !== owner) return undefined
    return this.#kept.get(batch_id) ?? this.#readOnce(batch_id)
  }

  /** Once for all who ask at the same time. */
  #readOnce(batch_id: number): Promise<BatchView> {
    const reading =
      this.#reading.get(batch_id) ??
      this.#readView(batch_id).finally(() => {
        this.#reading.delete(batch_id)
      })
    this.#reading.set(batch_id, reading)
    return reading
  }

  async #readView(batch_id: number): Promise<BatchView> {
    const { store } = this.#deps
    const loaded = await store.read(batch_id)
    const { results } = await sortImages(loaded)
    const view = { keys: keysOf(loaded.request), results }
    const bytes = await store.size(batch_id)
    if (this.#answered.has(batch_id)) this.#kept.keep(batch_id, view, bytes)
    return view
  }

  async removeExpired(): Promise<void> {
    const oldest = this.#now().getTime() - RETENTION_MS
    const answered = [...this.#answered.values(), ...[...this.#batches.values()].filter(isAnswered)]
    for (const { batch_id, createdAt } of answered) {
      if (Date.parse(createdAt) >= oldest) continue
      this.#batches.delete(batch_id)
      this.#answered.delete(batch_id)
      this.#kept.remove(batch_id)
      await this.#deps.store.remove(batch_id)
    }
  }

  /** Stops fetching and starting; what is unfinished stays so for the next start. */
  close(): void {
    this.#shutdown.abort()
    this.#downloads.close()
  }

  async #restore(loaded: LoadedBatch): Promise<void> {
    const { images, callback, options = {}, ...head } = loaded.request
    const echo = callback && omitHeaders(callback)
    const { results, attempts } = await sortImages(loaded)
    const batch: AcceptedBatch = {
      ...head,
      keys: keysOf(loaded.request),
      options,
      images,
      callback,
      results,
      ...(echo ? { echo } : {}),
    }
    this.#batches.set(batch.batch_id, batch)
    if (isAnswered(batch)) {
      void this.#complete(batch)
      return
    }
    const turn = takeTurns()
    for (const [index, image] of images.entries()) {
      if (results.has(image.key)) continue
      if ((attempts.get(image.key) ?? 0) >= MAX_ATTEMPTS) {
        void this.#answer(batch, image, index, toEnvelope(engineError('sys_exception')))
      } else this.#downloads.add(String(batch.batch_id), () => this.#prepare(batch, image, index))
      await turn()
    }
  }

  async #prepare(batch: AcceptedBatch, image: StoredImage, index: number): Promise<void> {
    const failure = await this.#guard(() => this.#keepBytes(batch, image, index))
    if (this.#shutdown.signal.aborted) return
    if (failure) await this.#answer(batch, image, index, failure)
    else this.#deps.readings.add(String(batch.batch_id), () => this.#read(batch, image, index))
  }

  /** Brings the bytes into the data folder; a data URI is there already, with the request. */
  async #keepBytes(batch: AcceptedBatch, image: StoredImage, index: number): Promise<OcrResult | undefined> {
    const address = image.url ?? ''
    if (isDataUri(address) || (await this.#deps.store.hasImage(batch.batch_id, index))) return undefined
    const fetched = await fetchImage(address, this.#fetchDeps)
    if (!fetched.ok) return toEnvelope(fetched.error)
    await this.#deps.store.keepImage(batch.batch_id, index, fetched.value)
    return undefined
  }

  async #read(batch: AcceptedBatch, image: StoredImage, index: number): Promise<void> {
    const result = await this.#guard(async () => {
      const bytes = await this.#loadBytes(batch, image, index)
      if (!bytes.ok) return toEnvelope(bytes.error)
      const options = layOver(batch.options, image.options)
      if (!options.ok) return toEnvelope(options.error)
      await this.#deps.store.append(batch.batch_id, { key: image.key, attempt: true })
      return this.#deps.recogniser.recognise(bytes.value, options.value)
    })
    if (!this.#shutdown.signal.aborted) await this.#answer(batch, image, index, result)
  }

  async #loadBytes(batch: AcceptedBatch, image: StoredImage, index: number): Promise<Outcome<Uint8Array>> {
    if (image.url !== undefined && isDataUri(image.url)) return readDataUri(image.url)
    return { ok: true, value: await this.#deps.store.readImage(batch.batch_id, index) }
  }

  /** Whatever breaks inside becomes the entry of that one image. */
  async #guard<T>(work: () => Promise<T>): Promise<T | OcrResult> {
    try {
      return await work()
    } catch (error) {
      this.#deps.log(`image failed: ${error instanceof Error ? error.message : 'unknown reason'}`)
      return toEnvelope(engineError('sys_exception'))
    }
  }

  async #answer(batch: AcceptedBatch, image: StoredImage, index: number, bare: OcrResult): Promise<void> {
    const result = sign(batch.request_id, bare)
    try {
      await this.#deps.store.append(batch.batch_id, { key: image.key, result })
      const options = layOver(batch.options, image.options)
      if (options.ok && options.value.metadata?.['improve_mathpix'] === false) {
        await this.#deps.store.dropImage(batch.batch_id, index)
      }
    } catch (error) {
      // Kept in memory all the same; after a restart this image is read again.
      batch.hasUnwritten = true
      this.#deps.log(`result not written: ${error instanceof Error ? error.message : 'unknown reason'}`)
    }
    batch.results.set(image.key, result)
    if (isAnswered(batch)) await this.#complete(batch)
  }

  /**
   * Once all are answered: addresses, options and callback leave the disk first, then the callback is tried. A kill between the two
   * loses the callback rather than sending it twice; delivery is not promised.
   */
  async #complete(batch: AcceptedBatch): Promise<void> {
    const { callback, batch_id, owner, request_id, createdAt } = batch
    const isTidy = callback === undefined && batch.images.every((image) => image.url === undefined)
    const images = batch.images.map(({ key, refusal }) => (refusal ? { key, refusal } : { key }))
    batch.callback = undefined
    batch.images = []
    try {
      if (!isTidy) await this.#deps.store.replaceRequest({ batch_id, owner, request_id, createdAt, images })
    } catch (error) {
      this.#deps.log(`batch not tidied: ${error instanceof Error ? error.message : 'unknown reason'}`)
    }
    const body = callback && createCallbackBody(callback, Object.fromEntries(batch.results), batch_id)
    await this.#rest(batch)
    if (!callback) return
    const isDelivered = await postCallback(callback, body, this.#deps.fetchDeps)
    this.#deps.log(`callback of batch ${String(batch_id)} ${isDelivered ? 'delivered' : 'not delivered'}`)
  }

  /** The disk has all of it: from now on memory may let go of it. */
  async #rest({ batch_id, owner, createdAt, hasUnwritten, ...batch }: AcceptedBatch): Promise<void> {
    if (hasUnwritten) return
    const bytes = await this.#deps.store.size(batch_id)
    // It may have been too old, and gone meanwhile.
    if (!this.#batches.delete(batch_id)) return
    const { keys, results, echo } = batch
    this.#answered.set(batch_id, { batch_id, owner, createdAt })
    this.#kept.keep(batch_id, { keys, results, ...(echo ? { echo } : {}) }, bytes)
  }

  #now(): Date {
    return this.#deps.now?.() ?? new Date()
  }
}

function omitHeaders(callback: Callback): Record<string, unknown> {
  return Object.fromEntries(Object.entries(callback).filter(([name]) => name !== 'headers'))
}

/** Counted, not looked through: it is asked after each image. Results are of the batch's own keys only. */
function isAnswered(batch: AcceptedBatch): boolean {
  return batch.results.size === batch.keys.length
}

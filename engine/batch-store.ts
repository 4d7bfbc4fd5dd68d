import { mkdir, readdir, rename, rm, stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { readRegular, readRegularText } from '../node/regular-file.ts'
import { OcrResult } from '../shared/mathpix.ts'
import { Callback } from '../shared/option-values.ts'
import { OcrOptions } from '../shared/parameters.ts'
import { recordOf } from '../shared/record-of.ts'
import { Journals } from './journals.ts'
import { piecesOfArray } from './json-pieces.ts'
import { takeTurns } from './take-turns.ts'
import { writeWholeFile } from '../node/write-whole-file.ts'

/** Longer than the two days that clients may rely on. */
export const RETENTION_MS = 3 * 24 * 60 * 60 * 1000

const StoredImage = z.object({
  key: z.string(),
  url: z.string().optional(),
  /** Its own, as they came: they lie over those of the batch. */
  options: recordOf(z.unknown()).optional(),
  /** Why the image cannot be tried: its entry in `results`, known since the POST. */
  refusal: OcrResult.optional(),
})
export type StoredImage = z.infer<typeof StoredImage>

/**
 * What is kept of a POST. `owner` stands for the keys that sent it. Once every image is answered, addresses, options and the
 * callback (with its secret headers) are removed and only the keys stay.
 */
const StoredRequest = z.object({
  batch_id: z.number().int(),
  owner: z.string(),
  request_id: z.string(),
  createdAt: z.string(),
  options: OcrOptions.optional(),
  images: z.array(StoredImage),
  callback: Callback.optional(),
})
export type StoredRequest = z.infer<typeof StoredRequest>

/** A line of `results.jsonl`: recognition of an image has begun, or it has an answer. */
const StoreLine = z.union([
  z.object({ key: z.string(), result: OcrResult }),
  z.object({ key: z.string(), attempt: z.literal(true) }),
])
export type StoreLine = z.infer<typeof StoreLine>

export type LoadedBatch = { readonly request: StoredRequest; readonly lines: readonly StoreLine[] }

/**
 * Accepted batches on disk, one folder each: `batches/<id>/request.json`, `batches/<id>/results.jsonl` (append-only), and the
 * fetched images in `images/<id>/<index>`. One process at a time.
 */
export class BatchStore {
  readonly #batchesDir: string
  readonly #imagesDir: string
  readonly #lastIdPath: string
  #lastId = 0
  readonly #journals = new Journals()
  #counts: Promise<unknown> = Promise.resolve()

  constructor(dataDir: string) {
    this.#batchesDir = join(dataDir, 'batches')
    this.#imagesDir = join(dataDir, 'images')
    this.#lastIdPath = join(dataDir, 'last-batch-id')
  }

  /** Reads what is there, oldest batch first, one by one. A batch that cannot be read is set aside under another name. */
  async *open(): AsyncGenerator<LoadedBatch, void, undefined> {
    await mkdir(this.#batchesDir, { recursive: true, mode: 0o700 })
    await mkdir(this.#imagesDir, { recursive: true, mode: 0o700 })
    const ids = (await readdir(this.#batchesDir)).filter((name) => /^\d+$/.test(name)).map(Number)
    const counter = Number(await readRegularText(this.#lastIdPath).catch(() => '0'))
    this.#lastId = Math.max(0, Number.isSafeInteger(counter) ? counter : 0, ...ids)
    for (const id of ids.sort((one, other) => one - other)) {
      const batch = await this.#load(id)
      if (batch) yield batch
    }
  }

  /** An answered batch as it stands on the disk. Rejects where it cannot be read. */
  async read(batch_id: number): Promise<LoadedBatch> {
    const request = await readRequest(await readRegularText(this.#requestPath(batch_id)))
    if (!request) throw new Error(`batch ${String(batch_id)} cannot be read`)
    return { request, lines: await this.#readLines(this.#resultsPath(batch_id)) }
  }

  /** Bytes of a batch and its results on the disk. */
  async size(batch_id: number): Promise<number> {
    const paths = [this.#requestPath(batch_id), this.#resultsPath(batch_id)]
    const sizes = paths.map((path) =>
      stat(path).then(
        (info) => info.size,
        () => 0,
      ),
    )
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
  }

  /** Numbers never repeat, not even after the newest batches were removed. */
  async create(request: Omit<StoredRequest, 'batch_id'>): Promise<StoredRequest> {
    const batch_id = (this.#lastId += 1)
    const counted = this.#counts.then(() => writeWholeFile(this.#lastIdPath, `${String(batch_id)}\n`, 0o600))
    this.#counts = counted.catch(() => undefined)
    await counted
    await mkdir(this.#folder(batch_id), { recursive: true, mode: 0o700 })
    const stored = { ...request, batch_id }
    await this.replaceRequest(stored)
    return stored
  }

  async replaceRequest(request: StoredRequest): Promise<void> {
    await writeWholeFile(this.#requestPath(request.batch_id), piecesOf(request), 0o600)
  }

  append(batch_id: number, line: StoreLine): Promise<void> {
    return this.#journals.append(this.#resultsPath(batch_id), JSON.stringify(line))
  }

  async keepImage(batch_id: number, index: number, bytes: Uint8Array): Promise<void> {
    const path = this.#imagePath(batch_id, index)
    await mkdir(join(this.#imagesDir, String(batch_id)), { recursive: true, mode: 0o700 })
    await writeWholeFile(path, bytes, 0o600)
  }

  async readImage(batch_id: number, index: number): Promise<Uint8Array> {
    return readRegular(this.#imagePath(batch_id, index))
  }

  async hasImage(batch_id: number, index: number): Promise<boolean> {
    const found = await stat(this.#imagePath(batch_id, index)).catch(() => undefined)
    return found?.isFile() ?? false
  }

  async dropImage(batch_id: number, index: number): Promise<void> {
    await rm(this.#imagePath(batch_id, index), { force: true })
  }

  async remove(batch_id: number): Promise<void> {
    await rm(this.#folder(batch_id), { recursive: true, force: true })
    await rm(join(this.#imagesDir, String(batch_id)), { recursive: true, force: true })
  }

  async #load(id: number): Promise<LoadedBatch | undefined> {
    const folder = this.#folder(id)
    const text = await readRegularText(this.#requestPath(id)).catch((error: unknown) =>
      isMissing(error) ? undefined : '',
    )
    // Without a request the POST was never answered: nobody knows this number.
    if (text === undefined) {
      await this.remove(id)
      return undefined
    }
    const request = await readRequest(text)
    if (request?.batch_id !== id) {
      await rename(folder, `${folder}.damaged-${String(Date.now())}`)
      return undefined
    }
    return { request, lines: await this.#readLines(this.#resultsPath(id)) }
  }

  /** A kill in the middle of a write leaves half a line: it is cut off, so that the next line starts a line. */
  async #readLines(path: string): Promise<StoreLine[]> {
    const bytes = await readRegular(path).catch(() => Buffer.alloc(0))
    const end = bytes.lastIndexOf(0x0a) + 1
    if (end < bytes.length) await truncate(path, end)
    const lines: StoreLine[] = []
    const turn = takeTurns()
    for (let at = 0; at < end; at = bytes.indexOf(0x0a, at) + 1) {
      const line = StoreLine.safeParse(parseJson(bytes.toString('utf8', at, bytes.indexOf(0x0a, at))))
      if (line.success) lines.push(line.data)
      await turn()
    }
    return lines
  }

  #folder(batch_id: number): string {
    return join(this.#batchesDir, String(batch_id))
  }

  #requestPath(batch_id: number): string {
    return join(this.#folder(batch_id), 'request.json')
  }

  #resultsPath(batch_id: number): string {
    return join(this.#folder(batch_id), 'results.jsonl')
  }

  #imagePath(batch_id: number, index: number): string {
    return join(this.#imagesDir, String(batch_id), String(index))
  }
}

const isMissing = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT'

async function* piecesOf({ images, ...head }: StoredRequest): AsyncGenerator<string> {
  yield `${JSON.stringify(head).slice(0, -1)},"images":`
  yield* piecesOfArray(images)
  yield '}\n'
}

const RequestHead = StoredRequest.extend({ images: z.array(z.unknown()) })

/** Undefined for what is none. A batch may have hundreds of thousands of images: others have their turn in between. */
async function readRequest(text: string): Promise<StoredRequest | undefined> {
  const head = RequestHead.safeParse(parseJson(text))
  if (!head.success) return undefined
  const images: StoredImage[] = []
  const turn = takeTurns()
  for (const value of head.data.images) {
    const image = StoredImage.safeParse(value)
    if (!image.success) return undefined
    images.push(image.data)
    await turn()
  }
  return { ...head.data, images }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

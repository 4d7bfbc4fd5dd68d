import { createHash } from 'node:crypto'
import path from 'node:path'
import PQueue from 'p-queue'
import { findItem, putItems } from '../../../shared/batch-changes.ts'
import type { StoredPage } from '../../intake/intake-job.ts'
import { imagesDir } from '../journal/batch-folder.ts'
import type { BatchRecord } from '../batch-record.ts'
import { hasItem } from './new-items.ts'
import type { ServiceDeps } from '../service-deps.ts'

/** Copies of images behind addresses, to be shown; the engine fetches its own. */
export class UrlCopies {
  readonly #deps: Pick<ServiceDeps, 'dir' | 'runner' | 'fetchUrlImage'>
  readonly #stop = new AbortController()
  readonly #queue = new PQueue({ concurrency: 4 })

  constructor(deps: Pick<ServiceDeps, 'dir' | 'runner' | 'fetchUrlImage'>) {
    this.#deps = deps
  }

  /** Fetches a copy in the background. Its failure changes nothing: what the engine says of the address counts. */
  fetch(record: BatchRecord, itemId: string, url: string): void {
    void this.#queue.add(async () => {
      if (!hasItem(record, itemId)) return
      const bytes = await this.#deps.fetchUrlImage(url, this.#stop.signal)
      if (!bytes || this.#stop.signal.aborted) return
      const name = findItem(record.batch, itemId)?.source.name ?? 'image'
      const hash = createHash('sha256').update(bytes).digest('hex')
      const pages: StoredPage[] = []
      const dir = imagesDir(path.join(this.#deps.dir, record.batch.id))
      const job = { kind: 'prepare' as const, name, source: { bytes }, itemId, dir }
      await this.#deps.runner.prepare(job, (page) => pages.push(page))
      const [first] = pages
      const outcome = first?.outcome
      const item = findItem(record.batch, itemId)
      if (!outcome?.ok || !item) return
      const { width, height, mime, bytes: size, image, thumb } = outcome
      const counted = first && first.pages > 1 ? { pages: first.pages } : {}
      const data = { ...record.privateOf(itemId), image, thumb }
      await record.update(
        (batch) =>
          putItems(batch, [
            { ...item, image: { width, height, mime, bytes: size, hash, revision: 1, ...counted } },
          ]),
        { [itemId]: data },
      )
    })
  }

  close(): void {
    this.#stop.abort()
    this.#queue.clear()
  }
}

import path from 'node:path'
import type { Item } from '../../../shared/batch.ts'
import { failItem, findItem, omit, putItems, removeItems } from '../../../shared/batch-changes.ts'
import type { DroppedSource } from '../../../shared/ipc/contract.ts'
import { ok, type Result } from '../../../shared/result.ts'
import { collectSources, describeLeftOut, type CollectedSource } from '../../intake/collect-sources.ts'
import { parseUrls } from '../../intake/parse-urls.ts'
import { imagesDir } from '../journal/batch-folder.ts'
import type { BatchRecord } from '../batch-record.ts'
import type { PrivateItem } from '../journal/journal-line.ts'
import {
  describeRejected,
  hashUrl,
  hasItem,
  knownHashes,
  makeFileItem,
  makeUrlItem,
  nextPosition,
  type NewItem,
  type ReadPage,
} from './new-items.ts'
import { keepPasted } from './pasted-bytes.ts'
import type { ServiceDeps } from '../service-deps.ts'
import { storePages } from './store-pages.ts'
import { UrlCopies } from './url-copies.ts'

export type Added = {
  readonly added: number
  readonly duplicates: number
}

/**
 * Brings images into batches: items appear at once in one change, then each is read, checked and copied in
 * the background.
 */
export class ItemAdder {
  readonly #deps: Pick<ServiceDeps, 'dir' | 'runner' | 'fetchUrlImage' | 'events'>
  readonly #copies: UrlCopies
  readonly #preparing = new Map<string, Set<Promise<void>>>()

  constructor(deps: Pick<ServiceDeps, 'dir' | 'runner' | 'fetchUrlImage' | 'events'>) {
    this.#deps = deps
    this.#copies = new UrlCopies(deps)
  }

  /**
   * Resolves when the items are on disk and the duplicates are known; reading the images goes on after that.
   */
  async addSources(record: BatchRecord, dropped: readonly DroppedSource[]): Promise<Result<Added>> {
    const { sources, leftOut } = await collectSources(dropped)
    if (leftOut.length > 0) this.#deps.events.onNotice({ tone: 'info', message: describeLeftOut(leftOut) })
    const fresh = await keepPasted(this.#makeItems(record, sources), this.#imagesOf(record))
    const saved = await saveNew(record, fresh)
    const work = this.#dropDuplicates(record, fresh)
    this.#track(
      record,
      work.then(({ kept }) => this.#prepareAll(record, kept)),
    )
    const { duplicates } = await work
    return saved.ok ? ok({ added: fresh.length - duplicates, duplicates }) : saved
  }

  async addUrls(record: BatchRecord, lines: readonly string[]): Promise<Result<Added>> {
    const { urls, rejected } = parseUrls(lines)
    if (rejected.length > 0)
      this.#deps.events.onNotice({ tone: 'problem', message: describeRejected(rejected) })
    const known = knownHashes(record)
    const fresh: NewItem[] = []
    let position = nextPosition(record)
    for (const parsed of urls) {
      const hash = hashUrl(parsed)
      if (known.has(hash)) continue
      known.add(hash)
      fresh.push(makeUrlItem(position, parsed, hash))
      position += 1
    }
    const saved = await saveNew(record, fresh)
    for (const { item, data } of fresh)
      if (data.url !== undefined) this.#copies.fetch(record, item.id, data.url)
    return saved.ok ? ok({ added: fresh.length, duplicates: urls.length - fresh.length }) : saved
  }

  /** Goes on with what a restart interrupted. */
  resume(record: BatchRecord): void {
    this.#readAgain(record, (item) => item.state === 'preparing')
  }

  /** Reads files again that could not be read the first time; answers whether there were any. */
  async retry(record: BatchRecord, itemIds: readonly string[]): Promise<boolean> {
    const wanted = new Set(itemIds)
    const isUnread = (item: Item) =>
      item.state === 'error' && item.source.kind === 'file' && !item.image && wanted.has(item.id)
    const items = record.batch.items.filter(
      (item) => isUnread(item) && this.#fileOf(record, record.privateOf(item.id)) !== undefined,
    )
    if (items.length === 0) return false
    const ids = new Set(items.map(({ id }) => id))
    await record.update((batch) =>
      putItems(
        batch,
        items.map((item) => ({ ...omit(item, 'error'), state: 'preparing' as const })),
      ),
    )
    this.#readAgain(record, (item) => ids.has(item.id))
    return true
  }

  #readAgain(record: BatchRecord, isWanted: (item: Item) => boolean): void {
    const open = record.batch.items.filter(isWanted).flatMap((item) => {
      const data = record.privateOf(item.id)
      const file = this.#fileOf(record, data)
      return file === undefined ? [] : [{ item, data, source: { path: file } }]
    })
    if (open.length === 0) return
    this.#track(
      record,
      this.#dropDuplicates(record, open).then(({ kept }) => this.#prepareAll(record, kept)),
    )
  }

  /** Resolves when no file of the batch is being read. */
  async whenIdle(batchId: string): Promise<void> {
    for (let work = this.#preparing.get(batchId); work?.size; work = this.#preparing.get(batchId))
      await Promise.all([...work])
  }

  close(): void {
    this.#copies.close()
  }

  #makeItems(record: BatchRecord, collected: readonly CollectedSource[]): NewItem[] {
    const first = nextPosition(record)
    return collected.map((source, index) => makeFileItem(first + index, source))
  }

  #track(record: BatchRecord, work: Promise<void>): void {
    const { id } = record.batch
    const all = this.#preparing.get(id) ?? new Set()
    this.#preparing.set(id, all)
    const tracked = work.finally(() => all.delete(tracked))
    all.add(tracked)
  }

  async #dropDuplicates(
    record: BatchRecord,
    fresh: readonly NewItem[],
  ): Promise<{ kept: NewItem[]; duplicates: number }> {
    const hashed = await Promise.all(
      fresh.map(async (entry) => ({
        entry,
        result: entry.source
          ? await this.#deps.runner.hash({ kind: 'hash', name: entry.item.source.name, source: entry.source })
          : undefined,
      })),
    )
    const freshIds = new Set(fresh.map(({ item }) => item.id))
    const known = knownHashes(record, freshIds)
    const kept: NewItem[] = []
    const duplicates: string[] = []
    const failed: Item[] = []
    for (const { entry, result } of hashed) {
      if (!result) continue
      if ('error' in result)
        failed.push(failItem(findItem(record.batch, entry.item.id) ?? entry.item, result.error))
      else if (known.has(result.hash)) duplicates.push(entry.item.id)
      else {
        known.add(result.hash)
        kept.push({ ...entry, data: { ...entry.data, hash: result.hash } })
      }
    }
    await record.update(
      (batch) =>
        putItems(
          removeItems(batch, duplicates),
          failed.filter(({ id }) => hasItem(record, id)),
        ),
      Object.fromEntries(kept.map(({ item, data }) => [item.id, data])),
    )
    return { kept, duplicates: duplicates.length }
  }

  async #prepareAll(record: BatchRecord, fresh: readonly NewItem[]): Promise<void> {
    const pages: ReadPage[] = []
    let timer: NodeJS.Timeout | undefined
    // One after the other, so that the last one waited for is the end of all.
    let stored = Promise.resolve()
    const release = () => {
      clearTimeout(timer)
      timer = undefined
      const ready = pages.splice(0)
      stored = stored.then(() => storePages(record, ready, this.#imagesOf(record)))
      return stored
    }
    await Promise.all(
      fresh.map(async (base) => {
        if (!base.source) return
        const { id, source } = base.item
        const job = {
          kind: 'prepare' as const,
          name: source.name,
          source: base.source,
          itemId: id,
          dir: this.#imagesOf(record),
        }
        const error = await this.#deps.runner.prepare(job, (page) => {
          pages.push({ page, base })
          timer ??= setTimeout(() => void release(), FILL_INTERVAL_MS)
        })
        if (error)
          pages.push({ base, page: { page: 1, pages: 1, itemId: id, outcome: { ok: false, error } } })
      }),
    )
    await release()
  }

  /** Where an item's bytes can be read again. */
  #fileOf(record: BatchRecord, data: PrivateItem): string | undefined {
    return data.pasted === undefined ? data.path : path.join(this.#imagesOf(record), data.pasted)
  }

  #imagesOf(record: BatchRecord): string {
    return imagesDir(path.join(this.#deps.dir, record.batch.id))
  }
}

/** Pages that became ready within this time travel as one change. */
const FILL_INTERVAL_MS = 40

/** Puts new items, with what the page must not see of them, on disk in one change. */
function saveNew(record: BatchRecord, fresh: readonly NewItem[]): Promise<Result<void>> {
  const items = fresh.map(({ item }) => item)
  return record.update(
    (batch) => putItems(batch, items),
    Object.fromEntries(fresh.map(({ item, data }) => [item.id, data])),
  )
}

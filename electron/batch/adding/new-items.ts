import { createHash } from 'node:crypto'
import type { Item } from '../../../shared/batch.ts'
import { failItem, findItem } from '../../../shared/batch-changes.ts'
import { makeItemId, makeKey, positionOf } from '../../../shared/item-keys.ts'
import type { CollectedSource } from '../../intake/collect-sources.ts'
import type { IntakeSource, StoredPage } from '../../intake/intake-job.ts'
import type { ParsedUrl } from '../../intake/parse-urls.ts'
import type { BatchRecord } from '../batch-record.ts'
import type { PrivateItem } from '../journal/journal-line.ts'

export type NewItem = {
  readonly item: Item
  readonly data: PrivateItem
  readonly source?: IntakeSource
}

/** A page that was read, and the item of its file. */
export type ReadPage = { readonly page: StoredPage; readonly base: NewItem }

/** The item of one page; a file with several gets one item each, right after one another. */
export function makePageItem({ item }: NewItem, { page, pages, itemId }: StoredPage): Item {
  if (pages === 1) return item
  return {
    ...item,
    id: itemId,
    key: makeKey(positionOf(item.id), item.source.name, page),
    source: { kind: 'file', name: item.source.name, page },
  }
}

export function makeFileItem(position: number, source: CollectedSource): NewItem {
  const item = newItem(position, { kind: 'file', name: source.name })
  if (source.kind === 'problem') return { item: failItem(item, source.error), data: {} }
  if (source.kind === 'path') return { item, data: { path: source.path }, source: { path: source.path } }
  return { item, data: {}, source: { bytes: source.bytes } }
}

export function makeUrlItem(position: number, parsed: ParsedUrl, hash: string): NewItem {
  const item = newItem(position, { kind: 'url', name: parsed.name, url: parsed.shown })
  if (parsed.error) return { item: failItem(item, parsed.error), data: { hash } }
  return {
    item: { ...item, state: 'ready' },
    data: { hash, ...(parsed.url === undefined ? {} : { url: parsed.url }) },
  }
}

function newItem(position: number, source: Item['source']): Item {
  return {
    id: makeItemId(position),
    key: makeKey(position, source.name),
    source,
    state: 'preparing',
    overrides: {},
    flagged: false,
    accepted: false,
  }
}

export function nextPosition(record: BatchRecord): number {
  const ids = [...record.batch.items.map(({ id }) => id), ...record.removedItems.keys()]
  return 1 + ids.reduce((max, id) => Math.max(max, positionOf(id)), 0)
}

export function knownHashes(record: BatchRecord, except: ReadonlySet<string> = new Set()): Set<string> {
  const hashes = record.batch.items
    .filter(({ id }) => !except.has(id))
    .map(({ id }) => record.privateOf(id).hash)
  return new Set(hashes.filter((hash) => hash !== undefined))
}

export function hashUrl(parsed: ParsedUrl): string {
  return createHash('sha256')
    .update(parsed.url ?? parsed.shown)
    .digest('hex')
}

export function hasItem(record: BatchRecord, itemId: string): boolean {
  return findItem(record.batch, itemId) !== undefined
}

export function describeRejected(rejected: readonly string[]): string {
  const first = (rejected[0] ?? '').slice(0, 60)
  return rejected.length === 1
    ? `“${first}” is not the address of an image.`
    : `${rejected.length} lines are not addresses of images, the first: “${first}”.`
}

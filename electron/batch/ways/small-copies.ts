import path from 'node:path'
import { LIMITS } from '../../../shared/protocol-limits.ts'
import type { Item } from '../../../shared/batch.ts'
import { changeItems } from '../../../shared/batch-changes.ts'
import { imagesDir } from '../journal/batch-folder.ts'
import type { BatchRecord } from '../batch-record.ts'
import { base64Length, MAX_DATA_URI_BYTES } from './choose-way.ts'
import type { PrivateItem } from '../journal/journal-line.ts'
import type { ServiceDeps } from '../service-deps.ts'

/** True for an image that only a smaller copy of it can bring into a data URI. */
export function needsCopy({ image }: Item): boolean {
  return image !== undefined && base64Length(image.bytes) > LIMITS.base64.sent
}

/** False when it was tried before and no readable copy was small enough. */
export function canShrink(record: BatchRecord, item: Item): boolean {
  const known = knownCopy(record, item)
  return known === undefined || known.copy !== undefined
}

/**
 * Makes the smaller copies that data URIs of these items need, and notes at each item what will be sent, on disk before it resolves.
 * Answers the items of which there is no readable copy.
 */
export async function makeCopies(
  record: BatchRecord,
  items: readonly Item[],
  deps: Pick<ServiceDeps, 'dir' | 'runner'>,
): Promise<Item[]> {
  const wanted = items.filter((item) => item.sentAs === 'data_uri' && needsCopy(item))
  if (wanted.length === 0) return []
  const made = await Promise.all(
    wanted.map(
      async (item) => [item.id, knownCopy(record, item) ?? (await shrink(record, item, deps))] as const,
    ),
  )
  const copies = new Map(made)
  await record.update(
    (batch) =>
      changeItems(batch, (item) => {
        const copy = copies.get(item.id)?.copy
        if (!copy || item.state !== 'pending') return item
        const { width, height, bytes, mime } = copy
        return { ...item, sentCopy: { width, height, bytes, mime } }
      }),
    Object.fromEntries(made.map(([id, small]) => [id, { ...record.privateOf(id), small }])),
  )
  return wanted.filter(({ id }) => copies.get(id)?.copy === undefined)
}

async function shrink(
  record: BatchRecord,
  item: Item,
  deps: Pick<ServiceDeps, 'dir' | 'runner'>,
): Promise<NonNullable<PrivateItem['small']>> {
  const { image } = record.privateOf(item.id)
  const isWhole = hasRegion(record, item)
  const copy =
    image === undefined
      ? undefined
      : await deps.runner.shrink({
          kind: 'shrink',
          name: item.source.name,
          image,
          dir: imagesDir(path.join(deps.dir, record.batch.id)),
          maxBytes: MAX_DATA_URI_BYTES,
          mayScale: !isWhole,
        })
  return { revision: item.image?.revision ?? 0, isWhole, ...(copy ? { copy } : {}) }
}

function knownCopy(record: BatchRecord, item: Item): PrivateItem['small'] {
  const { small } = record.privateOf(item.id)
  const isCurrent = small?.revision === item.image?.revision && small?.isWhole === hasRegion(record, item)
  return isCurrent ? small : undefined
}

/** A region is given in pixels of the whole image, so that image must keep its size. */
function hasRegion(record: BatchRecord, { overrides }: Item): boolean {
  return (overrides.region ?? record.batch.options.region) !== undefined
}

import path from 'node:path'
import type { Item, ItemImage } from '../../../shared/batch.ts'
import { findItem, putItems, removeItems } from '../../../shared/batch-changes.ts'
import { makePartId, makePartKey } from '../../../shared/item-keys.ts'
import { effectiveOptions } from '../../../shared/merge-options.ts'
import type { Region } from '../../../shared/option-values.ts'
import { forgetAnswered } from '../../../shared/outstanding.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { BatchRecord } from '../batch-record.ts'
import { invalid } from '../invalid-call.ts'
import { imagesDir } from '../journal/batch-folder.ts'
import type { PrivateItem } from '../journal/journal-line.ts'
import type { ServiceDeps } from '../service-deps.ts'

/**
 * Puts in place of an item one for each region of its image, which it reads alone: those given, else the blocks of ink within what was to
 * be read. All share the stored image. Answers their ids; the item itself can be restored until the app ends.
 */
export async function splitItem(
  record: BatchRecord,
  itemId: string,
  given: readonly Region[] | undefined,
  deps: Pick<ServiceDeps, 'dir' | 'runner'>,
): Promise<Result<{ itemIds: string[] }>> {
  const regions = given ?? (await proposeRegions(record, itemId, deps))
  // As it stands now: looking for blocks took time.
  const item = findItem(record.batch, itemId)
  const { image } = item ?? {}
  if (!item || !image) return invalid('There is no image that could be split.')
  if (item.state === 'pending')
    return invalid('The image is being read; it can be split when the answer is there.')
  if (regions.length < 2) return invalid('Only one block of ink was found in this image.')
  if (!regions.every((region) => isInside(region, image)))
    return invalid('A region lies outside of the image.')
  const parts = makeParts(record, item, regions)
  const { path: file, url, hash, image: stored, thumb } = record.privateOf(itemId)
  const own: PrivateItem = { path: file, url, hash, image: stored, thumb }
  record.removedItems.set(itemId, item)
  for (const { id } of parts) record.removedItems.delete(id)
  const saved = await record.update(
    (batch) => putItems(removeItems(forgetAnswered(batch, [item]), [itemId]), parts),
    Object.fromEntries(parts.map(({ id }) => [id, own])),
  )
  return saved.ok ? ok({ itemIds: parts.map(({ id }) => id) }) : saved
}

async function proposeRegions(
  record: BatchRecord,
  itemId: string,
  { dir, runner }: Pick<ServiceDeps, 'dir' | 'runner'>,
): Promise<Region[]> {
  const item = findItem(record.batch, itemId)
  const { image } = record.privateOf(itemId)
  if (!item?.image || image === undefined) return []
  const folder = imagesDir(path.join(dir, record.batch.id))
  const blocks = await runner.findBlocks({ kind: 'blocks', name: item.source.name, image, dir: folder })
  const { region } = effectiveOptions(record.batch.options, item.overrides)
  return blocks
    .map(({ left, top, right, bottom }) => ({
      top_left_x: left,
      top_left_y: top,
      width: right - left,
      height: bottom - top,
    }))
    .filter((block) => region === undefined || hasMiddleOf(region, block))
}

function makeParts(record: BatchRecord, item: Item, regions: readonly Region[]): Item[] {
  const taken = new Set(record.batch.items.map(({ id }) => id))
  const keys = new Set(record.batch.items.map(({ key }) => key))
  let index = -1
  return regions.map((region) => {
    do index += 1
    while (taken.has(makePartId(item.id, index)) || keys.has(makePartKey(item.key, index)))
    return {
      id: makePartId(item.id, index),
      key: makePartKey(item.key, index),
      source: item.source,
      state: 'ready',
      image: item.image,
      overrides: { ...item.overrides, region },
      flagged: false,
      accepted: false,
    }
  })
}

function hasMiddleOf({ top_left_x, top_left_y, width, height }: Region, block: Region): boolean {
  const x = block.top_left_x + block.width / 2 - top_left_x
  const y = block.top_left_y + block.height / 2 - top_left_y
  return x >= 0 && x <= width && y >= 0 && y <= height
}

function isInside({ top_left_x, top_left_y, width, height }: Region, image: ItemImage): boolean {
  return (
    top_left_x >= 0 &&
    top_left_y >= 0 &&
    width > 0 &&
    height > 0 &&
    top_left_x + width <= image.width &&
    top_left_y + height <= image.height
  )
}

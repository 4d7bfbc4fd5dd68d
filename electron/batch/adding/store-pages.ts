import type { Item } from '../../../shared/batch.ts'
import { failItem, findItem, omit, putItems } from '../../../shared/batch-changes.ts'
import { syncFolder } from '../../../node/write-whole-file.ts'
import type { BatchRecord } from '../batch-record.ts'
import type { PrivateItem } from '../journal/journal-line.ts'
import { makePageItem, type ReadPage } from './new-items.ts'
import { dropPasted } from './pasted-bytes.ts'

/** Puts pages that were read into their batch, as one change. */
export async function storePages(
  record: BatchRecord,
  pages: readonly ReadPage[],
  dir: string,
): Promise<void> {
  if (pages.length === 0) return
  // The images are on disk by name before the batch counts on them.
  await syncFolder(dir)
  const items: Item[] = []
  const data: Record<string, PrivateItem> = {}
  for (const { page, base } of pages) {
    // As it is now: it may have been renamed, flagged or given options while it was being read. Removed: its pages go with it.
    const current = findItem(record.batch, base.item.id)
    if (!current) continue
    const item = makePageItem({ ...base, item: current }, page)
    const { outcome } = page
    if (outcome.ok) {
      const { width, height, mime, bytes, image, thumb } = outcome
      items.push({
        ...item,
        state: 'ready',
        image: { width, height, mime, bytes, hash: base.data.hash ?? '', revision: 1 },
      })
      data[item.id] = { ...omit(base.data, 'pasted'), image, thumb }
    } else {
      items.push(failItem(item, outcome.error))
      data[item.id] = base.data
    }
  }
  const saved = await record.update((batch) => putItems(batch, items), data)
  if (saved.ok) await Promise.all(pages.map((page) => dropPasted(page, dir)))
}

import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { NewItem, ReadPage } from './new-items.ts'

/**
 * Pasted bytes are nowhere else: they are on disk before the item is, so that an end of the app does not lose
 * them. On a disk that is full they stay in memory only.
 */
export async function keepPasted(fresh: readonly NewItem[], dir: string): Promise<NewItem[]> {
  return Promise.all(
    fresh.map(async (entry) => {
      if (!entry.source || !('bytes' in entry.source)) return entry
      const pasted = `${entry.item.id}.pasted`
      try {
        await writeFile(path.join(dir, pasted), entry.source.bytes, { flush: true })
        return { ...entry, data: { ...entry.data, pasted } }
      } catch {
        return entry
      }
    }),
  )
}

/** Away with them once the last page of theirs is a picture of its own. */
export async function dropPasted({ page, base }: ReadPage, dir: string): Promise<void> {
  const { pasted } = base.data
  if (pasted === undefined || !page.outcome.ok || page.page < page.pages) return
  await rm(path.join(dir, pasted), { force: true }).catch(() => undefined)
}

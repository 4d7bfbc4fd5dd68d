import type { Item } from './batch.ts'

export type MaybePages = Pick<Item, 'result' | 'image'>

/** How many pages a file behind an address has, of which engines read the first; undefined where nothing is left unread. */
export function countUnreadPages({ result, image }: MaybePages): number | undefined {
  const pages = result?.num_pages ?? image?.pages ?? 1
  return pages > 1 ? pages : undefined
}

/** The same in plain words. */
export function describeUnreadPages(item: MaybePages): string | undefined {
  const pages = countUnreadPages(item)
  if (pages === undefined) return undefined
  return `Only page 1 of ${String(pages)} is read: behind an address, engines look at the first page. Add the file itself, and each page becomes an image.`
}

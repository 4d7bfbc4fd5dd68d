import type { Item } from './batch.ts'

export type MaybeUnread = Pick<Item, 'result' | 'image'>

/** What of an image nobody read, though all that was read may be right. */
export type UnreadPart = 'unread_pages' | 'unread_words'

/** The pages behind the first, of which engines read no more; words in a language that the engine has no data for. */
export function findUnread(item: MaybeUnread): UnreadPart | undefined {
  if (countPages(item) > 1) return 'unread_pages'
  return item.result?.unread_words === undefined ? undefined : 'unread_words'
}

/** The same in plain words; undefined where nothing is left unread. */
export function describeUnread(item: MaybeUnread): string | undefined {
  const pages = countPages(item)
  const sentences = [
    ...(pages > 1
      ? [
          `Only page 1 of ${String(pages)} is read: behind an address, engines look at the first page. Add the file itself, and each page becomes an image.`,
        ]
      : []),
    ...(item.result?.unread_words === undefined ? [] : [item.result.unread_words]),
  ]
  return sentences.length === 0 ? undefined : sentences.join(' ')
}

function countPages({ result, image }: MaybeUnread): number {
  return result?.num_pages ?? image?.pages ?? 1
}

import path from 'node:path'
import type { Item } from '../../shared/batch.ts'
import { toShown } from '../intake/raw-path.ts'

/**
 * What each image is called in the output, by id: its file as seen from `cwd`, or its address without the values of its query.
 * Where several would be called the same, for instance addresses that differ only in what is hidden, they are numbered.
 */
export function nameImages(
  items: readonly Item[],
  pathOf: (itemId: string) => string | undefined,
  cwd: string,
): ReadonlyMap<string, string> {
  const plain = items.map((item) => [item.id, nameImage(item, pathOf(item.id), cwd)] as const)
  const totals = new Map<string, number>()
  for (const [, name] of plain) totals.set(name, (totals.get(name) ?? 0) + 1)
  const seen = new Map<string, number>()
  return new Map(
    plain.map(([id, name]) => {
      const number = (seen.get(name) ?? 0) + 1
      seen.set(name, number)
      return [id, totals.get(name) === 1 ? name : `${name} (${String(number)})`]
    }),
  )
}

function nameImage(item: Item, file: string | undefined, cwd: string): string {
  if (item.source.kind === 'url') return item.source.url
  const relative = file === undefined ? item.source.name : path.relative(cwd, file)
  const shown = toShown(file !== undefined && relative.startsWith('..') ? file : relative)
  return item.source.page === undefined ? shown : `${shown} (page ${String(item.source.page)})`
}

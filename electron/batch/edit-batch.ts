import type { Item } from '../../shared/batch.ts'
import { changeItems, removeItems } from '../../shared/batch-changes.ts'
import { toKey } from '../../shared/item-keys.ts'
import { restoreItems, setItemOptions } from '../../shared/item-rules.ts'
import { forgetAnswered } from '../../shared/outstanding.ts'
import type { OcrOptions } from '../../shared/parameters.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { BatchRecord } from './batch-record.ts'
import { separateCallbackSecrets } from './callback-secrets.ts'
import { isBegunIn } from './sending/control-batch.ts'
import { areTooLarge } from './journal/fit-for-disk.ts'
import { invalid } from './invalid-call.ts'

/** Answers the items as they were; they can be put back until the app ends. */
export async function takeOut(record: BatchRecord, itemIds: readonly string[]): Promise<Result<Item[]>> {
  const gone = new Set(itemIds)
  const removed = record.batch.items.filter(({ id }) => gone.has(id))
  for (const item of removed) record.removedItems.set(item.id, item)
  const saved = await record.update((batch) => removeItems(forgetAnswered(batch, removed), itemIds))
  return saved.ok ? ok(removed) : saved
}

export function putBack(record: BatchRecord, itemIds: readonly string[]): Promise<Result<void>> {
  const items = itemIds.flatMap((id) => record.removedItems.get(id) ?? [])
  for (const { id } of items) record.removedItems.delete(id)
  return record.update((batch) => restoreItems(batch, items, isBegunIn(record)))
}

/** Header values of a callback stay here; the options hold stand-ins. */
export function setOptions(record: BatchRecord, options: OcrOptions): Promise<Result<void>> {
  if (areTooLarge(options)) return Promise.resolve(invalid(OPTIONS_TOO_LARGE))
  const separated = separateCallbackSecrets(options, record.callbackHeaders)
  record.setCallbackHeaders(separated.headers)
  return record.update((batch) => ({ ...batch, options: separated.options }))
}

/** Only while the item is not on its way: the key is the name under which its answer comes. */
export async function renameItem(record: BatchRecord, itemId: string, text: string): Promise<Result<void>> {
  const key = toKey(text)
  if (key === undefined) return invalid('A key needs at least one letter or digit.')
  const { items } = record.batch
  if (items.some((item) => item.key === key && item.id !== itemId)) {
    return invalid('Another image has this key already.')
  }
  if (items.some((item) => item.id === itemId && item.state === 'pending')) {
    return invalid('The image is on its way; its key can be changed when the answer is there.')
  }
  return record.update((batch) =>
    changeItems(batch, (item) => (item.id === itemId ? { ...item, key } : item)),
  )
}

/** Options of some images alone. */
export function setOwnOptions(
  record: BatchRecord,
  itemIds: readonly string[],
  set: OcrOptions,
  reset: readonly string[],
): Promise<Result<void>> {
  if (areTooLarge(set)) return Promise.resolve(invalid(OPTIONS_TOO_LARGE))
  return record.update((batch) => setItemOptions(batch, itemIds, set, reset))
}

const OPTIONS_TOO_LARGE = 'These options are too long or nested too deep to be kept.'

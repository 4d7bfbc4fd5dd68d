import type { Item } from '../../../shared/batch.ts'
import { failItem, omit } from '../../../shared/batch-changes.ts'
import type { AppError } from '../../../shared/errors.ts'
import type { OcrOptions } from '../../../shared/parameters.ts'
import { isTooDeep } from '../../cut-depth.ts'

/** Characters of one item in the journal. Results with the data of every word stay far below a million. */
export const MAX_ITEM_CHARS = 8_000_000
const MAX_OPTIONS_CHARS = 1_000_000

const fitting = new WeakSet<Item>()

/** The item as it can be written: what cannot be kept of it goes, so that the others of its batch are kept. */
export function fitForDisk(item: Item): Item {
  if (fitting.has(item)) return item
  const fit = [(whole: Item) => whole, withoutEarlier, withoutAnswer]
    .map((reduce) => reduce(item))
    .find((reduced) => sizeOf(reduced) <= MAX_ITEM_CHARS)
  const kept = fit ?? bare(item)
  fitting.add(kept)
  return kept
}

function withoutEarlier(item: Item): Item {
  return omit(item, 'previousResults')
}

function withoutAnswer(item: Item): Item {
  return failItem(omit(item, 'previousResults', 'result'), NOT_KEPT)
}

function bare(item: Item): Item {
  return { ...omit(withoutAnswer(item), 'edit'), overrides: {} }
}

/** Characters as JSON; infinite for what cannot be written as that. */
export function sizeOf(value: unknown): number {
  try {
    return JSON.stringify(value).length
  } catch {
    return Infinity
  }
}

/** Options come as JSON from the user: deeper or longer ones would keep the whole batch from being saved. */
export function areTooLarge(options: OcrOptions): boolean {
  return isTooDeep(options) || sizeOf(options) > MAX_OPTIONS_CHARS
}

const NOT_KEPT: AppError = {
  kind: 'unexpected_response',
  message: 'The answer for this image is too large to be kept.',
}

import type { Item } from '../../shared/batch.ts'
import { describeError } from '../../shared/describe-error.ts'
import {
  COPY_FORMATS,
  RESULT_FORMATS,
  type CopyFormat,
  type ResultFormat,
} from '../../shared/output-formats.ts'
import { getApi } from '../api.ts'
import { countOf } from './batch-state.ts'
import { useBatches } from './batches.ts'
import { saveDraft } from './edit-latex.ts'
import { explainLeftovers } from './explain-leftovers.ts'
import { moveBy } from './move.ts'
import { focusList, requestCaret, useReview } from './review-actions.ts'
import { runCall } from './run-call.ts'
import { useSettings } from './settings.ts'
import { currentLatex } from './shown-latex.ts'
import { requestRun } from './start-run.ts'
import { chooseOtherEngine } from '../../shared/other-engine.ts'
import { showToast } from './toasts.ts'
import { rememberChange } from './undo.ts'

const itemsOf = (ids: Iterable<string>): Item[] => {
  const { items } = useBatches.getState()
  return [...ids].flatMap((id) => items.get(id) ?? [])
}

/** Copies what stands for the images, in drop order, and says what it did. The format is remembered. */
export async function copyItems(ids: ReadonlySet<string>, format?: CopyFormat): Promise<void> {
  const { settings } = useSettings.getState()
  const wanted = format ?? settings.copyFormat
  const copied = await copy(ids, wanted)
  if (copied === undefined) return
  const { name } = COPY_FORMATS[wanted]
  if (copied.copied === 0) showToast({ tone: 'info', message: 'There is no LaTeX to copy yet.' })
  else showToast({ tone: 'info', message: `Copied ${countOf(copied.copied, 'formula')} as ${name}` })
  if (copied.problems.length > 0)
    showToast({ tone: 'problem', message: explainLeftovers(copied.problems, name) })
  if (wanted !== settings.copyFormat) {
    useSettings.setState({ settings: { ...settings, copyFormat: wanted } })
    await runCall(getApi().setSettings({ copyFormat: wanted }))
  }
}

/** Main writes the clipboard from what it has, so what is being typed goes there first. */
async function copy(ids: Iterable<string>, format: CopyFormat | ResultFormat) {
  const { head } = useBatches.getState()
  if (!head) return undefined
  const itemIds = [...ids]
  await Promise.all(itemIds.map((id) => saveDraft(id)))
  return (await runCall(getApi().copyItems({ batchId: head.id, itemIds, format })))?.value
}

export async function copyAll(): Promise<void> {
  await copyItems(new Set(useBatches.getState().order))
}

/** Copies what the engine said of one image, all fields. */
export async function copyResult({ id }: Item): Promise<void> {
  const copied = await copy([id], 'json')
  if (copied?.copied) showToast({ tone: 'info', message: `Copied the result as ${RESULT_FORMATS.json.name}` })
}

/** Copies what became of each image that was run, one line of JSON each, in drop order. */
export async function copyResultLines(): Promise<void> {
  const copied = await copy(useBatches.getState().order, 'jsonl')
  if (copied === undefined) return
  const message =
    copied.copied === 0
      ? 'There are no results to copy yet.'
      : `Copied ${countOf(copied.copied, 'result')} as ${RESULT_FORMATS.jsonl.name}`
  showToast({ tone: 'info', message })
}

const MARKS = { flagged: ['Flagged', 'Unflagged'], accepted: ['Accepted', 'Took back'] } as const

/** Sets a mark, as one change that can be undone. */
async function mark(ids: Iterable<string>, name: keyof typeof MARKS, value: boolean): Promise<void> {
  const { head } = useBatches.getState()
  const itemIds = itemsOf(ids)
    .filter((item) => item[name] !== value)
    .map(({ id }) => id)
  if (!head || itemIds.length === 0) return
  const set = (to: boolean) => runCall(getApi().reviewItems({ batchId: head.id, itemIds, [name]: to }))
  const label = `${MARKS[name][value ? 0 : 1]} ${countOf(itemIds.length, 'image')}`
  if (await set(value)) rememberChange({ label, undo: () => set(!value), redo: () => set(value) })
}

/** Flags all of them, or takes the flags off when all have one. */
export async function toggleFlags(ids: ReadonlySet<string>): Promise<void> {
  const items = itemsOf(ids)
  await mark(ids, 'flagged', !items.every(({ flagged }) => flagged))
}

/** Accepts the finished ones among them. */
async function acceptItems(ids: ReadonlySet<string>): Promise<void> {
  await Promise.all([...ids].map((id) => saveDraft(id)))
  const finished = itemsOf(ids).filter(({ state }) => state === 'completed')
  await mark(
    finished.map(({ id }) => id),
    'accepted',
    true,
  )
}

export async function unacceptItem(id: string): Promise<void> {
  await mark([id], 'accepted', false)
}

export async function acceptAndNext(): Promise<void> {
  const { currentId, selectedIds } = useReview.getState()
  if (currentId === undefined) return
  const accepted = acceptItems(selectedIds.size > 1 ? selectedIds : new Set([currentId]))
  moveBy(1)
  await accepted
}

/** As from the list, and the next is edited at once; where that has no LaTeX the list has the focus again. */
export async function acceptAndEditNext(): Promise<void> {
  const accepted = acceptAndNext()
  const { currentId = '' } = useReview.getState()
  if (itemsOf([currentId]).some((item) => currentLatex(item) !== undefined)) requestCaret()
  else focusList()
  await accepted
}

export const canRetry = ({ state }: Item): boolean => state === 'completed' || state === 'error'
export const canCancel = ({ state }: Item): boolean => state === 'pending'

/** Runs items again; edits stay. Only items that an engine can read again are sent. */
export function retryItems(ids: Iterable<string>): void {
  const again = itemsOf(ids).filter(canRetry)
  if (again.length > 0) requestRun({ itemIds: again.map(({ id }) => id) })
}

/** Whether another engine can be asked about it as well. */
export const canAskOther = ({ state, result }: Item): boolean => state === 'completed' && result !== undefined

/** Has the other engine read items too; both answers are kept, and the batch stays with its own engine. */
export function askOtherEngine(ids: Iterable<string>): void {
  const { head } = useBatches.getState()
  const itemIds = itemsOf(ids)
    .filter(canAskOther)
    .map(({ id }) => id)
  if (!head || itemIds.length === 0) return
  requestRun({ itemIds, engine: chooseOtherEngine(head, useSettings.getState().settings.engine) })
}

/** Stops those of the items that are under way; the others go on. */
export async function cancelItems(ids: Iterable<string>): Promise<void> {
  const { head } = useBatches.getState()
  const itemIds = itemsOf(ids)
    .filter(canCancel)
    .map(({ id }) => id)
  if (head && itemIds.length > 0) await runCall(getApi().cancelItems({ batchId: head.id, itemIds }))
}

/** Whether a failed item may succeed when it is run again. */
export function isRetryable(item: Item): boolean {
  return item.state === 'error' && item.error !== undefined && describeError(item.error).isRetryable
}

/** Whether it shows an image of which parts can be read by themselves. */
export const canSplit = ({ image, state }: Item): boolean => image !== undefined && state !== 'pending'

/** Makes an item of each block of ink of the first of the items, and offers to take that back. */
export async function splitItem(ids: ReadonlySet<string>): Promise<void> {
  const { head, order } = useBatches.getState()
  const item = itemsOf(order.filter((id) => ids.has(id))).find(canSplit)
  if (!head || !item) return
  const batchId = head.id
  const split = await runCall(getApi().splitItem({ batchId, itemId: item.id }))
  if (!split) return
  const { itemIds } = split.value
  const exchange = async (gone: string[], back: string[]) => {
    if (await runCall(getApi().removeItems({ batchId, itemIds: gone })))
      await runCall(getApi().restoreItems({ batchId, itemIds: back }))
  }
  const change = {
    label: `Split into ${countOf(itemIds.length, 'image')}`,
    undo: () => exchange(itemIds, [item.id]),
    redo: () => exchange([item.id], itemIds),
  }
  rememberChange(change, true)
}

/** Removes items and offers to put them back. */
export async function removeItems(ids: ReadonlySet<string>): Promise<void> {
  const { head } = useBatches.getState()
  if (!head || ids.size === 0) return
  const batchId = head.id
  const removed = await runCall(getApi().removeItems({ batchId, itemIds: [...ids] }))
  if (!removed || removed.value.length === 0) return
  const itemIds = removed.value.map(({ id }) => id)
  const change = {
    label: `Removed ${countOf(itemIds.length, 'image')}`,
    undo: () => runCall(getApi().restoreItems({ batchId, itemIds })),
    redo: () => runCall(getApi().removeItems({ batchId, itemIds })),
  }
  rememberChange(change, true)
}

/** The items that a command is for: the whole selection when there is one, else the one under review. */
export function targetIds(): ReadonlySet<string> {
  const { currentId, selectedIds } = useReview.getState()
  if (selectedIds.size > 1) return selectedIds
  return new Set(currentId === undefined ? [] : [currentId])
}

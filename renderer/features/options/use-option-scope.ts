import { useMemo, useState } from 'react'
import type { Item } from '../../../shared/batch.ts'
import type { OcrOptions } from '../../../shared/parameters.ts'
import { effectiveOptions } from '../../../shared/merge-options.ts'
import { concerns } from '../../../shared/option-rules.ts'
import { getApi } from '../../api.ts'
import { saveOptions, showBatch, useBatches } from '../../stores/batches.ts'
import { useReview } from '../../stores/review-actions.ts'
import { runCall } from '../../stores/run-call.ts'
import { applyPatch, withoutUndefined, type OptionName, type OptionPatch } from './apply-patch.ts'
import { findConflicts, type Conflict } from './find-conflicts.ts'

/** What the form edits: the batch's options, or those of the selected images, with one shape for both. */
export type OptionScope = {
  readonly kind: 'batch' | 'items'
  /** Another one for other images: fields with half-typed text start afresh with it. */
  readonly id: string
  /** Effective values; for several images those of the first. */
  readonly options: OcrOptions
  /** Members that these images have of their own. Always empty for the batch. */
  readonly overridden: ReadonlySet<string>
  /** Members in which the selected images differ. */
  readonly mixed: ReadonlySet<string>
  /** Why the last change was not taken; else what of the images' own size the options contradict. */
  readonly conflicts: readonly Conflict[]
  readonly change: (patch: OptionPatch) => void
  readonly reset: (names: readonly OptionName[]) => void
}

/** The form over the batch or over images; a change that contradicts is refused and stays refused on screen until the next one. */
export function useOptionScope(kind: 'batch' | 'items'): OptionScope {
  const head = useBatches(({ head }) => head)
  const items = useTargets(kind)
  const [refused, setRefused] = useState<readonly Conflict[]>([])
  const batchOptions = useMemo(() => head?.options ?? {}, [head])
  const view = useMemo(() => viewOptions(batchOptions, items), [batchOptions, items])
  const outside = useMemo(() => findOutside(batchOptions, items), [batchOptions, items])

  const change = (patch: OptionPatch) => {
    if (!head) return
    const targets = kind === 'batch' ? [{ overrides: {} }] : items
    const found = targets.flatMap((item: Partial<Item>) =>
      findConflicts(applyPatch(batchOptions, item.overrides ?? {}, patch, kind), item.image),
    )
    // What the change itself did not touch is left for the field in question to say.
    const caused = found.filter(({ member }) => Object.keys(patch).some((name) => concerns(name, member)))
    setRefused(caused.map(({ member, reason }) => ({ member, reason: `Not changed: ${reason}` })))
    if (caused.length > 0) return
    void save(head.id, kind === 'batch' ? undefined : items.map((item) => item.id), patch)
  }
  const reset = (names: readonly OptionName[]) => {
    // The names of the formats depend on the behaviour, so they go back together.
    const all = names.includes('ocr_behavior') ? [...names, 'formats'] : names
    change(Object.fromEntries(all.map((name) => [name, undefined])))
  }
  const id = kind === 'batch' ? kind : items.map((item) => item.id).join(' ')
  return { kind, id, ...view, conflicts: refused.length > 0 ? refused : outside, change, reset }
}

/** Regions outside of their images: a region may be set before the size of its image is known. Each reason once. */
function findOutside(batchOptions: OcrOptions, items: readonly Item[]): readonly Conflict[] {
  const found = items.flatMap(({ overrides, image }) =>
    image ? findConflicts(effectiveOptions(batchOptions, overrides), image) : [],
  )
  const byReason = new Map(
    found.filter(({ member }) => member === 'region').map((conflict) => [conflict.reason, conflict]),
  )
  return [...byReason.values()]
}

function useTargets(kind: 'batch' | 'items'): readonly Item[] {
  const items = useBatches(({ items }) => items)
  const currentId = useReview(({ currentId }) => currentId)
  const selectedIds = useReview(({ selectedIds }) => selectedIds)
  return useMemo(() => {
    if (kind === 'batch') return []
    const ids = selectedIds.size > 1 ? [...selectedIds] : [currentId ?? '']
    return ids.flatMap((id) => items.get(id) ?? [])
  }, [kind, items, currentId, selectedIds])
}

function viewOptions(batchOptions: OcrOptions, items: readonly Item[]) {
  const effective = items.map(({ overrides }) => effectiveOptions(batchOptions, overrides))
  const names = new Set(items.flatMap(({ overrides }) => Object.keys(overrides)))
  const first = effective[0]
  const mixed = [...names].filter((name) =>
    effective.some((options) => JSON.stringify(options[name]) !== JSON.stringify(first?.[name])),
  )
  return { options: first ?? batchOptions, overridden: names, mixed: new Set(mixed) }
}

async function save(
  batchId: string,
  itemIds: readonly string[] | undefined,
  patch: OptionPatch,
): Promise<void> {
  const api = getApi()
  // The state of this moment: results may have come since the form was drawn.
  const { head, items } = useBatches.getState()
  if (head?.id !== batchId) return
  const options = itemIds ? head.options : applyPatch(head.options, {}, patch, 'batch')
  const changed = (itemIds ?? [])
    .flatMap((id) => items.get(id) ?? [])
    .map((item) => ({ ...item, overrides: withoutUndefined({ ...item.overrides, ...patch }) }))
  const isSaved = await saveOptions(
    { head: { ...head, options }, items: changed, removedItemIds: [] },
    async () => {
      if (!itemIds) return (await runCall(api.setBatchOptions({ batchId, options }))) !== undefined
      const reset = Object.keys(patch).filter((name) => patch[name] === undefined)
      return (
        (await runCall(
          api.setItemOptions({ batchId, itemIds: [...itemIds], set: withoutUndefined(patch), reset }),
        )) !== undefined
      )
    },
  )
  if (isSaved) return
  // What was shown did not hold: back to what the main process has.
  const kept = await runCall(api.openBatch({ batchId }))
  if (kept && useBatches.getState().head?.id === batchId) showBatch(kept.value)
}

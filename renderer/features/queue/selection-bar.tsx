import { Copy, Flag, RotateCcw, Trash2, X } from 'lucide-react'
import { IconButton } from '../../components/button.tsx'
import {
  cancelItems,
  copyItems,
  removeItems,
  retryItems,
  targetIds,
  toggleFlags,
} from '../../stores/item-actions.ts'
import { useBatches } from '../../stores/batches.ts'
import { useReview } from '../../stores/review.ts'

/** What can be done with several images at once; shown only while several are selected. */
export function SelectionBar() {
  const selectedIds = useReview(({ selectedIds }) => selectedIds)
  const hasPending = useBatches(({ items }) =>
    [...selectedIds].some((id) => items.get(id)?.state === 'pending'),
  )
  const count = selectedIds.size
  if (count < 2) return null
  return (
    <div className="selection-bar" role="toolbar" aria-label="Selection">
      <span className="number selection-count">{count} selected</span>
      <IconButton label="Copy selected" shortcut="C" onClick={() => void copyItems(targetIds())}>
        <Copy className="icon" aria-hidden />
      </IconButton>
      <IconButton label="Flag selected" shortcut="F" onClick={() => void toggleFlags(targetIds())}>
        <Flag className="icon" aria-hidden />
      </IconButton>
      <IconButton label="Run selected again" shortcut="R" onClick={() => retryItems(targetIds())}>
        <RotateCcw className="icon" aria-hidden />
      </IconButton>
      {hasPending ? (
        <IconButton label="Cancel selected" shortcut="X" onClick={() => void cancelItems(targetIds())}>
          <X className="icon" aria-hidden />
        </IconButton>
      ) : null}
      <IconButton label="Remove selected" shortcut="Del" onClick={() => void removeItems(targetIds())}>
        <Trash2 className="icon" aria-hidden />
      </IconButton>
    </div>
  )
}

import { useState } from 'react'
import type { Item } from '../../../shared/batch.ts'
import { getApi } from '../../api.ts'
import { useBatches } from '../../stores/batches.ts'
import { runCall } from '../../stores/run-call.ts'

/** The key of the image under review; a click makes it a field. Enter or leaving the field renames, Escape does not. */
export function ItemName({ item }: { readonly item: Item }) {
  const [typed, setTyped] = useState<string>()
  const batchId = useBatches(({ head }) => head?.id)
  const rename = async () => {
    const key = typed?.trim()
    setTyped(undefined)
    if (!key || key === item.key || batchId === undefined) return
    await runCall(getApi().renameItem({ batchId, itemId: item.id, key }))
  }
  if (typed === undefined) {
    return (
      <button
        type="button"
        className="item-name ellipsis"
        title={`${item.source.name}: click to rename`}
        aria-label={`Rename ${item.key}`}
        onClick={() => setTyped(item.key)}
      >
        {item.key}
      </button>
    )
  }
  return (
    <input
      className="field item-name-field"
      aria-label="Key"
      autoFocus
      spellCheck={false}
      maxLength={200}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={() => void rename()}
      onKeyDown={(event) => {
        if (event.key === 'Enter') void rename()
        if (event.key === 'Escape') setTyped(undefined)
      }}
    />
  )
}

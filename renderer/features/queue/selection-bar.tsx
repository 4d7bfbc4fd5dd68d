import { CommandButton, commandsOf } from '../../commands/command-button.tsx'
import { COMMANDS } from '../../commands/commands.ts'
import { useBatches } from '../../stores/batches.ts'
import { useReview } from '../../stores/review-actions.ts'

/** What can be done with several images at once; shown only while several are selected. */
export function SelectionBar() {
  const selectedIds = useReview(({ selectedIds }) => selectedIds)
  const items = useBatches(({ items }) => items)
  const count = selectedIds.size
  if (count < 2) return null
  const selected = [...selectedIds].flatMap((id) => items.get(id) ?? [])
  return (
    <div className="selection-bar" role="toolbar" aria-label="Selection">
      <span className="number selection-count">{count} selected</span>
      {commandsOf('selection').map((name) => {
        const { label, labelOfSelection = label, isFor } = COMMANDS[name]
        if (isFor && !selected.some(isFor)) return null
        return <CommandButton key={name} name={name} label={labelOfSelection} />
      })}
    </div>
  )
}

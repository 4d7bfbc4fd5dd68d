import type { BatchSummary } from '../../../shared/batch.ts'
import { CommandItems } from '../../commands/command-button.tsx'
import { MenuButton, MenuItem, MenuLine } from '../../components/menu.tsx'
import { useBatches } from '../../stores/batches.ts'
import { openBatch } from '../../stores/connect.ts'

const MOST_LISTED = 30

/** The name of the open batch, and the way to the others. */
export function BatchMenu() {
  const name = useBatches(({ head }) => head?.name) ?? 'New batch'
  const openId = useBatches(({ head }) => head?.id)
  const summaries = useBatches(({ summaries }) => summaries)
  const others = summaries.filter(({ id }) => id !== openId)
  const latestFirst = [...others].sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
  return (
    <MenuButton
      name={`Batch: ${name}`}
      look="quiet"
      className="batch-button"
      label={<span className="ellipsis batch-name">{name}</span>}
    >
      <CommandItems menu="batch" />
      {latestFirst.length > 0 ? <MenuLine /> : null}
      {latestFirst.slice(0, MOST_LISTED).map((summary) => (
        <MenuItem
          key={summary.id}
          note={describeSummary(summary)}
          onSelect={() => void openBatch(summary.id)}
        >
          {summary.name}
        </MenuItem>
      ))}
    </MenuButton>
  )
}

function describeSummary({ completed, total, isRunning, isPaused }: BatchSummary): string {
  if (isPaused) return `${completed} of ${total}, paused`
  return isRunning ? `${completed} of ${total}…` : `${total}`
}

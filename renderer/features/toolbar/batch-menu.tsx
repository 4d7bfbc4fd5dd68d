import { Braces, FilePlus2, Pencil, Trash2 } from 'lucide-react'
import type { BatchSummary } from '../../../shared/batch.ts'
import { MenuButton, MenuItem, MenuLine } from '../../components/menu.tsx'
import { useBatches } from '../../stores/batches.ts'
import { createBatch, openBatch } from '../../stores/connect.ts'
import { openDialog } from '../../stores/dialogs.ts'
import { copyResultLines } from '../../stores/item-actions.ts'

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
      <MenuItem icon={<FilePlus2 className="icon" aria-hidden />} onSelect={() => void createBatch()}>
        New batch
      </MenuItem>
      <MenuItem
        icon={<Pencil className="icon" aria-hidden />}
        disabled={openId === undefined}
        onSelect={() => openDialog({ kind: 'rename' })}
      >
        Rename…
      </MenuItem>
      <MenuItem
        icon={<Braces className="icon" aria-hidden />}
        disabled={openId === undefined}
        onSelect={() => void copyResultLines()}
      >
        Copy results as JSON lines
      </MenuItem>
      <MenuItem
        icon={<Trash2 className="icon" aria-hidden />}
        disabled={openId === undefined}
        onSelect={() => openDialog({ kind: 'delete' })}
      >
        Delete…
      </MenuItem>
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

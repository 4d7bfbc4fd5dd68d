import { CommandButton } from '../../commands/command-button.tsx'
import { useBatches } from '../../stores/batches.ts'
import { useReview } from '../../stores/review-actions.ts'
import { AddMenu } from './add-menu.tsx'
import { BatchMenu } from './batch-menu.tsx'
import { ConvertButton } from './convert-button.tsx'
import { EngineSwitch } from './engine-switch.tsx'
import { PauseButton } from './pause-button.tsx'
import { RunProgress } from './run-progress.tsx'

/** The top zone. Without images there is nothing to add to or to convert, so it holds only what leads elsewhere. */
export function Toolbar() {
  const isEmpty = useBatches(({ order }) => order.length === 0)
  const name = useBatches(({ head }) => head?.name)
  return (
    <header className="toolbar" aria-label="Toolbar">
      {isEmpty ? null : <h1 className="visually-hidden">{name}</h1>}
      <BatchMenu />
      {isEmpty ? null : <AddMenu />}
      <div className="toolbar-gap" />
      {isEmpty ? null : <RunProgress />}
      <PauseButton />
      <EngineSwitch />
      {isEmpty ? null : <ConvertButton />}
      {isEmpty ? null : <OptionsToggle />}
      <CommandButton name="settings" />
    </header>
  )
}

function OptionsToggle() {
  const isOpen = useReview(({ isOptionsOpen }) => isOptionsOpen)
  return <CommandButton name="options" aria-pressed={isOpen} />
}

import { CommandButton, useTooltip } from '../../commands/command-button.tsx'
import { Button } from '../../components/button.tsx'
import { useView, zoomToFit } from '../../stores/view.ts'

type ZoomControlsProps = {
  /** Whether doubted signs are marked; absent where there are none. */
  readonly areDoubtsShown: boolean | undefined
}

/** Picture and formula grow and shrink together. */
export function ZoomControls({ areDoubtsShown }: ZoomControlsProps) {
  const zoom = useView(({ zoom }) => zoom)
  return (
    <div className="zoom-controls" role="group" aria-label="Picture">
      {areDoubtsShown === undefined ? null : (
        <CommandButton name="show_doubts" aria-pressed={areDoubtsShown} />
      )}
      <CommandButton name="zoom_out" />
      <Button look="quiet" className="number zoom-fit" title={useTooltip('zoom_fit')} onClick={zoomToFit}>
        {zoom === 1 ? 'Fit' : `${Math.round(zoom * 100)} %`}
      </Button>
      <CommandButton name="zoom_in" />
    </div>
  )
}

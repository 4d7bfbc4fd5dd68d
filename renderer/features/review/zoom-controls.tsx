import { CommandButton, useTooltip } from '../../commands/command-button.tsx'
import { Button } from '../../components/button.tsx'
import { useLooking, zoomToFit } from '../../stores/view.ts'

type ZoomControlsProps = {
  /** Whether doubted signs are marked; absent where there are none. */
  readonly areDoubtsShown: boolean | undefined
  readonly hasFormula: boolean
}

const COMPARISONS = ['overlay', 'blink', 'difference'] as const

/** Picture and formula grow and shrink together. */
export function ZoomControls({ areDoubtsShown, hasFormula }: ZoomControlsProps) {
  const { zoom, comparison } = useLooking()
  return (
    <div className="zoom-controls" role="group" aria-label="Picture">
      {areDoubtsShown === undefined ? null : (
        <CommandButton name="show_doubts" aria-pressed={areDoubtsShown} />
      )}
      {hasFormula
        ? COMPARISONS.map((name) => (
            <CommandButton key={name} name={name} aria-pressed={comparison === name} />
          ))
        : null}
      <CommandButton name="zoom_out" />
      <Button look="quiet" className="number zoom-fit" title={useTooltip('zoom_fit')} onClick={zoomToFit}>
        {zoom === 1 ? 'Fit' : `${Math.round(zoom * 100)} %`}
      </Button>
      <CommandButton name="zoom_in" />
    </div>
  )
}

import { ZoomIn, ZoomOut } from 'lucide-react'
import { CommandButton } from '../../commands/command-button.tsx'
import { Button, IconButton } from '../../components/button.tsx'
import { stepZoom } from './zoom.ts'

type ZoomControlsProps = {
  readonly zoom: number
  readonly onZoom: (zoom: number) => void
  /** Whether doubted signs are marked; absent where there are none. */
  readonly areDoubtsShown: boolean | undefined
}

/** Picture and formula grow and shrink together. */
export function ZoomControls({ zoom, onZoom, areDoubtsShown }: ZoomControlsProps) {
  return (
    <div className="zoom-controls" role="group" aria-label="Picture">
      {areDoubtsShown === undefined ? null : (
        <CommandButton name="show_doubts" aria-pressed={areDoubtsShown} />
      )}
      <IconButton label="Zoom out" onClick={() => onZoom(stepZoom(zoom, -1))}>
        <ZoomOut className="icon" aria-hidden />
      </IconButton>
      <Button look="quiet" className="number zoom-fit" title="Fit" onClick={() => onZoom(1)}>
        {zoom === 1 ? 'Fit' : `${Math.round(zoom * 100)} %`}
      </Button>
      <IconButton label="Zoom in" onClick={() => onZoom(stepZoom(zoom, 1))}>
        <ZoomIn className="icon" aria-hidden />
      </IconButton>
    </div>
  )
}

import { ZoomIn, ZoomOut } from 'lucide-react'
import { Button, IconButton } from '../../components/button.tsx'
import { stepZoom } from './zoom.ts'

type ZoomControlsProps = { readonly zoom: number; readonly onZoom: (zoom: number) => void }

/** Picture and formula grow and shrink together. */
export function ZoomControls({ zoom, onZoom }: ZoomControlsProps) {
  return (
    <div className="zoom-controls" role="group" aria-label="Zoom">
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

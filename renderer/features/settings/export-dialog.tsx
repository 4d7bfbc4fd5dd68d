import { useState, type SubmitEvent } from 'react'
import {
  DOCUMENT_FORMAT_NAMES,
  DOCUMENT_FORMATS,
  type DocumentFormat,
} from '../../../shared/output-formats.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { countOf } from '../../stores/batch-state.ts'
import { useBatches } from '../../stores/batches.ts'
import { exportItems } from '../../stores/export-items.ts'
import { useSettings } from '../../stores/settings.ts'

type ExportDialogProps = { readonly itemIds?: readonly string[]; readonly onClose: () => void }

/** Chooses what is saved; where, the system asks. */
export function ExportDialog({ itemIds, onClose }: ExportDialogProps) {
  const remembered = useSettings(({ settings }) => settings.exportFormat)
  const total = useBatches(({ order }) => order.length)
  const [format, setFormat] = useState<DocumentFormat>(remembered)
  const save = (event: SubmitEvent) => {
    event.preventDefault()
    onClose()
    void exportItems(format, itemIds)
  }
  return (
    <Dialog title={`Export ${countOf(itemIds?.length ?? total, 'image')}`} onClose={onClose}>
      <form className="form" onSubmit={save}>
        <fieldset className="choices">
          <legend className="visually-hidden">Format</legend>
          {DOCUMENT_FORMAT_NAMES.map((name) => (
            <label key={name} className="choice">
              <input
                type="radio"
                name="format"
                value={name}
                checked={name === format}
                onChange={() => setFormat(name)}
                aria-label={DOCUMENT_FORMATS[name].name}
                aria-describedby={`about-${name}`}
              />
              <span>
                {DOCUMENT_FORMATS[name].name}
                <span id={`about-${name}`} className="meta">
                  {DOCUMENT_FORMATS[name].about}
                </span>
              </span>
            </label>
          ))}
        </fieldset>
        <div className="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit">
            Export…
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

import { useState, type SubmitEvent } from 'react'
import { EngineChoice } from '../../../shared/settings.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { setEngine } from '../toolbar/engine-switch.tsx'

/** The address of a server of one's own that speaks the same protocol. */
export function ServerDialog({ onClose }: { readonly onClose: () => void }) {
  const [baseUrl, setBaseUrl] = useState('https://')
  const choice = EngineChoice.safeParse({ kind: 'mathpix', baseUrl: baseUrl.trim().replace(/\/+$/, '') })
  const save = (event: SubmitEvent) => {
    event.preventDefault()
    if (!choice.success) return
    onClose()
    void setEngine(choice.data)
  }
  return (
    <Dialog title="Own server" onClose={onClose}>
      <form className="form" onSubmit={save}>
        <label className="labelled">
          Address
          <input
            className="field"
            inputMode="url"
            spellCheck={false}
            placeholder="https://ocr.example.org"
            value={baseUrl}
            onChange={(event) => setBaseUrl(event.target.value)}
          />
        </label>
        <p className="meta">
          Any server that speaks the v3 protocol of Mathpix. Your keys are sent there with every request.
        </p>
        <div className="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" disabled={!choice.success}>
            Use this server
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

import { useState, type SubmitEvent } from 'react'
import { INSECURE_SERVER, isSecureServer } from '../../../shared/secure-server.ts'
import { EngineChoice } from '../../../shared/settings.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { setEngine } from '../toolbar/engine-switch.tsx'

/** The address of a server of one's own that speaks the same protocol. */
export function ServerDialog({ onClose }: { readonly onClose: () => void }) {
  const [baseUrl, setBaseUrl] = useState('https://')
  const address = baseUrl.trim().replace(/\/+$/, '')
  const choice = EngineChoice.safeParse({ kind: 'mathpix', baseUrl: address })
  const isSecure = isSecureServer(address)
  const save = (event: SubmitEvent) => {
    event.preventDefault()
    if (!choice.success || !isSecure) return
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
          Any server that speaks the v3 protocol of Mathpix. Your keys are sent there with every request; the
          app asks before the first one.
        </p>
        {choice.success && !isSecure ? (
          <p className="note-failed" role="alert">
            {INSECURE_SERVER}
          </p>
        ) : null}
        <div className="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" disabled={!choice.success || !isSecure}>
            Use this server
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

import { useState } from 'react'
import type { Settings } from '../../../shared/settings.ts'
import { getApi } from '../../api.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { openDialog } from '../../stores/dialogs.ts'
import { runCall } from '../../stores/run-call.ts'
import { useSettings } from '../../stores/settings.ts'
import { PaceSettings } from './pace-settings.tsx'
import { SpendingSettings } from './spending-settings.tsx'

async function change(patch: Partial<Settings>): Promise<void> {
  const saved = await runCall(getApi().setSettings(patch))
  if (saved) useSettings.setState({ settings: saved.value })
}

/** Every change holds at once; there is nothing to confirm. */
export function SettingsDialog({ onClose }: { readonly onClose: () => void }) {
  const settings = useSettings(({ settings }) => settings)
  const version = useSettings(({ appInfo }) => appInfo.version)
  return (
    <Dialog title="Settings" onClose={onClose}>
      <div className="form">
        <label className="labelled">
          Theme
          <select
            className="field"
            value={settings.theme}
            onChange={(event) => void change({ theme: event.target.value as Settings['theme'] })}
          >
            <option value="system">As the system</option>
            <option value="light">Light</option>
            <option value="dark">Dark</option>
          </select>
        </label>
        <label className="check">
          <input
            type="checkbox"
            checked={settings.singleKeyShortcuts}
            onChange={(event) => void change({ singleKeyShortcuts: event.target.checked })}
          />
          Single-letter keys in the list of images
        </label>
        <SpendingSettings onChange={(patch) => void change(patch)} />
        <PaceSettings onChange={(patch) => void change(patch)} />
        <PublicAddress value={settings.publicBaseUrl} />
        <div>
          <Button onClick={() => openDialog({ kind: 'keys' })}>Mathpix keys…</Button>
        </div>
        <div className="dialog-actions">
          {version ? <span className="left meta number">Formulift {version}</span> : null}
          <Button onClick={() => openDialog({ kind: 'help' })}>Show keys</Button>
          <Button look="primary" onClick={onClose}>
            Close
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

/** Kept when the field is left and holds nothing or an https address. */
function PublicAddress({ value }: { readonly value: string }) {
  const [typed, setTyped] = useState(value)
  const address = typed.trim()
  const isValid = address === '' || (/^https:\/\//i.test(address) && URL.canParse(address))
  return (
    <label className="labelled">
      Public address of the built-in file host
      <input
        className="field"
        inputMode="url"
        spellCheck={false}
        placeholder="https://my-tunnel.example.org"
        aria-invalid={!isValid}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => isValid && address !== value && void change({ publicBaseUrl: address })}
      />
      <span className="meta">
        {isValid
          ? 'A tunnel to it, from where Mathpix can fetch your files. Leave it empty to send them inside the request.'
          : 'Has to begin with https://'}
      </span>
    </label>
  )
}

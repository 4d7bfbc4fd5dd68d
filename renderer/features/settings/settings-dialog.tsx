import type { Settings } from '../../../shared/settings.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { openDialog } from '../../stores/dialogs.ts'
import { changeSettings, useSettings } from '../../stores/settings.ts'
import { LookSettings } from './look-settings.tsx'
import { PaceSettings } from './pace-settings.tsx'
import { PublicAddress } from './public-address.tsx'
import { SpendingSettings } from './spending-settings.tsx'

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
            onChange={(event) => void changeSettings({ theme: event.target.value as Settings['theme'] })}
          >
            <option value="system">As the system</option>
            <option value="light">Light</option>
            <option value="dark">Dark</option>
          </select>
        </label>
        <div className="settings-keys">
          <label className="check">
            <input
              type="checkbox"
              checked={settings.singleKeyShortcuts}
              onChange={(event) => void changeSettings({ singleKeyShortcuts: event.target.checked })}
            />
            Single-letter keys in the list of images
          </label>
          <Button onClick={() => openDialog({ kind: 'help' })}>Keyboard…</Button>
        </div>
        <LookSettings onChange={(patch) => void changeSettings(patch)} />
        <SpendingSettings onChange={(patch) => void changeSettings(patch)} />
        <PaceSettings onChange={(patch) => void changeSettings(patch)} />
        <PublicAddress value={settings.publicBaseUrl} onChange={(patch) => void changeSettings(patch)} />
        <div>
          <Button onClick={() => openDialog({ kind: 'keys' })}>Mathpix keys…</Button>
        </div>
        <div className="dialog-actions">
          {version ? <span className="left meta number">Formulift {version}</span> : null}
          <Button look="primary" onClick={onClose}>
            Close
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

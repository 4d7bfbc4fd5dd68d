import type { Settings } from '../../../shared/settings.ts'
import { getApi } from '../../api.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { openDialog } from '../../stores/dialogs.ts'
import { runCall } from '../../stores/run-call.ts'
import { useSettings } from '../../stores/settings.ts'
import { PaceSettings } from './pace-settings.tsx'
import { PublicAddress } from './public-address.tsx'
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
        <PublicAddress value={settings.publicBaseUrl} onChange={(patch) => void change(patch)} />
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

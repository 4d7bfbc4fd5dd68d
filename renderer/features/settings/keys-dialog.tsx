import { useState, type SubmitEvent } from 'react'
import type { CredentialsStatus } from '../../../shared/settings.ts'
import { describeError } from '../../../shared/describe-error.ts'
import { getApi } from '../../api.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { useBatches } from '../../stores/batches.ts'
import { runCall } from '../../stores/run-call.ts'
import { useSettings } from '../../stores/settings.ts'

type KeysDialogProps = { readonly onClose: () => void; readonly onSaved?: () => void }

/** Takes keys and hands them on. What is stored never comes back to the page: only that it is there, and where. */
export function KeysDialog({ onClose, onSaved }: KeysDialogProps) {
  const credentials = useSettings(({ credentials }) => credentials)
  const [app_id, setAppId] = useState('')
  const [app_key, setAppKey] = useState('')
  const isComplete = app_id.trim() !== '' && app_key.trim() !== ''
  const save = async (event: SubmitEvent) => {
    event.preventDefault()
    if (!isComplete) return
    const saved = await runCall(getApi().setCredentials({ app_id: app_id.trim(), app_key: app_key.trim() }))
    if (!saved) return
    useSettings.setState({ credentials: saved.value })
    onClose()
    onSaved?.()
  }
  const remove = async () => {
    const cleared = await runCall(getApi().clearCredentials())
    if (cleared) useSettings.setState({ credentials: cleared.value })
  }
  return (
    <Dialog title="Mathpix keys" onClose={onClose}>
      <p>{describeStorage(credentials)}</p>
      <p className="meta">{describeServers(credentials)}</p>
      <form className="form" onSubmit={(event) => void save(event)}>
        <label className="labelled">
          app_id
          <input
            className="field"
            value={app_id}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setAppId(event.target.value)}
          />
        </label>
        <label className="labelled">
          app_key
          <input
            className="field"
            type="password"
            role="textbox"
            value={app_key}
            autoComplete="off"
            onChange={(event) => setAppKey(event.target.value)}
          />
        </label>
        {credentials.hasCredentials ? <ConnectionTest /> : null}
        <div className="dialog-actions">
          {credentials.hasCredentials && credentials.storage !== 'environment' ? (
            <Button className="left" onClick={() => void remove()}>
              Remove keys
            </Button>
          ) : null}
          <Button onClick={onClose}>Close</Button>
          <Button look="primary" type="submit" disabled={!isComplete}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function describeStorage({ hasCredentials, storage, canStore }: CredentialsStatus): string {
  if (!hasCredentials) {
    return canStore
      ? 'Keys are kept in the keychain of this computer.'
      : 'This computer has no keychain that can be used: keys are kept for this run only.'
  }
  switch (storage) {
    case 'keychain':
      return 'Keys are stored in the keychain of this computer. New ones replace them.'
    case 'environment':
      return 'The keys come from MATHPIX_APP_ID and MATHPIX_APP_KEY in the environment. Keys entered here go first.'
    case 'session':
    case 'none':
      return 'Keys are set for this run only: this computer has no keychain that can be used. New ones replace them.'
  }
}

function describeServers({ servers }: CredentialsStatus): string {
  const rule = 'Before keys go to a server for the first time, the app asks.'
  return servers.length === 0 ? rule : `They may go to ${servers.join(', ')}. ${rule}`
}

/** Asks the server whether it takes the stored keys. */
function ConnectionTest() {
  const engine = useBatches(({ head }) => head?.engine)
  const standard = useSettings(({ settings }) => settings.engine)
  const [outcome, setOutcome] = useState<{ readonly isOk: boolean; readonly words: string }>()
  const [isTesting, setTesting] = useState(false)
  const test = async () => {
    setTesting(true)
    const result = await getApi().testConnection({ engine: engine ?? standard })
    setTesting(false)
    if (result.ok) setOutcome({ isOk: true, words: result.value.message })
    else {
      const { title, hint } = describeError(result.error)
      setOutcome({ isOk: false, words: `${title}. ${hint}` })
    }
  }
  return (
    <div className="connection-test">
      <Button disabled={isTesting} onClick={() => void test()}>
        {isTesting ? 'Testing…' : 'Test connection'}
      </Button>
      {outcome ? <span className={outcome.isOk ? 'note-done' : 'note-failed'}>{outcome.words}</span> : null}
    </div>
  )
}

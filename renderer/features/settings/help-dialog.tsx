import { RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { describeChord } from '../../commands/chord.ts'
import { COMMAND_NAMES, COMMANDS, describeCommand, type CommandName } from '../../commands/commands.ts'
import { chooseKey, keyOf, refuseKey } from '../../commands/keys.ts'
import { Button, IconButton } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { changeSettings, useSettings } from '../../stores/settings.ts'
import { KeyField } from './key-field.tsx'

/** Every command with its keys. One key of each command of the list is the user's to choose; a change holds at once. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const settings = useSettings(({ settings }) => settings)
  const [recording, setRecording] = useState<CommandName>()
  const hasOwn = Object.keys(settings.keys).length > 0
  return (
    <Dialog title="Keyboard" onClose={onClose}>
      <p className="meta">
        Press a key’s button to choose another one. Single letters work while the list of images has the focus
        {settings.singleKeyShortcuts ? '' : ' and are switched off now'}; keys with Ctrl work everywhere.
      </p>
      <ul className="keys" aria-label="Commands">
        {COMMAND_NAMES.map((name) => (
          <KeyRow
            key={name}
            name={name}
            isRecording={recording === name}
            onRecord={(isOn) => setRecording(isOn ? name : undefined)}
          />
        ))}
      </ul>
      <div className="dialog-actions">
        <Button className="left" disabled={!hasOwn} onClick={() => void changeSettings({ keys: {} })}>
          Reset all keys
        </Button>
        <Button look="primary" onClick={onClose}>
          Close
        </Button>
      </div>
    </Dialog>
  )
}

type KeyRowProps = {
  readonly name: CommandName
  readonly isRecording: boolean
  readonly onRecord: (isOn: boolean) => void
}

function KeyRow({ name, isRecording, onRecord }: KeyRowProps) {
  const settings = useSettings(({ settings }) => settings)
  const { fixedKeys = [], key: usual, place = 'list', run } = COMMANDS[name]
  const words = describeCommand(name)
  const change = (chord: string | undefined) =>
    void changeSettings({ keys: chooseKey(name, chord, settings.keys) })
  return (
    <li className="key-row">
      <span>{words}</span>
      <span className="key-group">
        {settings.keys[name] === undefined ? null : (
          <IconButton
            label={`Reset the key of ${words}`}
            title={`Back to ${usual === undefined ? 'no key' : describeChord(usual)}`}
            onClick={() => change(usual)}
          >
            <RotateCcw className="icon" aria-hidden />
          </IconButton>
        )}
        {fixedKeys.map((chord) => (
          <kbd key={chord}>{describeChord(chord)}</kbd>
        ))}
        {place === 'list' && run ? (
          <KeyField
            words={words}
            chord={keyOf(name, settings)}
            isRecording={isRecording}
            onRecord={onRecord}
            refuse={(chord) => refuseKey(name, chord, settings)}
            onChange={change}
          />
        ) : null}
      </span>
    </li>
  )
}

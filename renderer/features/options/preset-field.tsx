import { Trash2 } from 'lucide-react'
import { useState, type SubmitEvent } from 'react'
import { isPreset, patchToPreset, presetOptions, PRESETS, type Preset } from '../../../shared/presets.ts'
import type { Settings } from '../../../shared/settings.ts'
import { getApi } from '../../api.ts'
import { Button, IconButton } from '../../components/button.tsx'
import { runCall } from '../../stores/run-call.ts'
import { useSettings } from '../../stores/settings.ts'
import type { OptionScope } from './use-option-scope.ts'

const LAST = 'As on the last run'
const OTHER = 'Other options'

/** What the images are, as most people would say it: a choice that sets all options at once. Own ones have names. */
export function PresetField({ scope }: { readonly scope: OptionScope }) {
  const own = useSettings(({ settings }) => settings.presets)
  const last = useSettings(({ settings }) => settings.lastOptions)
  const presets = listPresets(own, last)
  const chosen = presets.find(({ options }) => isPreset(scope.options, options))
  const choose = (name: string) => {
    const preset = presets.find((preset) => preset.name === name)
    if (preset) scope.change(patchToPreset(scope.options, preset.options))
  }
  return (
    <div className="option" role="group" aria-label="Presets">
      <label className="labelled">
        <span className="option-label">The images are</span>
        <span className="preset-row">
          <select
            className="field"
            aria-label="Preset"
            value={chosen?.name ?? OTHER}
            onChange={(event) => choose(event.target.value)}
          >
            {presets.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
            {chosen ? null : <option>{OTHER}</option>}
          </select>
          {chosen && own.some(({ name }) => name === chosen.name) ? (
            <IconButton label={`Delete preset ${chosen.name}`} onClick={() => void deletePreset(chosen.name)}>
              <Trash2 className="icon" aria-hidden />
            </IconButton>
          ) : null}
        </span>
      </label>
      <p className="meta">{chosen?.says ?? 'They are set under “All options”.'}</p>
      {chosen ? null : <SavePreset scope={scope} />}
    </div>
  )
}

function SavePreset({ scope }: { readonly scope: OptionScope }) {
  const [name, setName] = useState('')
  const save = (event: SubmitEvent) => {
    event.preventDefault()
    if (name.trim() !== '') void savePreset(name.trim(), scope)
  }
  return (
    <form className="preset-row" onSubmit={save}>
      <input
        className="field"
        aria-label="Name of the preset"
        placeholder="Name"
        maxLength={60}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" disabled={name.trim() === ''}>
        Save as preset
      </Button>
    </form>
  )
}

/** Own ones may take the name of another; then they stand for it. */
function listPresets(own: Settings['presets'], last: Settings['lastOptions']): readonly Preset[] {
  const listed = [
    ...PRESETS,
    ...own.map((preset) => ({ ...preset, says: 'A preset of your own.' })),
    ...(last ? [{ name: LAST, says: 'What was set when you last converted.', options: last }] : []),
  ]
  return [...new Map(listed.map((preset) => [preset.name, preset])).values()]
}

async function savePreset(name: string, scope: OptionScope): Promise<void> {
  const { presets } = useSettings.getState().settings
  const others = presets.filter((preset) => preset.name !== name)
  await change([...others, { name, options: presetOptions(scope.options) }])
}

async function deletePreset(name: string): Promise<void> {
  await change(useSettings.getState().settings.presets.filter((preset) => preset.name !== name))
}

async function change(presets: Settings['presets']): Promise<void> {
  const saved = await runCall(getApi().setSettings({ presets }))
  if (saved) useSettings.setState({ settings: saved.value })
}

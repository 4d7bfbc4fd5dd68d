import { useState } from 'react'
import { LookBelow, type Settings } from '../../../shared/settings.ts'
import { useSettings } from '../../stores/settings.ts'

type LookSettingsProps = { readonly onChange: (patch: Partial<Settings>) => void }

/** From which confidence on a result needs no look. */
export function LookSettings({ onChange }: LookSettingsProps) {
  const lookBelow = useSettings(({ settings }) => settings.lookBelow)
  const [typed, setTyped] = useState(String(lookBelow))
  const parse = (text: string) => LookBelow.safeParse(text.trim() === '' ? Number.NaN : Number(text))
  return (
    <label className="labelled">
      Needs a look below a confidence of
      <input
        className="field number look-field"
        inputMode="decimal"
        value={typed}
        aria-invalid={!parse(typed).success}
        onChange={(event) => {
          setTyped(event.target.value)
          const parsed = parse(event.target.value)
          if (parsed.success) onChange({ lookBelow: parsed.data })
        }}
      />
      <span className="meta">
        From 0 (only what cannot be typeset) to 1 (everything). Accepted results need none.
      </span>
    </label>
  )
}

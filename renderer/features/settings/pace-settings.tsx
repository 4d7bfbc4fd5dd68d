import { useState } from 'react'
import { ImagesPerMinute, STANDARD_IMAGES_PER_MINUTE, type Settings } from '../../../shared/settings.ts'
import { useSettings } from '../../stores/settings.ts'

type PaceSettingsProps = { readonly onChange: (patch: Partial<Settings>) => void }

const PACES: Readonly<Record<string, string>> = { plan: 'Limited', none: 'As fast as it goes' }

/** How much may leave in a minute: more than the account allows is refused by the server. */
export function PaceSettings({ onChange }: PaceSettingsProps) {
  const limit = useSettings(({ settings }) => settings.imagesPerMinute)
  return (
    <fieldset className="form plain-group">
      <legend>Pace at Mathpix</legend>
      <div className="limit-row">
        <label className="labelled">
          Rate plan
          <select
            className="field"
            value={limit === null ? 'none' : 'plan'}
            onChange={(event) =>
              onChange({ imagesPerMinute: event.target.value === 'none' ? null : STANDARD_IMAGES_PER_MINUTE })
            }
          >
            {Object.entries(PACES).map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
        </label>
        {limit === null ? null : <PaceField limit={limit} onChange={onChange} />}
      </div>
      <span className="meta">
        All batches together keep to it. Mathpix names 50 images a minute for a key; your account may allow
        more.
      </span>
    </fieldset>
  )
}

type PaceFieldProps = PaceSettingsProps & { readonly limit: number }

function PaceField({ limit, onChange }: PaceFieldProps) {
  const [typed, setTyped] = useState(String(limit))
  const parse = (text: string) => ImagesPerMinute.safeParse(text.trim() === '' ? Number.NaN : Number(text))
  return (
    <label className="labelled">
      Images a minute
      <input
        className="field number"
        inputMode="numeric"
        value={typed}
        aria-invalid={!parse(typed).success}
        onChange={(event) => {
          setTyped(event.target.value)
          const parsed = parse(event.target.value)
          if (parsed.success) onChange({ imagesPerMinute: parsed.data })
        }}
      />
    </label>
  )
}

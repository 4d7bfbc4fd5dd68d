import { useState } from 'react'
import { OptionField } from './option-field.tsx'
import type { OptionScope } from './use-option-scope.ts'

const THRESHOLDS = [
  ['confidence_threshold', 'Least confidence of an image'],
  ['confidence_rate_threshold', 'Least confidence of a symbol'],
] as const

/** Below these a reading is withheld as an error instead of shown as doubtful. */
export function ThresholdFields({ scope }: { readonly scope: OptionScope }) {
  return THRESHOLDS.map(([name, label]) => {
    const value = scope.options[name]
    return (
      <OptionField key={name} scope={scope} label={label} names={[name]}>
        <NumberField
          key={`${scope.id} ${value}`}
          label={label}
          value={value}
          onChange={(next) => scope.change({ [name]: next })}
        />
      </OptionField>
    )
  })
}

type NumberFieldProps = {
  readonly label: string
  readonly value: number | undefined
  readonly onChange: (value: number | undefined) => void
}

/** Empty means no threshold. Kept when the field is left or on Enter. */
function NumberField({ label, value, onChange }: NumberFieldProps) {
  const kept = value === undefined ? '' : String(value)
  const [typed, setTyped] = useState(kept)
  const keep = () => {
    if (typed.trim() === kept) return
    if (typed.trim() === '') onChange(undefined)
    else onChange(Number(typed.replace(',', '.')))
  }
  return (
    <input
      className="field number"
      aria-label={label}
      inputMode="decimal"
      placeholder="none (0 to 1)"
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={keep}
      onKeyDown={(event) => event.key === 'Enter' && keep()}
    />
  )
}

import { useState } from 'react'
import { parameterEntries } from '../../../shared/parameters.ts'
import { OptionField } from './option-field.tsx'
import type { OptionScope } from './use-option-scope.ts'

/** Options that are a number; empty means not set. Below these a reading is withheld as an error instead of shown as doubtful. */
export function NumberFields({ scope }: { readonly scope: OptionScope }) {
  return parameterEntries.map(([name, { field }]) => {
    if (field?.kind !== 'number') return null
    const kept = scope.options[name]
    const value = typeof kept === 'number' ? kept : undefined
    return (
      <OptionField key={name} scope={scope} label={field.label} names={[name]}>
        <NumberField
          key={`${scope.id} ${value}`}
          label={field.label}
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

import { DATA_OPTIONS, FIRST_FORMATS, FORMATS, type OcrBehavior } from '../../../shared/option-values.ts'
import { parameterEntries } from '../../../shared/parameters.ts'
import { Check, OptionField } from './option-field.tsx'
import type { OptionScope } from './use-option-scope.ts'

/** What is read and what comes back. */
export function ContentFields({ scope }: { readonly scope: OptionScope }) {
  const { options, change } = scope
  const behaviour = behaviourOf(scope)
  const formats = options.formats ?? []
  const changeFormat = (format: string, isOn: boolean) => {
    const wanted = FORMATS[behaviour].filter((name) => (name === format ? isOn : formats.includes(name)))
    change({ formats: wanted })
  }
  return (
    <>
      <OptionField scope={scope} label="Behaviour" names={['ocr_behavior']}>
        <select
          className="field"
          aria-label="Behaviour"
          value={behaviour}
          onChange={(event) => {
            const chosen = event.target.value as OcrBehavior
            change({ ocr_behavior: chosen, formats: [...FIRST_FORMATS[chosen]] })
          }}
        >
          <option value="latex">one formula (latex)</option>
          <option value="text">words and formulas (text)</option>
        </select>
      </OptionField>
      <OptionField scope={scope} label="Formats" names={['formats']}>
        <div className="option-grid">
          {FORMATS[behaviour].map((format) => (
            <Check
              key={format}
              label={format}
              isOn={formats.includes(format)}
              onChange={(isOn) => changeFormat(format, isOn)}
            />
          ))}
        </div>
      </OptionField>
      {behaviour === 'text' && formats.some((name) => name === 'data' || name === 'html') ? (
        <DataField scope={scope} />
      ) : null}
      <CheckFields scope={scope} group="Spaces" />
      <CheckFields scope={scope} group="Reading" />
    </>
  )
}

function DataField({ scope }: { readonly scope: OptionScope }) {
  const chosen = scope.options.data_options ?? {}
  return (
    <OptionField scope={scope} label="Content of data and html" names={['data_options']}>
      <div className="option-grid">
        {DATA_OPTIONS.map((name) => (
          <Check
            key={name}
            label={name.replace('include_', '')}
            isOn={chosen[name] ?? false}
            onChange={(isOn) => scope.change({ data_options: { ...chosen, [name]: isOn } })}
          />
        ))}
      </div>
    </OptionField>
  )
}

type CheckFieldsProps = { readonly scope: OptionScope; readonly group: 'Spaces' | 'Reading' }

/** The options of a group that are switched on and off, as far as the behaviour has them. */
function CheckFields({ scope, group }: CheckFieldsProps) {
  const checks = parameterEntries.flatMap(([name, { field, behaviour }]) => {
    if (field?.kind !== 'check' || field.group !== group) return []
    const place = field.behaviour ?? behaviour
    return place === 'both' || place === behaviourOf(scope) ? [{ name, ...field }] : []
  })
  return (
    <OptionField scope={scope} label={group} names={checks.map(({ name }) => name)}>
      {checks.map(({ name, label, onIn, values = { on: true, off: false } }) => (
        <Check
          key={name}
          label={label}
          word={name}
          isOn={isOn(scope.options[name], values.on) ?? onIn === behaviourOf(scope)}
          onChange={(isOn) => scope.change({ [name]: isOn ? values.on : values.off })}
        />
      ))}
    </OptionField>
  )
}

const behaviourOf = ({ options }: OptionScope): OcrBehavior => options.ocr_behavior ?? 'latex'

/** Whether a value is the one for "on"; the order in a list does not count. Undefined while it is not set. */
function isOn(value: unknown, on: unknown): boolean | undefined {
  if (value === undefined) return undefined
  return Array.isArray(on) && Array.isArray(value) ? on.every((part) => value.includes(part)) : value === on
}

import { CircleAlert, Undo2 } from 'lucide-react'
import { useId, type ReactNode } from 'react'
import { Button } from '../../components/button.tsx'
import type { OptionName } from './apply-patch.ts'
import type { OptionScope } from './use-option-scope.ts'

type OptionFieldProps = {
  readonly scope: OptionScope
  readonly label: string
  /** The members of the options this field stands for. */
  readonly names: readonly OptionName[]
  readonly children: ReactNode
}

/** A field with its inheritance: grey while inherited, a dot and a way back when the image has its own, the reason when refused. */
export function OptionField({ scope, label, names, children }: OptionFieldProps) {
  const labelId = useId()
  const isOwn = names.some((name) => scope.overridden.has(name))
  const isInherited = scope.kind === 'items' && !isOwn
  const isMixed = names.some((name) => scope.mixed.has(name))
  const reasons = scope.conflicts.filter(({ member }) => names.includes(member))
  return (
    <div
      className={`option ${isInherited ? 'option-inherited' : ''}`}
      role="group"
      aria-labelledby={labelId}
      data-options={names.join(' ')}
    >
      <div className="option-head">
        <span id={labelId} className="option-label">
          {label}
        </span>
        <OptionWord names={names} label={label} />
        {isOwn ? <span className="option-dot" role="img" aria-label="set for this image" /> : null}
        {isMixed ? <span className="meta">differs</span> : null}
        {isOwn ? (
          <Button
            look="quiet"
            className="option-reset"
            aria-label={`Reset ${label}`}
            title="Back to the batch's value"
            onClick={() => scope.reset(names)}
          >
            <Undo2 className="icon" aria-hidden />
            reset
          </Button>
        ) : null}
      </div>
      {children}
      {reasons.map(({ member, reason }) => (
        <p key={member} className="note note-failed" role="alert">
          <CircleAlert className="icon" aria-hidden />
          {reason}
        </p>
      ))}
    </div>
  )
}

/** The protocol's word for an option, beside the plain one. */
export function OptionWord({ names, label }: { readonly names: readonly string[]; readonly label?: string }) {
  const [name, ...others] = names
  if (name === undefined || others.length > 0 || name === label) return null
  return (
    <code className="option-word meta" aria-hidden>
      {name}
    </code>
  )
}

type CheckProps = {
  readonly label: string
  /** The protocol's word for it, where that is another one. */
  readonly word?: string
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
}

export function Check({ label, word, isOn, onChange }: CheckProps) {
  return (
    <label className="check">
      <input type="checkbox" checked={isOn} onChange={(event) => onChange(event.target.checked)} />
      <span>
        {label} {word === undefined ? null : <OptionWord names={[word]} />}
      </span>
    </label>
  )
}

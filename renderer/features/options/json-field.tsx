import { CircleAlert } from 'lucide-react'
import { useId, useState } from 'react'
import { parameterEntries } from '../../../shared/parameters.ts'
import { patchExtra, pickExtra, readExtra, writeExtra } from './extra-options.ts'
import { OptionField } from './option-field.tsx'
import type { OptionScope } from './use-option-scope.ts'

/** Every option that has no field of its own, by its wire name: checked with each key, kept when the field is left. */
export function JsonField({ scope }: { readonly scope: OptionScope }) {
  const shown = pickExtra(scope.options)
  const own = scope.kind === 'batch' ? shown : pickOwn(shown, scope.overridden)
  const kept = writeExtra(own)
  const names = [...Object.keys(own), ...CHECKED_TOGETHER]
  return (
    <OptionField scope={scope} label="More options (JSON)" names={names}>
      <JsonEditor key={`${scope.id} ${kept}`} scope={scope} own={own} kept={kept} />
    </OptionField>
  )
}

/** Refused by what they are together; the reason stands at this field even when they are new. */
const CHECKED_TOGETHER = parameterEntries.flatMap(([name, { field, rule }]) => (rule && !field ? [name] : []))

function pickOwn(shown: OptionScope['options'], overridden: ReadonlySet<string>) {
  return Object.fromEntries(Object.entries(shown).filter(([name]) => overridden.has(name)))
}

type JsonEditorProps = {
  readonly scope: OptionScope
  readonly own: OptionScope['options']
  readonly kept: string
}

function JsonEditor({ scope, own, kept }: JsonEditorProps) {
  const [typed, setTyped] = useState(kept)
  const messageId = useId()
  const read = readExtra(typed, scope.kind, scope.options.ocr_behavior ?? 'latex')
  const lines = typed.split('\n').length
  return (
    <>
      <textarea
        className="field option-json"
        aria-label="More options (JSON)"
        aria-invalid={!read.ok}
        aria-describedby={messageId}
        rows={Math.min(14, Math.max(3, lines))}
        spellCheck={false}
        placeholder={'{ "beam_size": 3 }'}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => {
          if (read.ok && typed !== kept) scope.change(patchExtra(own, read.extra))
        }}
      />
      <div id={messageId} role="status" className="option-messages">
        {read.ok ? (
          read.notes.map((note) => (
            <p key={note} className="meta">
              {note}
            </p>
          ))
        ) : (
          <p className="note note-failed">
            <CircleAlert className="icon" aria-hidden />
            {read.problem}
          </p>
        )}
      </div>
    </>
  )
}

import { useState } from 'react'
import { memberOf, readPair, writePair, type Pair, type Which } from './delimiter-pair.ts'
import { OptionField } from './option-field.tsx'
import type { OptionScope } from './use-option-scope.ts'

const CHOICES: Readonly<Record<Which, readonly Pair[]>> = {
  inline: [
    ['\\(', '\\)'],
    ['$', '$'],
  ],
  display: [
    ['\\[', '\\]'],
    ['$$', '$$'],
  ],
}

/** In text behaviour the delimiters are options of their own; in latex behaviour they belong to the format `text`. */
export function DelimiterFields({ scope }: { readonly scope: OptionScope }) {
  const isText = scope.options.ocr_behavior === 'text'
  if (!isText && !scope.options.formats?.some((format) => format.startsWith('text'))) return null
  return (
    <>
      <DelimiterField scope={scope} which="inline" />
      <DelimiterField scope={scope} which="display" />
    </>
  )
}

function DelimiterField({ scope, which }: { readonly scope: OptionScope; readonly which: Which }) {
  const label = which === 'inline' ? 'Inline math between' : 'Display math between'
  const current = readPair(scope.options, which)
  const written = current?.join(' … ') ?? ''
  return (
    <OptionField scope={scope} label={label} names={[memberOf(scope.options, which)]}>
      <select
        className="field code"
        aria-label={label}
        value={written}
        onChange={(event) =>
          scope.change(writePair(scope.options, which, findPair(which, event.target.value)))
        }
      >
        <option value="">usual: {CHOICES[which][0]?.join(' … ')}</option>
        {CHOICES[which].map((pair) => (
          <option key={pair[0]} value={pair.join(' … ')}>
            {pair.join(' … ')}
          </option>
        ))}
        {current && !CHOICES[which].some((pair) => pair.join(' … ') === written) ? (
          <option value={written}>{written}</option>
        ) : null}
      </select>
      <OwnPair
        key={`${scope.id} ${written}`}
        label={label}
        pair={current}
        onChange={(pair) => scope.change(writePair(scope.options, which, pair))}
      />
    </OptionField>
  )
}

type OwnPairProps = {
  readonly label: string
  readonly pair: Pair | undefined
  readonly onChange: (pair: Pair) => void
}

/** Two small fields for delimiters of one's own; kept when both are filled and the field is left. */
function OwnPair({ label, pair, onChange }: OwnPairProps) {
  const [open, setOpen] = useState(pair?.[0] ?? '')
  const [close, setClose] = useState(pair?.[1] ?? '')
  const isChanged = open !== (pair?.[0] ?? '') || close !== (pair?.[1] ?? '')
  const keep = () => {
    if (isChanged && open !== '' && close !== '') onChange([open, close])
  }
  return (
    <div className="option-pair">
      <input
        className="field code"
        aria-label={`${label}: opening`}
        placeholder="own opening"
        value={open}
        onChange={(event) => setOpen(event.target.value)}
        onBlur={keep}
      />
      <input
        className="field code"
        aria-label={`${label}: closing`}
        placeholder="own closing"
        value={close}
        onChange={(event) => setClose(event.target.value)}
        onBlur={keep}
      />
    </div>
  )
}

function findPair(which: Which, written: string): Pair | undefined {
  return CHOICES[which].find((pair) => pair.join(' … ') === written)
}

import { useState } from 'react'
import type { Region } from '../../../shared/option-values.ts'
import { Button } from '../../components/button.tsx'
import { OptionField } from './option-field.tsx'
import type { OptionScope } from './use-option-scope.ts'

const PARTS = [
  ['top_left_x', 'Left'],
  ['top_left_y', 'Top'],
  ['width', 'Width'],
  ['height', 'Height'],
] as const

type Typed = Readonly<Record<(typeof PARTS)[number][0], string>>

/** The part of the image that is read, in pixels. Kept once all four are there; all four empty means the whole image. */
export function RegionField({ scope }: { readonly scope: OptionScope }) {
  const { region } = scope.options
  const [typed, setTyped] = useState<Typed>(() => toTyped(region))
  const isEmpty = Object.values(typed).every((text) => text.trim() === '')
  const isComplete = Object.values(typed).every((text) => /^\d+$/.test(text.trim()))
  const isChanged = JSON.stringify(typed) !== JSON.stringify(toTyped(region))
  const keep = () => {
    if (!isChanged) return
    if (isEmpty) scope.change({ region: undefined })
    else if (isComplete) scope.change({ region: toRegion(typed) })
  }
  return (
    <OptionField scope={scope} label="Region (pixels)" names={['region']}>
      <div className="option-grid">
        {PARTS.map(([name, label]) => (
          <label key={name} className="labelled meta">
            {label}
            <input
              className="field number"
              inputMode="numeric"
              value={typed[name]}
              onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
              onBlur={keep}
              onKeyDown={(event) => event.key === 'Enter' && keep()}
            />
          </label>
        ))}
      </div>
      {isChanged && !isEmpty && !isComplete ? <p className="meta">All four numbers are needed.</p> : null}
      {region && scope.kind === 'batch' ? (
        <Button look="quiet" onClick={() => scope.change({ region: undefined })}>
          Whole image
        </Button>
      ) : null}
    </OptionField>
  )
}

function toTyped(region: Region | undefined): Typed {
  const text = (value: number | undefined) => (value === undefined ? '' : String(value))
  return {
    top_left_x: text(region?.top_left_x),
    top_left_y: text(region?.top_left_y),
    width: text(region?.width),
    height: text(region?.height),
  }
}

function toRegion(typed: Typed): Region {
  return {
    top_left_x: Number(typed.top_left_x),
    top_left_y: Number(typed.top_left_y),
    width: Number(typed.width),
    height: Number(typed.height),
  }
}

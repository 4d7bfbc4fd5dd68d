import { useState } from 'react'
import { DailyLimit, imagesAllowed } from '../../../shared/money.ts'
import type { Settings } from '../../../shared/settings.ts'
import { MATHPIX_GLOBAL } from '../../../shared/settings.ts'
import { countOf } from '../../stores/batch-state.ts'
import { useBatches } from '../../stores/batches.ts'
import { useSettings } from '../../stores/settings.ts'
import { describeMonth, describeToday } from './describe-usage.ts'
import { useUsage } from './use-usage.ts'

type SpendingSettingsProps = { readonly onChange: (patch: Partial<Settings>) => void }

const STANDARD: Readonly<Record<DailyLimit['unit'], number>> = { images: 500, usd: 1 }

/** What Mathpix may cost in a day, and what has been used. */
export function SpendingSettings({ onChange }: SpendingSettingsProps) {
  const limit = useSettings(({ settings }) => settings.dailyLimit)
  const choose = (unit: string) => {
    const parsed = DailyLimit.shape.unit.safeParse(unit)
    onChange({ dailyLimit: parsed.success ? { unit: parsed.data, amount: STANDARD[parsed.data] } : null })
  }
  return (
    <fieldset className="form plain-group">
      <legend>Spending at Mathpix</legend>
      <div className="limit-row">
        <label className="labelled">
          Daily limit
          <select
            className="field"
            value={limit?.unit ?? 'none'}
            onChange={(event) => choose(event.target.value)}
          >
            <option value="none">No limit</option>
            <option value="images">Images a day</option>
            <option value="usd">USD a day</option>
          </select>
        </label>
        {limit ? (
          <Amount key={limit.unit} limit={limit} onChange={(dailyLimit) => onChange({ dailyLimit })} />
        ) : null}
      </div>
      <span className="meta">
        A run that would go over it is not sent. Requests whose reply was lost count as sent.
        {limit?.unit === 'usd'
          ? ` Counted at 0.002 USD an image: ${countOf(imagesAllowed(limit) ?? 0, 'image')} a day.`
          : ''}
      </span>
      <UsageFacts />
    </fieldset>
  )
}

type AmountProps = { readonly limit: DailyLimit; readonly onChange: (limit: DailyLimit) => void }

/** Kept while it is typed, as soon as it is a number that can be meant. */
function Amount({ limit, onChange }: AmountProps) {
  const [typed, setTyped] = useState(String(limit.amount))
  const parse = (text: string) =>
    DailyLimit.safeParse({ unit: limit.unit, amount: text.trim() === '' ? Number.NaN : Number(text) })
  const isValid = parse(typed).success
  return (
    <label className="labelled">
      {limit.unit === 'usd' ? 'USD' : 'Images'}
      <input
        className="field number"
        inputMode="decimal"
        value={typed}
        aria-invalid={!isValid}
        onChange={(event) => {
          setTyped(event.target.value)
          const parsed = parse(event.target.value)
          if (parsed.success) onChange(parsed.data)
        }}
      />
    </label>
  )
}

function UsageFacts() {
  const hasKeys = useSettings(({ credentials }) => credentials.hasCredentials)
  const standard = useSettings(({ settings }) => settings.engine)
  const limit = useSettings(({ settings }) => settings.dailyLimit)
  const engine = useBatches(({ head }) => head?.engine) ?? standard
  const paid = engine.kind === 'mathpix' ? engine : { kind: 'mathpix' as const, baseUrl: MATHPIX_GLOBAL }
  const usage = useUsage(hasKeys ? paid : undefined)
  if (!hasKeys) return null
  const allowed = imagesAllowed(limit)
  return (
    <dl className="facts" aria-label="Used at Mathpix">
      <dt>Today</dt>
      <dd>
        {usage
          ? describeToday({ images: usage.today.images, ...(allowed === undefined ? {} : { allowed }) })
          : '…'}
      </dd>
      <dt>This month</dt>
      <dd>{usage ? describeMonth(usage.month) : 'asking the server…'}</dd>
    </dl>
  )
}

import { CircleAlert } from 'lucide-react'
import type { Item } from '../../../shared/batch.ts'
import { describeError } from '../../../shared/describe-error.ts'
import type { AppError } from '../../../shared/errors.ts'
import { Button } from '../../components/button.tsx'
import { openDialog } from '../../stores/dialogs.ts'
import { removeItems, retryItems } from '../../stores/item-actions.ts'

/** Why this image has no result, in words, with the next step as a button. */
export function ErrorCard({ item, error }: { readonly item: Item; readonly error: AppError }) {
  const { title, hint, isRetryable } = describeError(error)
  return (
    <div className="error-card">
      <p className="note note-failed">
        <CircleAlert className="icon" aria-hidden />
        <strong>{title}</strong>
      </p>
      <p>{hint}</p>
      <div className="error-actions">
        {needsKeys(error) ? <Button onClick={() => openDialog({ kind: 'keys' })}>Enter keys…</Button> : null}
        {isRetryable ? <Button onClick={() => retryItems([item.id])}>Read again</Button> : null}
        <Button onClick={() => void removeItems(new Set([item.id]))}>Remove</Button>
      </div>
      <details className="error-details">
        <summary className="meta">Details</summary>
        <p className="meta">
          {error.kind === 'mathpix' ? <code>{error.id}: </code> : null}
          {error.message}
        </p>
      </details>
    </div>
  )
}

export function needsKeys(error: AppError): boolean {
  if (error.kind === 'credentials') return true
  return error.kind === 'mathpix' && ['http_unauthorized', 'unauthorized_token_request'].includes(error.id)
}

import { CircleAlert } from 'lucide-react'
import type { Item } from '../../../shared/batch.ts'
import { describeError } from '../../../shared/describe-error.ts'
import type { AppError } from '../../../shared/errors.ts'
import { CommandIcon } from '../../commands/command-button.tsx'
import { COMMANDS } from '../../commands/commands.ts'
import { runCommand } from '../../commands/keys.ts'
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
        {isOfContent(error) ? REMEDIES.map((name) => <Remedy key={name} name={name} item={item} />) : null}
        <Button onClick={() => void removeItems(new Set([item.id]))}>Remove</Button>
      </div>
    </div>
  )
}

/** What is wrong with what the image shows can be helped by reading other parts of it, or as something else. */
function isOfContent(error: AppError): boolean {
  return error.kind === 'mathpix' && CONTENT_ERRORS.has(error.id)
}
const CONTENT_ERRORS = new Set(['image_no_content', 'image_not_supported', 'math_confidence', 'math_syntax'])

const REMEDIES = ['mark_region', 'read_as_text'] as const

function Remedy({ name, item }: { readonly name: (typeof REMEDIES)[number]; readonly item: Item }) {
  const { label, isFor } = COMMANDS[name]
  if (isFor?.(item) === false) return null
  return (
    <Button onClick={() => runCommand(name, new Set([item.id]))}>
      <CommandIcon name={name} />
      {label}
    </Button>
  )
}

export function needsKeys(error: AppError): boolean {
  if (error.kind === 'credentials') return true
  return error.kind === 'mathpix' && ['http_unauthorized', 'unauthorized_token_request'].includes(error.id)
}

import { X } from 'lucide-react'
import { hideToast, useToasts } from '../stores/toasts.ts'
import { Button, IconButton } from './button.tsx'

export function Toasts() {
  const toasts = useToasts(({ toasts }) => toasts)
  if (toasts.length === 0) return null
  return (
    <section className="toasts" aria-label="Messages">
      {toasts.map(({ id, message, action }) => (
        <div key={id} className="toast">
          <span>{message}</span>
          {action ? (
            <Button
              look="link"
              onClick={() => {
                action.run()
                hideToast(id)
              }}
            >
              {action.label}
            </Button>
          ) : null}
          <IconButton label="Close" onClick={() => hideToast(id)}>
            <X className="icon" aria-hidden />
          </IconButton>
        </div>
      ))}
    </section>
  )
}
